import { chiSquaredUpperTail } from '../../distributions/chi-squared.ts';
import { fUpperTail } from '../../distributions/f.ts';
import type { GlmEstimate } from '../../regression/estimate-glm.ts';
import type { LinearEstimate } from '../../regression/estimate-linear.ts';
import type { GlmData } from '../shared/glm-data.ts';
import { orNull } from '../shared/or-null.ts';
import type { TestResult } from '../term.ts';

type FStatistic = { readonly statistic: number | null; readonly df: readonly number[]; readonly p: number | null };

export type FitKeys = {
  readonly deviance: number | null;
  readonly nullDeviance: number | null;
  readonly logLik: number | null;
  readonly aic: number | null;
  readonly bic: number | null;
  readonly dfResidual: number;
  readonly dfNull: number;
  readonly dispersion: number | null;
  /** Σ of squared Pearson residuals. */
  readonly pearson: number | null;
  readonly theta: number | null;
  readonly thetaSe: number | null;
  readonly residualSd: number | null;
  readonly rSquared: number | null;
  readonly adjustedRSquared: number | null;
  readonly fStatistic: FStatistic | null;
  readonly converged: boolean;
  readonly iterations: number;
};

export function fitKeys(data: GlmData, estimate: GlmEstimate, linear: LinearEstimate | null): FitKeys {
  const { logLik, parameters, n } = { ...estimate, n: data.n };
  const known = logLik !== null && Number.isFinite(logLik);
  return {
    deviance: orNull(estimate.deviance),
    nullDeviance: orNull(estimate.nullDeviance),
    logLik: known ? logLik : null,
    aic: known ? -2 * logLik + 2 * parameters : null,
    bic: known ? -2 * logLik + Math.log(n) * parameters : null,
    dfResidual: estimate.dfResidual,
    dfNull: n - (data.intercept ? 1 : 0),
    dispersion: orNull(estimate.dispersion),
    pearson: orNull(estimate.pearson),
    theta: estimate.theta,
    thetaSe: estimate.thetaSe === null ? null : orNull(estimate.thetaSe),
    ...linearKeys(data, linear),
    converged: estimate.converged,
    iterations: estimate.iterations,
  };
}

function linearKeys(
  data: GlmData,
  linear: LinearEstimate | null,
): Pick<FitKeys, 'residualSd' | 'rSquared' | 'adjustedRSquared' | 'fStatistic'> {
  if (!linear) return { residualSd: null, rSquared: null, adjustedRSquared: null, fStatistic: null };
  const { dfResidual, dfRegression, deviance, regressionSumOfSquares } = linear;
  const share = regressionSumOfSquares / (regressionSumOfSquares + deviance);
  const adjusted = 1 - ((1 - share) * (data.n - (data.intercept ? 1 : 0))) / dfResidual;
  return {
    residualSd: orNull(Math.sqrt(linear.dispersion)),
    rSquared: orNull(share),
    adjustedRSquared: orNull(adjusted),
    fStatistic: fStatistic(linear, dfRegression),
  };
}

function fStatistic(
  { regressionSumOfSquares, dispersion, dfResidual, exact }: LinearEstimate,
  df: number,
): FStatistic | null {
  if (df === 0) return null;
  const statistic = exact ? Number.NaN : regressionSumOfSquares / df / dispersion;
  return { statistic: orNull(statistic), df: [df, dfResidual], p: orNull(fUpperTail(statistic, df, dfResidual)) };
}

/** Sums of squares of the linear model, as NIST's tables of regression have them. */
export function anovaKeys(linear: LinearEstimate): Readonly<Record<string, unknown>> {
  const { regressionSumOfSquares, dfRegression, deviance, dfResidual, dispersion } = linear;
  return {
    regression: {
      df: dfRegression,
      ss: regressionSumOfSquares,
      ms: dfRegression > 0 ? regressionSumOfSquares / dfRegression : null,
    },
    residual: { df: dfResidual, ss: deviance, ms: orNull(dispersion) },
  };
}

/** Against the model of nothing but the intercept, where the dispersion is known. */
export function likelihoodRatio(data: GlmData, estimate: GlmEstimate): TestResult | null {
  if (estimate.df !== null || estimate.theta !== null) return null;
  const df = data.n - (data.intercept ? 1 : 0) - estimate.dfResidual;
  const statistic = estimate.nullDeviance - estimate.deviance;
  if (df <= 0 || !Number.isFinite(statistic)) return null;
  return { name: 'likelihood ratio against the null model', statistic, df, p: chiSquaredUpperTail(statistic, df) };
}

export type PseudoR2 = {
  readonly mcFadden: number | null;
  readonly coxSnell: number | null;
  readonly nagelkerke: number | null;
  readonly tjur: number | null;
};

/**
 * Shares explained by a model of single events (McFadden 1974; Cox and Snell 1989, §5.6; Nagelkerke 1991, Biometrika 78:691; Tjur 2009, The
 * American Statistician 63:366).
 */
export function pseudoR2(data: GlmData, estimate: GlmEstimate): PseudoR2 | null {
  const { y, n, weights } = data;
  if (!weights.every((weight) => weight === 1) || !y.every((value) => value === 0 || value === 1)) return null;
  const { deviance, nullDeviance, fitted } = estimate;
  const coxSnell = -Math.expm1((deviance - nullDeviance) / n);
  let events = 0;
  let among = 0;
  let rest = 0;
  for (let i = 0; i < n; i += 1) {
    if (y[i] === 1) {
      events += 1;
      among += fitted[i] as number;
    } else rest += fitted[i] as number;
  }
  return {
    mcFadden: orNull(1 - deviance / nullDeviance),
    coxSnell: orNull(coxSnell),
    nagelkerke: orNull(coxSnell / -Math.expm1(-nullDeviance / n)),
    tjur: orNull(among / events - rest / (n - events)),
  };
}
