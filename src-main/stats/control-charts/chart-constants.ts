import gammaln from '@stdlib/math-base-special-gammaln';
import { normalCdf, normalUpperTail } from '../distributions/normal.ts';

/** Nodes of the trapezium rule, whose error for these smooth tails is below rounding. */
const reach = 9;
const step = 1 / 16;

/**
 * d₂(n): the mean range of n standard normal values (Tippett 1925, Biometrika 17:364), ∫ 1 − Φⁿ − (1 − Φ)ⁿ.
 * @param n at least 2
 */
export function meanRange(n: number): number {
  let total = 0;
  for (let x = -reach; x <= reach; x += step) total += 1 - normalCdf(x) ** n - normalUpperTail(x) ** n;
  return total * step;
}

/** d₃(n): the standard deviation of that range, from E(W²) = ∫ 2w·P(W > w) dw. */
export function sdOfRange(n: number): number {
  const mean = meanRange(n);
  // w = exp(s − e⁻ˢ) makes the integrand vanish doubly exponentially at both ends (Takahasi and Mori 1974).
  let square = 0;
  const fine = 1 / 24;
  for (let s = -4; s <= 4; s += fine) {
    const w = Math.exp(s - Math.exp(-s));
    square += 2 * w * rangeAbove(w, n) * w * (1 + Math.exp(-s));
  }
  return Math.sqrt(square * fine - mean * mean);
}

/** P(W > w) = 1 − n·∫ φ(x)·(Φ(x + w) − Φ(x))ⁿ⁻¹ dx. */
function rangeAbove(w: number, n: number): number {
  let below = 0;
  for (let x = -reach; x <= reach; x += step) {
    const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
    const within = x > 0 ? normalUpperTail(x) - normalUpperTail(x + w) : normalCdf(x + w) - normalCdf(x);
    below += density * within ** (n - 1);
  }
  return Math.max(0, 1 - n * below * step);
}

/** c₄(n): the mean standard deviation (divisor n − 1) of n standard normal values. */
export function meanSd(n: number): number {
  return Math.sqrt(2 / (n - 1)) * Math.exp(gammaln(n / 2) - gammaln((n - 1) / 2));
}

/** d₂(2) = 2/√π, which turns a mean moving range into a standard deviation. */
export const meanMovingRange = 2 / Math.sqrt(Math.PI);
