import { normalQuantile } from '../../distributions/normal.ts';
import { tQuantile } from '../../distributions/student-t.ts';
import { type HeterogeneityMethod, isFixed } from '../../meta-analysis/heterogeneity.ts';
import { influenceOf, leaveOneOut } from '../../meta-analysis/leave-one-out.ts';
import { qProfileLimits, type RandomEffectsFit, type TestOfMean } from '../../meta-analysis/random-effects.ts';
import type { Studies } from '../../meta-analysis/read-studies.ts';
import { eggerTest, trimAndFill } from '../../meta-analysis/small-study-effects.ts';
import type { EffectModel } from '../../meta-analysis/weighted-moments.ts';
import { waldTerm } from '../term.ts';

export type MeanRow = {
  readonly estimate: number | null;
  readonly se: number | null;
  readonly statistic: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Everything but the estimate is null where the standard error is not above 0. */
export function meanRow(estimate: number, se: number, df: number | null, confidence: number): MeanRow {
  if (!Number.isFinite(estimate) || !(se > 0) || (df !== null && !(df > 0))) {
    return { estimate: finiteOrNull(estimate), se: null, statistic: null, df: null, p: null, low: null, high: null };
  }
  const { term: _term, ...row } = waldTerm('', estimate, se, df, confidence);
  return row;
}

type Prediction = { readonly predictionLow: number | null; readonly predictionHigh: number | null };

/** Where the effect of a further study may lie: estimate ± q·√(τ² + se²), with the q of the mean's own limits. */
export function predictionLimits(
  row: MeanRow,
  tau2: number,
  confidence: number,
  method: HeterogeneityMethod,
): Prediction {
  if (row.estimate === null || row.se === null || isFixed(method)) return { predictionLow: null, predictionHigh: null };
  const upper = 1 - (1 - confidence) / 2;
  const width = (row.df === null ? normalQuantile(upper) : tQuantile(upper, row.df)) * Math.sqrt(tau2 + row.se ** 2);
  return { predictionLow: row.estimate - width, predictionHigh: row.estimate + width };
}

export function heterogeneityKeys(
  model: EffectModel,
  fit: RandomEffectsFit,
  confidence: number,
  warnings: string[],
): Readonly<Record<string, unknown>> {
  const fixed = isFixed(fit.method);
  const limits = fixed ? null : qProfileLimits(model, confidence);
  if (fixed) {
    warnings.push(
      'A model with a fixed effect supposes no heterogeneity: it has no limits of tau2 and no prediction interval.',
    );
  } else if (!limits) warnings.push('One study says nothing about heterogeneity, so tau2 has no limits.');
  else if (limits.empty) {
    warnings.push('The studies differ even less than chance lets expect, so both limits of tau2 are 0.');
  }
  const i2 = (tau2: number): number => (100 * tau2) / (tau2 + fit.typicalVariance);
  const h2 = (tau2: number): number => tau2 / fit.typicalVariance + 1;
  return {
    tau2: fit.tau2,
    tau2Low: limits ? limits.low : null,
    tau2High: limits ? limits.high : null,
    tau2Se: fit.se === null || !limits ? null : finiteOrNull(fit.se),
    i2: fit.i2,
    i2Low: limits ? i2(limits.low) : null,
    i2High: limits ? i2(limits.high) : null,
    h2: fit.h2,
    h2Low: limits ? h2(limits.low) : null,
    h2High: limits ? h2(limits.high) : null,
    q: fit.q,
  };
}

export function weightRows(
  { y, v, labels }: Studies,
  fit: RandomEffectsFit,
): readonly Readonly<Record<string, unknown>>[] {
  const { weights, sumOfWeights } = fit.atTau2;
  return labels.map((study, i) => ({
    study,
    yi: y[i] as number,
    vi: v[i] as number,
    weight: (100 * (weights[i] as number)) / sumOfWeights,
  }));
}

const fewestForFunnel = 10;

/** Egger's test and trim and fill: for models without moderators. */
export function smallStudyKeys(
  { y, v, design }: Studies,
  method: HeterogeneityMethod,
  test: TestOfMean,
  confidence: number,
  warnings: string[],
): Readonly<Record<string, unknown>> {
  if (design) {
    warnings.push('Egger’s test, trim and fill and leaving one out are for models without moderators.');
    return { egger: null, trimFill: null };
  }
  const egger = eggerTest(y, v);
  const filled = trimAndFill(y, v, method, test);
  if (!egger || ![egger.intercept, egger.se, egger.statistic].every(Number.isFinite)) {
    warnings.push('Egger’s test needs 3 studies of different precision whose effects do not lie on one line.');
  } else if (y.length < fewestForFunnel) {
    warnings.push(`With ${y.length} studies a test of small-study effects says little: 10 is the usual minimum.`);
  }
  if (!filled)
    warnings.push('Trim and fill has no result here: it needs 3 studies of different precision, and an end.');
  const finite = egger && Number.isFinite(egger.statistic) ? egger : null;
  return { egger: finite, trimFill: filled ? trimFillKeys(filled, confidence) : null };
}

function trimFillKeys(
  { side, missing, missingSe, fit, filled }: NonNullable<ReturnType<typeof trimAndFill>>,
  confidence: number,
): Readonly<Record<string, unknown>> {
  const row = meanRow(fit.coefficients[0] as number, Math.sqrt(fit.covariance.data[0] as number), fit.df, confidence);
  return { side, missing, missingSe, ...row, tau2: fit.tau2, i2: fit.i2, h2: fit.h2, q: fit.q, filled };
}

/** Leaving each out takes time with the square of their number. */
const mostLeftOut = 5_000;

/** The mean without each effect in turn, and what the effect did to it. */
export function deletionRows(
  { y, v, labels }: Studies,
  whole: RandomEffectsFit,
  method: HeterogeneityMethod,
  test: TestOfMean,
  confidence: number,
  warnings: string[],
): readonly Readonly<Record<string, unknown>>[] {
  if (y.length < 2) return [];
  if (y.length > mostLeftOut) {
    warnings.push(`Each of ${y.length} effects was not left out in turn: that is done for ${mostLeftOut} at most.`);
    return [];
  }
  const fits = leaveOneOut(y, v, method, y.length === 2 ? 'z' : test);
  return fits.map((fit, i) => {
    const share = (whole.atTau2.weights[i] as number) / whole.atTau2.sumOfWeights;
    const influence = influenceOf(y[i] as number, v[i] as number, share, whole, fit);
    return {
      study: labels[i],
      ...meanRow(fit.coefficients[0] as number, Math.sqrt(fit.covariance.data[0] as number), fit.df, confidence),
      tau2: fit.tau2,
      i2: fit.i2,
      h2: fit.h2,
      q: fit.q,
      hat: share,
      rstudent: finiteOrNull(influence.rstudent),
      cook: finiteOrNull(influence.cook),
      dffits: finiteOrNull(influence.dffits),
    };
  });
}
