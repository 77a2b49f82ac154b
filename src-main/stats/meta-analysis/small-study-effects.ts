import { twoSidedT } from '../distributions/student-t.ts';
import { matrixOf } from '../linear-algebra/matrix.ts';
import { sortedOrder } from '../numeric/ranks.ts';
import { leastSquares } from '../regression/least-squares.ts';
import type { HeterogeneityMethod } from './heterogeneity.ts';
import { fitRandomEffects, type RandomEffectsFit, type TestOfMean } from './random-effects.ts';
import { meanModel, regressionModel } from './weighted-moments.ts';

export type EggerTest = {
  /** Of the regression of y/se on 1/se: 0 without asymmetry; the coefficient of se where y is regressed on it with weights 1/v. */
  readonly intercept: number;
  readonly se: number;
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
  /** Effect in a study without sampling error. */
  readonly slope: number;
};

/** Whether there are 3 studies, and of different precision. */
export function canTestFunnel(v: Float64Array): boolean {
  const first = v[0] as number;
  return v.length >= 3 && v.some((value) => Math.abs(value - first) > 1e-12 * Math.abs(first));
}

/**
 * Egger's regression test of funnel asymmetry (Egger et al. 1997, BMJ 315:629) as a weighted linear model, t(k − 2); metafor's
 * `regtest(model = "lm")`. Null with fewer than 3 studies or equal variances.
 */
export function eggerTest(y: Float64Array, v: Float64Array): EggerTest | null {
  const k = y.length;
  if (!canTestFunnel(v)) return null;
  const design = matrixOf(k, 2);
  design.data.fill(1, 0, k);
  for (let i = 0; i < k; i += 1) design.data[k + i] = Math.sqrt(v[i] as number);
  const fit = leastSquares(design, y, { weights: v.map((value) => 1 / value) });
  if (fit.rank < 2) return null;
  const df = k - 2;
  const se = Math.sqrt(((fit.unscaledCovariance.data[3] as number) * fit.residualSumOfSquares) / df);
  const intercept = fit.coefficients[1] as number;
  const statistic = intercept / se;
  return { intercept, se, statistic, df, p: twoSidedT(statistic, df), slope: fit.coefficients[0] as number };
}

export type TrimAndFill = {
  readonly side: 'left' | 'right';
  /** Studies that are thought to be missing on that side. */
  readonly missing: number;
  readonly missingSe: number;
  readonly fit: RandomEffectsFit;
  readonly filled: readonly { readonly yi: number; readonly vi: number }[];
};

const mostIterations = 100;

/**
 * Trim and fill with the estimator L0 (Duval and Tweedie 2000, Biometrics 56:455), the side from the regression of effects on
 * their errors, as metafor's `trimfill`. Null with fewer than 3 studies, equal variances, or where the iteration has no end.
 */
export function trimAndFill(
  y: Float64Array,
  v: Float64Array,
  method: HeterogeneityMethod,
  test: TestOfMean,
): TrimAndFill | null {
  const k = y.length;
  if (!canTestFunnel(v)) return null;
  const side = sideOfMissing(y, v, method);
  const sign = side === 'right' ? -1 : 1;
  const mirrored = y.map((value) => sign * value);
  const order = sortedOrder(mirrored);
  const sorted = Float64Array.from(order, (i) => mirrored[i] as number);
  const variances = Float64Array.from(order, (i) => v[i] as number);
  let missing = 0;
  let before = -1;
  let state = { missing: 0, missingSe: 0, centre: 0 };
  for (let iteration = 0; missing !== before; iteration += 1) {
    if (iteration >= mostIterations || missing > k - 2) return null;
    before = missing;
    state = rankStep(sorted, variances, missing, method);
    missing = state.missing;
  }
  const filled: { yi: number; vi: number }[] = [];
  for (let i = k - missing; i < k; i += 1) {
    filled.push({ yi: sign * (2 * state.centre - (sorted[i] as number)), vi: variances[i] as number });
  }
  const model = meanModel(
    Float64Array.from([...y, ...filled.map((study) => study.yi)]),
    Float64Array.from([...v, ...filled.map((study) => study.vi)]),
  );
  return { side, missing, missingSe: state.missingSe, fit: fitRandomEffects(model, method, test), filled };
}

function sideOfMissing(y: Float64Array, v: Float64Array, method: HeterogeneityMethod): 'left' | 'right' {
  const k = y.length;
  const design = matrixOf(k, 2);
  design.data.fill(1, 0, k);
  for (let i = 0; i < k; i += 1) design.data[k + i] = Math.sqrt(v[i] as number);
  const fit = fitRandomEffects(regressionModel(y, v, design), method, 'z');
  return (fit.coefficients[1] as number) < 0 ? 'right' : 'left';
}

function rankStep(
  sorted: Float64Array,
  variances: Float64Array,
  trimmed: number,
  method: HeterogeneityMethod,
): { readonly missing: number; readonly missingSe: number; readonly centre: number } {
  const k = sorted.length;
  const kept = k - trimmed;
  const fit = fitRandomEffects(meanModel(sorted.slice(0, kept), variances.slice(0, kept)), method, 'z', false);
  const centre = fit.coefficients[0] as number;
  const deviations = sorted.map((value) => value - centre);
  const byDistance = sortedOrder(deviations.map(Math.abs));
  let positive = 0;
  byDistance.forEach((study, place) => {
    if ((deviations[study] as number) > 0) positive += place + 1;
  });
  const raw = (4 * positive - k * (k + 1)) / (2 * k - 1);
  const variance =
    (k * (k + 1) * (2 * k + 1) +
      10 * raw ** 3 +
      27 * raw ** 2 +
      17 * raw -
      18 * k * raw ** 2 -
      18 * k * raw +
      6 * k ** 2 * raw) /
    24;
  return {
    missing: Math.max(0, roundHalfEven(raw)),
    missingSe: (4 * Math.sqrt(Math.max(0, variance))) / (2 * k - 1),
    centre,
  };
}

function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  if (value - below !== 0.5) return Math.round(value);
  return below % 2 === 0 ? below : below + 1;
}
