import { normalQuantile } from './distributions/normal.ts';

/**
 * Wilson's score interval for a proportion: `cases` of `n`, both whole numbers, n > 0; 95% unless said otherwise. Limits are shares
 * of 1. Chosen over the Wald interval, which fails near 0 and 1 (Wilson 1927, JASA 22:209; Brown, Cai and DasGupta 2001). As
 * `prop.test(cases, n, correct = FALSE)$conf.int` in R.
 */
export function wilsonInterval(
  cases: number,
  n: number,
  confidence = 0.95,
): { readonly low: number; readonly high: number } {
  if (!(n > 0) || cases < 0 || cases > n) throw new RangeError('a proportion needs 0 ≤ cases ≤ n and n > 0');
  const z = confidence === 0.95 ? 1.959963984540054 : normalQuantile(1 - (1 - confidence) / 2);
  const share = cases / n;
  const spread = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const middle = share + (z * z) / (2 * n);
  const scale = 1 + (z * z) / n;
  return { low: Math.max(0, (middle - spread) / scale), high: Math.min(1, (middle + spread) / scale) };
}
