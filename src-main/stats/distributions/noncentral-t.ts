import betainc from '@stdlib/math-base-special-betainc';
import gammaln from '@stdlib/math-base-special-gammaln';
import { chiSquaredUpperTail } from './chi-squared.ts';
import { normalCdf, normalDensity } from './normal.ts';

const smallestTerm = 1e-17;

/**
 * P(T ≤ t) for the noncentral t with `df` degrees of freedom and noncentrality `ncp`, as R's `pt(t, df, ncp)`: a Poisson
 * mixture of incomplete beta functions, summed outwards from its largest term (Lenth 1989, Applied Statistics 38:185, AS 243;
 * Benton and Krishnamoorthy 2003, Computational Statistics and Data Analysis 43:249).
 */
export function noncentralTCdf(t: number, df: number, ncp: number): number {
  if (t < 0) return 1 - positiveCdf(-t, df, -ncp);
  return positiveCdf(t, df, ncp);
}

/** P(T > t), kept apart so that small tails keep their digits where ncp < t. */
export function noncentralTUpperTail(t: number, df: number, ncp: number): number {
  return t < 0 ? positiveCdf(-t, df, -ncp) : 1 - positiveCdf(t, df, ncp);
}

/** Beyond this noncentrality the mixture needs too many terms. */
const seriesTo = 30;

/**
 * P((Z + ncp)/s ≤ t), s = √(χ²/df), as the mean over whichever of Z and s has the smoother integrand, by the trapezoidal rule,
 * whose error then falls exponentially (Trefethen and Weideman 2014, SIAM Review 56:385).
 */
function byIntegral(t: number, df: number, ncp: number): number {
  const width = 1 / Math.sqrt(2 * df);
  return t * width > 1 ? overNormal(t, df, ncp) : overChi(t, df, ncp, width);
}

/** E[P(s ≥ (ncp + Z)/t)]. */
function overNormal(t: number, df: number, ncp: number): number {
  const step = 1 / 8;
  let total = 0;
  for (let z = -9; z <= 9; z += step) {
    const s = Math.max(0, (ncp + z) / t);
    total += normalDensity(z) * chiSquaredUpperTail(df * s * s, df);
  }
  return total * step;
}

/** E[Φ(t·s − ncp)], in u = log s; the density of u is normed by the same rule. */
function overChi(t: number, df: number, ncp: number, width: number): number {
  const low = -Math.max(13 * width, 40 / df);
  const high = Math.min(13 * width, 3);
  let total = 0;
  let mass = 0;
  for (let u = low; u < high; u += width / 8) {
    const weight = Math.exp(df * (u + 0.5 - Math.exp(2 * u) / 2));
    mass += weight;
    total += weight * normalCdf(t * Math.exp(u) - ncp);
  }
  return total / mass;
}

function positiveCdf(t: number, df: number, ncp: number): number {
  if (Math.abs(ncp) > seriesTo) return byIntegral(t, df, ncp);
  const base = normalCdf(-ncp);
  if (t === 0) return base;
  if (t === Number.POSITIVE_INFINITY) return 1;
  const y = (t * t) / (t * t + df);
  const half = (ncp * ncp) / 2;
  const term = (j: number): number => {
    const logHalf = half === 0 ? (j === 0 ? 0 : Number.NEGATIVE_INFINITY) : j * Math.log(half);
    const even = Math.exp(-half + logHalf - gammaln(j + 1)) * betainc(y, j + 0.5, df / 2);
    const odd = (ncp / Math.SQRT2) * Math.exp(-half + logHalf - gammaln(j + 1.5)) * betainc(y, j + 1, df / 2);
    return even + odd;
  };
  const start = Math.floor(half);
  let total = 0;
  for (let j = start; j < start + 5_000; j += 1) {
    const value = term(j);
    total += value;
    if (j > start + 2 && Math.abs(value) < smallestTerm) break;
  }
  for (let j = start - 1; j >= 0; j -= 1) {
    const value = term(j);
    total += value;
    if (Math.abs(value) < smallestTerm) break;
  }
  return Math.min(1, Math.max(0, base + total / 2));
}
