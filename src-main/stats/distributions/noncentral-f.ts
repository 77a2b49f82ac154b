import betainc from '@stdlib/math-base-special-betainc';
import gammaln from '@stdlib/math-base-special-gammaln';
import { fUpperTail } from './f.ts';
import { normalCdf } from './normal.ts';

const smallestShare = 1e-18;
/** Beyond it the weights are too many to sum, and nearly normal. */
const mostNoncentral = 1e6;

/**
 * P(F > x) for the noncentral F with df1 and df2 degrees of freedom and noncentrality `ncp`, as `pf(x, df1, df2, ncp, lower = FALSE)`: a Poisson
 * mixture of beta tails (Johnson, Kotz and Balakrishnan 1995, Continuous Univariate Distributions 2, eq. 30.10), summed outwards from its
 * largest weight.
 */
export function noncentralFUpperTail(x: number, df1: number, df2: number, ncp: number): number {
  if (!(ncp >= 0)) return Number.NaN;
  if (ncp === 0) return fUpperTail(x, df1, df2);
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (ncp > mostNoncentral) {
    const distance = df1 + ncp - x * df1;
    return normalCdf(distance / Math.sqrt(2 * (df1 + 2 * ncp) + (2 * x * x * df1 * df1) / df2));
  }
  const half = ncp / 2;
  const y = (df1 * x) / (df1 * x + df2);
  const weight = (j: number): number => Math.exp(j * Math.log(half) - half - gammaln(j + 1));
  const tail = (j: number): number => betainc(y, df1 / 2 + j, df2 / 2, true, true);
  const start = Math.floor(half);
  let total = 0;
  for (let j = start; ; j += 1) {
    const share = weight(j);
    total += share * tail(j);
    if (share < smallestShare) break;
  }
  for (let j = start - 1; j >= 0; j -= 1) {
    const share = weight(j);
    total += share * tail(j);
    if (share < smallestShare) break;
  }
  return Math.min(1, total);
}
