import { chiSquaredQuantile, chiSquaredUpperTail } from '../distributions/chi-squared.ts';
import { type Matrix, multiply, multiplyVector, transpose } from '../linear-algebra/matrix.ts';
import {
  type Heterogeneity,
  type HeterogeneityMethod,
  heterogeneity,
  isFixed,
  logLikelihood,
  tau2WhereQIs,
} from './heterogeneity.ts';
import { type EffectModel, type Moments, momentsAt } from './weighted-moments.ts';

export type TestOfMean = 'z' | 'knha';

export type RandomEffectsFit = Heterogeneity & {
  readonly method: HeterogeneityMethod;
  readonly k: number;
  /** Coefficients that can be estimated. */
  readonly p: number;
  readonly coefficients: Float64Array;
  /** Of the coefficients; for `knha` already multiplied by the residual variance. */
  readonly covariance: Matrix;
  /** k − p for `knha`, null for `z`. */
  readonly df: number | null;
  readonly atTau2: Moments;
  /** Cochran's Q, of the residuals where there are moderators; weights 1/v. */
  readonly q: { readonly statistic: number; readonly df: number; readonly p: number };
  /** Typical sampling variance (k − p)/tr P (Higgins and Thompson 2002, eq. 9, generalised). */
  readonly typicalVariance: number;
  /** Per cent. */
  readonly i2: number;
  readonly h2: number;
  /** Restricted for REML. */
  readonly logLik: number;
};

/**
 * Effects y ~ N(Xβ, v + τ²), weights 1/(v + τ²), as metafor's `rma`. `knha` (Knapp and Hartung 2003, Statistics in Medicine
 * 22:2693) scales the covariance by the weighted residual variance, never truncated at 1, and uses t(k − p).
 * I² and H² as metafor: τ² against the typical sampling variance, from Q for a fixed effect.
 */
export function fitRandomEffects(
  model: EffectModel,
  method: HeterogeneityMethod,
  test: TestOfMean,
  thorough = true,
): RandomEffectsFit {
  const k = model.y.length;
  const p = model.basis.columns;
  const found = heterogeneity(model, method, thorough);
  const fixed = momentsAt(model, 0);
  const atTau2 = found.tau2 === 0 ? fixed : momentsAt(model, found.tau2);
  const scale = test === 'knha' ? (k > p ? atTau2.q / (k - p) : Number.NaN) : 1;
  const df = k - p;
  const typicalVariance = df > 0 ? df / fixed.traceP : Number.NaN;
  return {
    ...found,
    method,
    k,
    p,
    coefficients: multiplyVector(model.back, atTau2.coefficients),
    covariance: scaled(multiply(multiply(model.back, atTau2.covariance), transpose(model.back)), scale),
    df: test === 'knha' ? df : null,
    atTau2,
    q: df > 0 ? { statistic: fixed.q, df, p: chiSquaredUpperTail(fixed.q, df) } : { statistic: 0, df: 0, p: 1 },
    typicalVariance,
    ...inconsistency(found.tau2, fixed.q, df, typicalVariance, isFixed(method)),
    logLik: logLikelihood(model, atTau2, method === 'REML' ? 'REML' : 'ML'),
  };
}

function scaled(matrix: Matrix, factor: number): Matrix {
  return { ...matrix, data: matrix.data.map((value) => value * factor) };
}

function inconsistency(
  tau2: number,
  q: number,
  df: number,
  typical: number,
  fixed: boolean,
): { readonly i2: number; readonly h2: number } {
  if (df <= 0) return { i2: 0, h2: 1 };
  if (fixed) return { i2: q === 0 ? 0 : Math.max(0, (100 * (q - df)) / q), h2: q / df };
  return { i2: (100 * tau2) / (tau2 + typical), h2: tau2 / typical + 1 };
}

export type Tau2Limits = {
  readonly low: number;
  readonly high: number;
  /** Even at τ² = 0 the studies differ less than the confidence level lets expect. */
  readonly empty: boolean;
};

/** Limits of τ² where the generalised Q meets quantiles of χ²(k − p) (Viechtbauer 2007, Statistics in Medicine 26:37). */
export function qProfileLimits(model: EffectModel, confidence: number): Tau2Limits | null {
  const df = model.y.length - model.basis.columns;
  if (df < 1) return null;
  const tail = (1 - confidence) / 2;
  const high = tau2WhereQIs(model, chiSquaredQuantile(tail, df));
  if (high === null) return { low: 0, high: 0, empty: true };
  return { low: tau2WhereQIs(model, chiSquaredQuantile(1 - tail, df)) ?? 0, high, empty: false };
}
