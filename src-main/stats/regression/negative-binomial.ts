import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import trigamma from '@stdlib/math-base-special-trigamma';
import type { Matrix } from '../linear-algebra/matrix.ts';
import { type LinkFunction, links, negativeBinomial, poisson } from './families.ts';
import { fitGlm, type GlmFit } from './fit-glm.ts';

export type NegativeBinomialOptions = {
  readonly link?: LinkFunction;
  readonly weights?: Float64Array | undefined;
  readonly offset?: Float64Array | null | undefined;
};

export type NegativeBinomialFit = {
  readonly fit: GlmFit;
  readonly theta: number;
  /** From the observed information of theta, the coefficients held. */
  readonly thetaSe: number;
  readonly logLik: number;
  readonly iterations: number;
  readonly converged: boolean;
};

const mostAlternations = 200;

/**
 * Negative binomial regression with variance μ + μ²/θ by maximum likelihood, coefficients and θ in turn (Lawless 1987, Canadian Journal of
 * Statistics 15:209; Venables and Ripley 2002, Modern Applied Statistics with S, §7.4), as `MASS::glm.nb`. Null where the
 * likelihood rises all the way to the Poisson model, θ → ∞.
 */
export function fitNegativeBinomial(
  x: Matrix,
  y: Float64Array,
  options: NegativeBinomialOptions = {},
): NegativeBinomialFit | null {
  const weights = options.weights ?? new Float64Array(y.length).fill(1);
  const link = options.link ?? links.log;
  const counts = thetaCounts(y, weights);
  let fit = fitGlm(x, y, poisson, { ...options, link });
  let theta = thetaOf(counts, fit.fitted, momentStart(y, fit.fitted, weights));
  if (theta === null) return null;
  let converged = false;
  let iterations = 0;
  let before = Number.POSITIVE_INFINITY;
  while (iterations < mostAlternations && !converged) {
    iterations += 1;
    fit = fitGlm(x, y, negativeBinomial(theta), { ...options, link, start: fit.coefficients });
    const next = thetaOf(counts, fit.fitted, theta);
    if (next === null) return null;
    const change = Math.abs(next - theta) / next;
    converged = change < 1e-13 || (change < 1e-11 && change >= before / 2);
    before = change;
    theta = next;
  }
  fit = fitGlm(x, y, negativeBinomial(theta), { ...options, link, start: fit.coefficients });
  return {
    fit,
    theta,
    thetaSe: 1 / Math.sqrt(thetaInformation(counts, fit.fitted, theta)),
    logLik: negativeBinomialLogLik(y, fit.fitted, weights, theta),
    iterations,
    converged: converged && fit.converged,
  };
}

function momentStart(y: Float64Array, mu: Float64Array, weights: Float64Array): number {
  let total = 0;
  let squares = 0;
  for (let i = 0; i < y.length; i += 1) {
    total += weights[i] as number;
    squares += (weights[i] as number) * ((y[i] as number) / (mu[i] as number) - 1) ** 2;
  }
  return Math.min(Math.max(total / squares, 1e-3), 1e6);
}

type ThetaCounts = {
  readonly y: Float64Array;
  readonly weights: Float64Array;
  /** Weight of the rows with y > k, for whole counts: sums over k replace digamma functions. Null for others. */
  readonly above: Float64Array | null;
};

const mostCounted = 1_000_000;

function thetaCounts(y: Float64Array, weights: Float64Array): ThetaCounts {
  let most = 0;
  for (const value of y) {
    if (!Number.isInteger(value)) return { y, weights, above: null };
    most = Math.max(most, value);
  }
  if (most > mostCounted) return { y, weights, above: null };
  const above = new Float64Array(most);
  for (let i = 0; i < y.length; i += 1) {
    const value = y[i] as number;
    if (value > 0) above[value - 1] = (above[value - 1] as number) + (weights[i] as number);
  }
  for (let k = most - 2; k >= 0; k -= 1) above[k] = (above[k] as number) + (above[k + 1] as number);
  return { y, weights, above };
}

/** ∂ℓ/∂θ = Σ w[ψ(θ + y) − ψ(θ) − log(1 + μ/θ) + (μ − y)/(θ + μ)]. */
function thetaScore({ y, weights, above }: ThetaCounts, mu: Float64Array, theta: number): number {
  let total = 0;
  if (above) for (let k = 0; k < above.length; k += 1) total += (above[k] as number) / (theta + k);
  for (let i = 0; i < y.length; i += 1) {
    const mean = mu[i] as number;
    const response = y[i] as number;
    const psi = above ? 0 : digamma(theta + response) - digamma(theta);
    total += (weights[i] as number) * (psi - Math.log1p(mean / theta) + (mean - response) / (theta + mean));
  }
  return total;
}

/** −∂²ℓ/∂θ². */
function thetaInformation({ y, weights, above }: ThetaCounts, mu: Float64Array, theta: number): number {
  let total = 0;
  if (above) for (let k = 0; k < above.length; k += 1) total += (above[k] as number) / (theta + k) ** 2;
  for (let i = 0; i < y.length; i += 1) {
    const mean = mu[i] as number;
    const response = y[i] as number;
    const psi = above ? 0 : trigamma(theta) - trigamma(theta + response);
    const rest = mean / (theta * (theta + mean)) - (mean - response) / (theta + mean) ** 2;
    total += (weights[i] as number) * (psi - rest);
  }
  return total;
}

/** Beyond this many times the mean, variances differ from the Poisson's by less than a rounding of any use. */
const nearlyPoisson = 1e7;

/** The root of the score in θ, on its logarithm; null where it stays positive as far as the Poisson. */
function thetaOf(counts: ThetaCounts, mu: Float64Array, start: number): number | null {
  let mean = 0;
  for (const value of mu) mean += value / mu.length;
  const most = nearlyPoisson * Math.max(1, mean);
  let low = start;
  let high = start;
  let score = thetaScore(counts, mu, start);
  if (score > 0) {
    while (score > 0) {
      low = high;
      high *= 4;
      if (high > most) return null;
      score = thetaScore(counts, mu, high);
    }
  } else {
    while (score < 0) {
      high = low;
      low /= 4;
      if (low < 1e-12) return low;
      score = thetaScore(counts, mu, low);
    }
  }
  let theta = start >= low && start <= high ? start : Math.sqrt(low * high);
  for (let step = 0; step < 100; step += 1) {
    const at = thetaScore(counts, mu, theta);
    if (at > 0) low = theta;
    else high = theta;
    const slope = -thetaInformation(counts, mu, theta);
    let next = slope < 0 ? theta - at / slope : Number.NaN;
    if (!(next > low && next < high)) next = Math.sqrt(low * high);
    const moved = Math.abs(next - theta);
    theta = next;
    if (moved <= 4 * Number.EPSILON * theta) break;
  }
  return theta;
}

/** Σ w·log P(y) of the negative binomial with mean μ and size θ, as `dnbinom(y, size = θ, mu = μ, log = TRUE)`. */
export function negativeBinomialLogLik(
  y: Float64Array,
  mu: Float64Array,
  weights: Float64Array,
  theta: number,
): number {
  let total = 0;
  for (let i = 0; i < y.length; i += 1) {
    const mean = mu[i] as number;
    const response = y[i] as number;
    const coefficient = logRising(theta, response) - gammaln(response + 1);
    const spread = -theta * Math.log1p(mean / theta);
    const share = response === 0 ? 0 : response * Math.log(mean / (theta + mean));
    total += (weights[i] as number) * (coefficient + spread + share);
  }
  return total;
}

const mostFactors = 100;

/** log Γ(θ + y) − log Γ(θ), by its factors where they are few: for large θ the difference would lose its digits. */
function logRising(theta: number, y: number): number {
  if (!Number.isInteger(y) || y > mostFactors) return gammaln(theta + y) - gammaln(theta);
  let total = 0;
  for (let k = 0; k < y; k += 1) total += Math.log(theta + k);
  return total;
}
