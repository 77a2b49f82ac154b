import erfc from '@stdlib/math-base-special-erfc';
import erfcinv from '@stdlib/math-base-special-erfcinv';

/** P(Z ≤ z) for the standard normal, as R's `pnorm`. */
export function normalCdf(z: number): number {
  return erfc(-z / Math.SQRT2) / 2;
}

/** P(Z > z), accurate far out where 1 − cdf is not. */
export function normalUpperTail(z: number): number {
  return erfc(z / Math.SQRT2) / 2;
}

/** Two-sided p-value of a standard normal statistic. */
export function twoSidedNormal(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/** The z below which a share `p` of the standard normal lies, as R's `qnorm`; 0 and 1 give ∓∞. */
export function normalQuantile(p: number): number {
  if (p === 0.5) return 0;
  return -Math.SQRT2 * erfcinv(2 * p);
}
