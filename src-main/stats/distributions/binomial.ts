import betainc from '@stdlib/math-base-special-betainc';
import { normalQuantile } from './normal.ts';

/** P(X ≤ k) of n trials with probability p, as R's `pbinom`. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return betainc(1 - p, n - k, k + 1);
}

/** The least k with P(X ≤ k) ≥ q, as R's `qbinom`. */
export function binomialQuantile(q: number, n: number, p: number): number {
  const sd = Math.sqrt(n * p * (1 - p));
  let low = -1;
  let high = n;
  // A bracket around the normal guess, widened until it holds the answer.
  for (let width = 2 + sd / 4; ; width *= 2) {
    const guess = n * p + sd * normalQuantile(q);
    low = Math.max(-1, Math.floor(guess - width));
    high = Math.min(n, Math.ceil(guess + width));
    if ((low < 0 || binomialCdf(low, n, p) < q) && (high >= n || binomialCdf(high, n, p) >= q)) break;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (binomialCdf(middle, n, p) >= q) high = middle;
    else low = middle;
  }
  return high;
}
