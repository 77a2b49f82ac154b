import { normalCdf, normalDensity, normalQuantile } from '../distributions/normal.ts';
import { findRoot } from '../numeric/root.ts';
import type { Limits } from '../resampling/bootstrap-limits.ts';

type Normal = { readonly mean: number; readonly sd: number };

/** Standard deviations beyond which the density no longer counts in doubles. */
const reach = 9;

/**
 * P(A·B ≤ q) for independent normals, by integrating over A the probability that B stays on its side of q/A (Craig 1936, Annals
 * of Mathematical Statistics 7:1). Both standard deviations must be positive.
 */
export function productCdf(q: number, a: Normal, b: Normal): number {
  const zero = -a.mean / a.sd;
  const f = (t: number): number => {
    const value = a.mean + a.sd * t;
    if (value === 0) return q > 0 ? normalDensity(t) : q < 0 ? 0 : normalDensity(t) / 2;
    const z = (q / value - b.mean) / b.sd;
    return normalDensity(t) * normalCdf(value > 0 ? z : -z);
  };
  // The integrand bends where A crosses 0 and where q/A crosses B's mean.
  const bends = [zero, (q / b.mean - a.mean) / a.sd].filter((t) => Number.isFinite(t) && Math.abs(t) < reach);
  const grid = Array.from({ length: 2 * reach + 1 }, (_none, index) => index - reach);
  const points = [...grid, ...bends].sort((left, right) => left - right);
  let total = 0;
  for (let index = 1; index < points.length; index += 1) {
    const from = points[index - 1] as number;
    const to = points[index] as number;
    if (to > from) total += integrate(f, from, to, gauss(f, from, to), 40);
  }
  return total;
}

/** Limits of a·b by the distribution of the product (MacKinnon et al. 2007, Behavior Research Methods 39:384, PRODCLIN). */
export function productLimits(a: Normal, b: Normal, confidence: number): Limits | null {
  if (!(a.sd > 0) || !(b.sd > 0)) return null;
  // In units of their standard deviations, so that no square leaves the range of doubles.
  const x: Normal = { mean: a.mean / a.sd, sd: 1 };
  const y: Normal = { mean: b.mean / b.sd, sd: 1 };
  if (!Number.isFinite(x.mean) || !Number.isFinite(y.mean)) return null;
  const centre = x.mean * y.mean;
  const spread = Math.sqrt(x.mean ** 2 + y.mean ** 2 + 1);
  const width = spread * (4 + normalQuantile(1 - (1 - confidence) / 2) ** 2);
  const unit = a.sd * b.sd;
  const limit = (level: number): number =>
    unit * findRoot((q) => productCdf(q, x, y) - level, centre - width, centre + width, 1e-13);
  const tail = (1 - confidence) / 2;
  return { low: limit(tail), high: limit(1 - tail) };
}

// Abscissae and weights of ten-point Gauss–Legendre quadrature (Abramowitz and Stegun 1964, table 25.4).
const nodes = [0.1488743389816312, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845, 0.9739065285171717];
const weights = [0.2955242247147529, 0.2692667193099964, 0.219086362515982, 0.1494513491505806, 0.0666713443086881];

function gauss(f: (t: number) => number, from: number, to: number): number {
  const middle = (from + to) / 2;
  const half = (to - from) / 2;
  let total = 0;
  for (let i = 0; i < nodes.length; i += 1) {
    const step = half * (nodes[i] as number);
    total += (weights[i] as number) * (f(middle - step) + f(middle + step));
  }
  return total * half;
}

/** Halves the interval until both halves together say what the whole does. */
function integrate(f: (t: number) => number, from: number, to: number, whole: number, depth: number): number {
  const middle = (from + to) / 2;
  const left = gauss(f, from, middle);
  const right = gauss(f, middle, to);
  if (depth === 0 || !(Math.abs(left + right - whole) > 1e-15)) return left + right;
  return integrate(f, from, middle, left, depth - 1) + integrate(f, middle, to, right, depth - 1);
}
