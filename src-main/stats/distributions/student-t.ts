import betainc from '@stdlib/math-base-special-betainc';
import betaincinv from '@stdlib/math-base-special-betaincinv';
import betaln from '@stdlib/math-base-special-betaln';
import { normalQuantile, normalUpperTail } from './normal.ts';

/** P(T > t) for Student's t with `df` degrees of freedom (any positive number, ∞ for the normal); as `pt(t, df, lower = FALSE)`. */
export function tUpperTail(t: number, df: number): number {
  if (Number.isNaN(t) || !(df > 0)) return Number.NaN;
  if (df === Number.POSITIVE_INFINITY) return normalUpperTail(t);
  const half = halfTail(Math.abs(t), df);
  return t >= 0 ? half : 1 - half;
}

/** Two-sided p-value of a t statistic. */
export function twoSidedT(t: number, df: number): number {
  return 2 * tUpperTail(Math.abs(t), df);
}

/** P(T > t) for t ≥ 0, by the incomplete beta function from whichever end keeps the digits. */
function halfTail(t: number, df: number): number {
  if (t === 0) return 0.5;
  if (t === Number.POSITIVE_INFINITY) return 0;
  const square = t * t;
  if (square < 0.01) return 0.5 - betainc(square / (df + square), 0.5, df / 2) / 2;
  return square > df
    ? betainc(df / (df + square), df / 2, 0.5) / 2
    : betainc(square / (df + square), 0.5, df / 2, true, true) / 2;
}

/** The t below which a share `p` lies, as R's `qt`. */
export function tQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1) || !(df > 0)) return Number.NaN;
  if (df === Number.POSITIVE_INFINITY) return normalQuantile(p);
  if (p === 0.5) return 0;
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const tail = Math.min(p, 1 - p);
  const sign = p < 0.5 ? -1 : 1;
  let t: number;
  if (tail < 0.25) {
    const x = betaincinv(2 * tail, df / 2, 0.5);
    t = Math.sqrt((df * (1 - x)) / x);
  } else {
    const x = betaincinv(1 - 2 * tail, 0.5, df / 2);
    t = Math.sqrt((df * x) / (1 - x));
  }
  if (!Number.isFinite(t) || t === 0) t = normalQuantile(1 - tail);
  return sign * polish(t, tail, df);
}

/** Newton steps on the tail, because the inverse beta of the library keeps fewer digits than its beta. */
function polish(start: number, tail: number, df: number): number {
  let t = start;
  for (let step = 0; step < 20; step += 1) {
    const error = halfTail(t, df) - tail;
    const change = error / tDensity(t, df);
    if (!Number.isFinite(change)) break;
    t = Math.max(t / 2, t + change);
    if (Math.abs(change) <= 4 * Number.EPSILON * t) break;
  }
  return t;
}

export function tDensity(t: number, df: number): number {
  return Math.exp(-betaln(0.5, df / 2) - 0.5 * Math.log(df) - ((df + 1) / 2) * Math.log1p((t * t) / df));
}
