import gammainc from '@stdlib/math-base-special-gammainc';
import gammaincinv from '@stdlib/math-base-special-gammaincinv';
import gammaln from '@stdlib/math-base-special-gammaln';
import { largeGammaTails } from './large-gamma.ts';
import { normalQuantile } from './normal.ts';

const largeDf = 400;

/** P(X > x) for chi-squared with `df` degrees of freedom, as `pchisq(x, df, lower = FALSE)`. */
export function chiSquaredUpperTail(x: number, df: number): number {
  if (Number.isNaN(x) || !(df > 0)) return Number.NaN;
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  return df >= largeDf ? largeGammaTails(df / 2, x / 2).upper : gammainc(x / 2, df / 2, true, true);
}

export function chiSquaredCdf(x: number, df: number): number {
  if (Number.isNaN(x) || !(df > 0)) return Number.NaN;
  if (x <= 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  return df >= largeDf ? largeGammaTails(df / 2, x / 2).lower : gammainc(x / 2, df / 2, true, false);
}

/** The x below which a share `p` lies, as R's `qchisq`. */
export function chiSquaredQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1) || !(df > 0)) return Number.NaN;
  if (p === 0) return 0;
  if (p === 1) return Number.POSITIVE_INFINITY;
  let x = df >= largeDf ? wilsonHilferty(p, df) : 2 * gammaincinv(p, df / 2);
  const upper = p > 0.5;
  for (let step = 0; step < 20; step += 1) {
    const error = upper ? 1 - p - chiSquaredUpperTail(x, df) : chiSquaredCdf(x, df) - p;
    const change = error / chiSquaredDensity(x, df);
    if (!Number.isFinite(change)) break;
    x = Math.max(x / 2, x - change);
    if (Math.abs(change) <= 4 * Number.EPSILON * x) break;
  }
  return x;
}

export function chiSquaredDensity(x: number, df: number): number {
  const half = df / 2;
  return 0.5 * Math.exp((half - 1) * Math.log(x / 2) - x / 2 - gammaln(half));
}

/** A first guess for many degrees of freedom (Wilson and Hilferty 1931, PNAS 17:684). */
function wilsonHilferty(p: number, df: number): number {
  const ninth = 2 / (9 * df);
  return df * (1 - ninth + normalQuantile(p) * Math.sqrt(ninth)) ** 3;
}
