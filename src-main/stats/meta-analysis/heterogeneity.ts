import { findMinimum } from '../numeric/root.ts';
import { mean, sumOfSquares, variance } from '../numeric/sums.ts';
import {
  type EffectModel,
  type Moments,
  momentsAt,
  momentsWith,
  traceOfProducts,
  traceWith,
} from './weighted-moments.ts';

/** Estimators of τ² by metafor's names; EE is FE. */
export const heterogeneityMethods = ['FE', 'EE', 'DL', 'HE', 'HS', 'SJ', 'PM', 'EB', 'ML', 'REML'] as const;
export type HeterogeneityMethod = (typeof heterogeneityMethods)[number];

export function isFixed(method: HeterogeneityMethod): boolean {
  return method === 'FE' || method === 'EE';
}

export type Heterogeneity = {
  readonly tau2: number;
  readonly se: number | null;
  /** The likelihood has another, lower maximum. */
  readonly severalMaxima: boolean;
};

/**
 * Variance τ² of true effects between studies beyond what the moderators explain. DL: DerSimonian and Laird 1986; HE: Hedges
 * and Olkin 1985; HS: Hunter and Schmidt 2004; SJ: Sidik and Jonkman 2005; PM: Paule and Mandel 1982 (EB, Morris 1983, is the
 * same); ML and REML: Raudenbush 2009; standard errors as Viechtbauer 2005 (J Educ Behav Stat 30:261) and Viechtbauer et al.
 * 2015 (Psychological Methods 20:360) give them. As metafor's `rma(method = …)`, converged to the last digits.
 * @param thorough look for a higher maximum of the likelihood everywhere, not at 0 alone
 */
export function heterogeneity(model: EffectModel, method: HeterogeneityMethod, thorough = true): Heterogeneity {
  const k = model.y.length;
  const p = model.basis.columns;
  const single = (tau2: number, se: number | null): Heterogeneity => ({ tau2, se, severalMaxima: false });
  if (isFixed(method) || k <= p) return single(0, null);
  if (method === 'ML' || method === 'REML') return likelihoodEstimate(model, method, thorough);
  if (method === 'PM' || method === 'EB') {
    const tau2 = tau2WhereQIs(model, k - p) ?? 0;
    return single(tau2, Math.sqrt((2 * k ** 2) / (k - p)) / momentsAt(model, tau2).sumOfWeights);
  }
  if (method === 'HE') return hedges(model);
  if (method === 'SJ') return sidikJonkman(model);
  const fixed = momentsAt(model, 0);
  const divisor = method === 'DL' ? fixed.traceP : fixed.sumOfWeights;
  const tau2 = Math.max(0, (fixed.q - (method === 'DL' ? k - p : k)) / divisor);
  return single(tau2, Math.sqrt(2 * (k - p) + 4 * tau2 * fixed.traceP + 2 * tau2 ** 2 * fixed.tracePP) / divisor);
}

function hedges(model: EffectModel): Heterogeneity {
  const { v, basis } = model;
  const df = v.length - basis.columns;
  const ones = new Float64Array(v.length).fill(1);
  const unweighted = momentsWith(model, ones);
  const variances = (i: number): number => v[i] as number;
  const expected = traceWith(basis, ones, unweighted.covariance, variances);
  const tau2 = Math.max(0, (unweighted.q - expected) / df);
  const squares = traceOfProducts(basis, ones, unweighted.covariance, variances, variances);
  return { tau2, se: Math.sqrt(2 * squares + 4 * tau2 * expected + 2 * tau2 ** 2 * df) / df, severalMaxima: false };
}

function sidikJonkman(model: EffectModel): Heterogeneity {
  const { v, y, basis } = model;
  const k = v.length;
  const df = k - basis.columns;
  const start = sumOfSquares(y) / k;
  if (start === 0) return { tau2: 0, se: null, severalMaxima: false };
  const { q, weights, covariance, tracePP } = momentsAt(model, start);
  const tau2 = (start * q) / df;
  const variances = (i: number): number => v[i] as number;
  const both = traceOfProducts(basis, weights, covariance, variances, variances);
  const one = traceOfProducts(basis, weights, covariance, variances, () => 1);
  const se = (start * Math.sqrt(2 * both + 4 * tau2 * one + 2 * tau2 ** 2 * tracePP)) / df;
  return { tau2, se, severalMaxima: false };
}

/**
 * The τ² ≥ 0 at which the generalised Q statistic is `target`; null where it is below the target already at 0. Q falls and is
 * convex in τ², so Newton's steps from the left never overshoot.
 */
export function tau2WhereQIs(model: EffectModel, target: number): number | null {
  let tau2 = 0;
  for (let step = 0; step < 500; step += 1) {
    const { q, qq } = momentsAt(model, tau2);
    const change = (q - target) / qq;
    if (!(change > 0)) return step === 0 && q < target ? null : tau2;
    tau2 += change;
    if (change <= 1e-15 * tau2) return tau2;
  }
  return tau2;
}

type LikelihoodMethod = 'ML' | 'REML';

/** Log-likelihood at τ²; the restricted one includes ½·log|XᵀX| (Harville 1974), so that it does not depend on units of moderators. */
export function logLikelihoodAt(model: EffectModel, tau2: number, method: LikelihoodMethod): number {
  return logLikelihood(model, momentsAt(model, tau2), method);
}

export function logLikelihood(model: EffectModel, moments: Moments, method: LikelihoodMethod): number {
  const k = model.y.length;
  const n = method === 'ML' ? k : k - model.basis.columns;
  const restriction = method === 'ML' ? 0 : moments.logInformation;
  let logWeights = 0;
  for (const weight of moments.weights) logWeights += Math.log(weight);
  return -0.5 * (n * Math.log(2 * Math.PI) - logWeights + restriction + moments.q);
}

/** One step of Fisher scoring from τ² (Raudenbush 2009, eq. 16.20 and 16.21). */
function scoringStep(model: EffectModel, tau2: number, method: LikelihoodMethod): number {
  if (model.meanOnly) return scoringStepOfMean(model, tau2, method);
  const moments = momentsAt(model, tau2);
  return method === 'ML'
    ? (moments.qq - moments.sumOfWeights) / moments.sumOfSquaredWeights
    : (moments.qq - moments.traceP) / moments.tracePP;
}

/** The same without arrays: leaving out each of a thousand studies takes it some ten thousand times. */
function scoringStepOfMean({ y, v }: EffectModel, tau2: number, method: LikelihoodMethod): number {
  const k = y.length;
  let total = 0;
  let squares = 0;
  let cubes = 0;
  let product = 0;
  for (let i = 0; i < k; i += 1) {
    const w = 1 / ((v[i] as number) + tau2);
    const square = w * w;
    total += w;
    squares += square;
    cubes += square * w;
    product += w * (y[i] as number);
  }
  const centre = product / total;
  let qq = 0;
  for (let i = 0; i < k; i += 1) {
    const wr = ((y[i] as number) - centre) / ((v[i] as number) + tau2);
    qq += wr * wr;
  }
  if (method === 'ML') return (qq - total) / squares;
  const ratio = squares / total;
  return (qq - total + ratio) / (squares - (2 * cubes) / total + ratio * ratio);
}

/** The estimate of Hedges without its error. */
function scoringStart(model: EffectModel): number {
  if (!model.meanOnly) return hedges(model).tau2;
  const { y, v } = model;
  return Math.max(0, variance(y) - mean(v));
}

function likelihoodEstimate(model: EffectModel, method: LikelihoodMethod, thorough: boolean): Heterogeneity {
  const found = scoreRoot(model, method, scoringStart(model));
  const { tau2, severalMaxima } = thorough
    ? highestMaximum(model, method, found)
    : higherThanZero(model, method, found);
  const moments = momentsAt(model, tau2);
  const information = method === 'ML' ? moments.sumOfSquaredWeights : moments.tracePP;
  return { tau2, se: Math.sqrt(2 / information), severalMaxima };
}

/** Fisher scoring, its last steps quickened by secants. */
function scoreRoot(model: EffectModel, method: LikelihoodMethod, start: number): number {
  let tau2 = start;
  let step = scoringStep(model, tau2, method);
  for (let iteration = 0; iteration < 300; iteration += 1) {
    if (tau2 === 0 && step <= 0) return 0;
    let change = step;
    if (tau2 + change < 0) change = -tau2;
    const next = tau2 + change;
    const nextStep = scoringStep(model, next, method);
    if (!Number.isFinite(nextStep)) return tau2;
    const slope = (nextStep - step) / change;
    if (Math.abs(nextStep) <= 1e-13 * next || Math.abs(change) <= 1e-15 * next) {
      const last = next + nextStep;
      return Number.isFinite(last) && last > 0 ? last : next;
    }
    tau2 = next;
    step = nextStep;
    if (slope < -0.2 && slope > -3) {
      const secant = tau2 - step / slope;
      if (secant > 0 && Math.abs(secant - tau2) < 4 * Math.abs(step)) {
        tau2 = secant;
        step = scoringStep(model, tau2, method);
        if (Math.abs(step) <= 1e-14 * tau2) return tau2 + step;
      }
    }
  }
  return tau2;
}

type Maximum = { readonly tau2: number; readonly severalMaxima: boolean };

function higherThanZero(model: EffectModel, method: LikelihoodMethod, found: number): Maximum {
  const zero = found > 0 && logLikelihoodAt(model, 0, method) > logLikelihoodAt(model, found, method);
  return { tau2: zero ? 0 : found, severalMaxima: zero };
}

const gridPoints = 40;

/** The highest of the maxima: a few effects far apart with very different errors can make several. */
function highestMaximum(model: EffectModel, method: LikelihoodMethod, found: number): Maximum {
  const height = (tau2: number): number => logLikelihoodAt(model, tau2, method);
  const here = height(found);
  let smallest = Number.POSITIVE_INFINITY;
  for (const value of model.v) smallest = Math.min(smallest, value);
  const ones = new Float64Array(model.v.length).fill(1);
  const largest = Math.max(momentsWith(model, ones).q, smallest);
  const grid = [0];
  const from = Math.log(smallest / 100);
  const to = Math.log(largest);
  for (let index = 0; index <= gridPoints; index += 1) grid.push(Math.exp(from + ((to - from) * index) / gridPoints));
  const heights = grid.map(height);
  const best = heights.reduce((top, value, index) => (value > (heights[top] as number) ? index : top), 0);
  if (!((heights[best] as number) > here + 1e-9 * (1 + Math.abs(here)))) return { tau2: found, severalMaxima: false };
  if (best === 0) return { tau2: 0, severalMaxima: found > 0 };
  const { at } = findMinimum((tau2) => -height(tau2), grid[best - 1] as number, grid[best + 1] ?? largest * 2);
  const tau2 = scoreRoot(model, method, at);
  return { tau2: height(tau2) >= (heights[best] as number) ? tau2 : at, severalMaxima: found > 0 || tau2 > 0 };
}
