import type { DataTable } from '../../data/table.ts';
import { chiSquaredUpperTail } from '../../distributions/chi-squared.ts';
import type { Matrix } from '../../linear-algebra/matrix.ts';
import { matrixOf, subMatrix } from '../../linear-algebra/matrix.ts';
import { naturalScale, type Role } from '../../meta-analysis/effect-sizes.ts';
import { without } from '../../meta-analysis/leave-one-out.ts';
import { fitProportions, type ProportionFit } from '../../meta-analysis/proportion-mixed-model.ts';
import type { Studies } from '../../meta-analysis/read-studies.ts';
import { eggerTest } from '../../meta-analysis/small-study-effects.ts';
import { meanModel, momentsAt, momentsWith, regressionModel } from '../../meta-analysis/weighted-moments.ts';
import { binomial } from '../../regression/families.ts';
import { devianceOf, fitGlm } from '../../regression/fit-glm.ts';
import type { Outcome, RunContext } from '../procedure.ts';
import { mixedModelScript } from './mixed-script.ts';
import { jointTest } from './moderators.ts';
import { finiteOrNull, type MeanRow, meanRow, predictionLimits } from './rows.ts';
import type { MetaSpec } from './spec.ts';

const fewestStudies = 3;
const mostLeftOut = 500;

/** Proportions by a binomial mixed model; null, with the reason among the warnings, where the data do not carry one. */
export function mixedModelOutcome(
  table: DataTable,
  spec: MetaSpec,
  studies: Studies,
  columns: Readonly<Partial<Record<Role, string>>>,
  context: RunContext,
  warnings: string[],
): Outcome | null {
  const x = studies.values.xi as Float64Array;
  const n = studies.values.ni as Float64Array;
  const k = x.length;
  const fixed = spec.method !== undefined && spec.method !== 'ML';
  const full = studies.design ? studies.design.matrix : ones(k);
  const { estimable } = studies.design ? regressionModel(studies.y, studies.v, full) : { estimable: [0] };
  const design = subMatrix(
    full,
    Array.from({ length: k }, (_none, i) => i),
    estimable,
  );
  const p = design.columns;
  const instead = (why: string): null => {
    warnings.push(
      `${why}, so the logits were pooled by inverse variance${fixed ? '' : ' (REML)'} instead of a binomial mixed model.`,
    );
    return null;
  };
  if (studies.clusters) return instead('Some study has several proportions');
  if (k < Math.max(fewestStudies, p + 2)) return instead(`There are only ${k} proportions`);
  const fit = fitProportions({ x, n, design }, fixed);
  if (!fit) return instead('The likelihood of the binomial mixed model has no maximum');
  if (!fit.converged) return instead('The binomial mixed model did not converge');
  const df = spec.test === 'knha' ? k - p : null;
  if (df !== null)
    warnings.push(
      'A binomial mixed model has no correction by Knapp and Hartung; t with k − p degrees of freedom is used instead.',
    );
  if (!fixed && fit.tau2 === 0)
    warnings.push('The studies do not differ more than chance lets expect: tau2 is estimated as 0.');
  warnings.push('A binomial mixed model has no weights of studies, no limits of tau2 here and no trim and fill.');
  const place = studies.hasIntercept ? estimable.indexOf(0) : -1;
  const row =
    place < 0 ? meanRow(Number.NaN, 1, null, spec.confidence) : coefficientRow(fit, place, p, df, spec.confidence);
  if (studies.design) {
    warnings.push(
      place < 0
        ? 'Without an intercept there is no one estimate; the terms hold the effects.'
        : 'The estimate is the intercept: the effect where every moderator is 0 or at its reference.',
    );
  }
  return {
    n: k,
    excluded: studies.excluded,
    studies: k,
    method: fixed ? 'FE' : 'ML',
    model: 'binomial mixed model',
    ...row,
    ...heterogeneityOf(studies, design, x, n, fit),
    ...mixedPrediction(row, fit.tau2, fixed, spec),
    logLik: fit.logLik,
    weights: studies.labels.map((study, i) => ({
      study,
      yi: studies.y[i] as number,
      vi: studies.v[i] as number,
      weight: null,
    })),
    egger: studies.design ? null : eggerOf(studies, warnings),
    trimFill: null,
    leaveOneOut: studies.design ? [] : deletions(studies, x, n, fixed, spec, warnings),
    ...moderators(studies, estimable, fit, p, df, spec, warnings),
    warnings,
    r: mixedModelScript(table, spec, columns, studies, place, context),
  };
}

function ones(k: number): Matrix {
  return matrixOf(k, 1, new Float64Array(k).fill(1));
}

function coefficientRow(fit: ProportionFit, place: number, p: number, df: number | null, confidence: number): MeanRow {
  return meanRow(
    fit.coefficients[place] as number,
    Math.sqrt(fit.covariance.data[place * p + place] as number),
    df,
    confidence,
  );
}

/** Q as Wald test of the saturated logistic model, beside the likelihood-ratio test; I² against the logits' typical variance. */
function heterogeneityOf(
  { y, v, design: given }: Studies,
  design: Matrix,
  x: Float64Array,
  n: Float64Array,
  fit: ProportionFit,
): Readonly<Record<string, unknown>> {
  const k = x.length;
  const df = k - design.columns;
  const model = given ? regressionModel(y, v, given.matrix) : meanModel(y, v);
  const typical = df / momentsAt(model, 0).traceP;
  const share = x.map((value, i) => value / (n[i] as number));
  const common = fitGlm(design, share, binomial, { weights: n });
  const ratio = Math.max(0, devianceOf(binomial, share, common.fitted, n));
  // A study of which none or all had the event has an infinite logit and no weight in the saturated model.
  const information = x.map((value, i) => (value * ((n[i] as number) - value)) / (n[i] as number));
  const wald =
    information.filter((value) => value > 0).length > design.columns ? waldOf(y, information, design) : Number.NaN;
  const test = (statistic: number): Readonly<Record<string, unknown>> =>
    Number.isFinite(statistic)
      ? { statistic, df, p: chiSquaredUpperTail(statistic, df) }
      : { statistic: null, df, p: null };
  return {
    tau2: fit.tau2,
    tau2Low: null,
    tau2High: null,
    tau2Se: null,
    i2: (100 * fit.tau2) / (typical + fit.tau2),
    h2: fit.tau2 / typical + 1,
    q: test(wald),
    qLikelihoodRatio: test(ratio),
  };
}

function waldOf(y: Float64Array, information: Float64Array, design: Matrix): number {
  const kept = Array.from(information.keys()).filter((i) => (information[i] as number) > 0);
  const effects = Float64Array.from(kept, (i) => y[i] as number);
  const variances = Float64Array.from(kept, (i) => 1 / (information[i] as number));
  const model = regressionModel(
    effects,
    variances,
    subMatrix(
      design,
      kept,
      Array.from({ length: design.columns }, (_none, j) => j),
    ),
  );
  return momentsWith(
    model,
    variances.map((value) => 1 / value),
  ).q;
}

function mixedPrediction(
  row: MeanRow,
  tau2: number,
  fixed: boolean,
  spec: MetaSpec,
): Readonly<Record<string, unknown>> {
  const prediction = predictionLimits(row, tau2, spec.confidence, fixed ? 'FE' : 'ML');
  const natural = naturalScale('PLO');
  const back = (value: number | null): number | null => (value === null || !natural ? null : natural(value));
  return {
    ...prediction,
    natural: {
      estimate: back(row.estimate),
      low: back(row.low),
      high: back(row.high),
      predictionLow: back(prediction.predictionLow),
      predictionHigh: back(prediction.predictionHigh),
    },
  };
}

function eggerOf({ y, v }: Studies, warnings: string[]): ReturnType<typeof eggerTest> {
  const egger = eggerTest(y, v);
  if (!egger || !Number.isFinite(egger.statistic)) {
    warnings.push('Egger’s test needs 3 studies of different precision whose effects do not lie on one line.');
    return null;
  }
  if (y.length < 10)
    warnings.push(`With ${y.length} studies a test of small-study effects says little: 10 is the usual minimum.`);
  return egger;
}

function deletions(
  studies: Studies,
  x: Float64Array,
  n: Float64Array,
  fixed: boolean,
  spec: MetaSpec,
  warnings: string[],
): readonly Readonly<Record<string, unknown>>[] {
  if (x.length > mostLeftOut) {
    warnings.push(
      `Each of ${x.length} studies was not left out in turn: for a mixed model that is done for ${mostLeftOut} at most.`,
    );
    return [];
  }
  return studies.labels.map((study, out) => {
    const k = x.length - 1;
    const fit = fitProportions({ x: without(x, out), n: without(n, out), design: ones(k) }, fixed);
    if (!fit?.converged) return { study, ...meanRow(Number.NaN, 1, null, spec.confidence), tau2: null };
    return {
      study,
      ...coefficientRow(fit, 0, 1, spec.test === 'knha' ? k - 1 : null, spec.confidence),
      tau2: fit.tau2,
    };
  });
}

function moderators(
  { design, hasIntercept }: Studies,
  estimable: readonly number[],
  fit: ProportionFit,
  p: number,
  df: number | null,
  spec: MetaSpec,
  warnings: string[],
): Readonly<Record<string, unknown>> {
  if (!design) return { moderatorTest: null };
  const dropped = design.names.filter((_name, column) => !estimable.includes(column));
  if (dropped.length > 0)
    warnings.push(`Left out because the moderators before them say the same: ${dropped.join(', ')}.`);
  const tested = estimable.flatMap((column, place) => (hasIntercept && column === 0 ? [] : [place]));
  const test = jointTest({ coefficients: fit.coefficients, covariance: fit.covariance, df }, tested);
  return {
    terms: design.names.map((term, column) => {
      const place = estimable.indexOf(column);
      return place < 0
        ? { term, ...meanRow(Number.NaN, 1, null, spec.confidence) }
        : { term, ...coefficientRow(fit, place, p, df, spec.confidence) };
    }),
    moderatorTest: test && { ...test, statistic: test.statistic === null ? null : finiteOrNull(test.statistic) },
  };
}
