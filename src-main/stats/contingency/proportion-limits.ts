import { fQuantile } from '../distributions/f.ts';

export type Limits = { readonly low: number; readonly high: number };

/** Exact limits of a share (Clopper and Pearson 1934, Biometrika 26:404); as R's `binom.test(x, n)$conf.int`. Whole x and n. */
export function exactLimitsOfShare(x: number, n: number, confidence: number): Limits {
  const upper = 1 - (1 - confidence) / 2;
  const low = x === 0 ? 0 : x / (x + (n - x + 1) * fQuantile(upper, 2 * (n - x + 1), 2 * x));
  const f = x === n ? 0 : fQuantile(upper, 2 * (x + 1), 2 * (n - x));
  const high = x === n ? 1 : ((x + 1) * f) / (n - x + (x + 1) * f);
  return { low, high };
}
