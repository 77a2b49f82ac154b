import betainc from '@stdlib/math-base-special-betainc';
import { findRoot } from '../numeric/root.ts';
import { chiSquaredCdf, chiSquaredUpperTail } from './chi-squared.ts';

/** P(F > x) with df1 and df2 degrees of freedom (df2 may be ∞), as `pf(x, df1, df2, lower = FALSE)`. */
export function fUpperTail(x: number, df1: number, df2: number): number {
  if (Number.isNaN(x) || !(df1 > 0) || !(df2 > 0)) return Number.NaN;
  if (x <= 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (df2 === Number.POSITIVE_INFINITY) return chiSquaredUpperTail(x * df1, df1);
  const product = df1 * x;
  return product > df2
    ? betainc(df2 / (df2 + product), df2 / 2, df1 / 2)
    : betainc(product / (df2 + product), df1 / 2, df2 / 2, true, true);
}

/** P(F ≤ x). */
export function fCdf(x: number, df1: number, df2: number): number {
  if (Number.isNaN(x) || !(df1 > 0) || !(df2 > 0)) return Number.NaN;
  if (x <= 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  return df2 === Number.POSITIVE_INFINITY ? chiSquaredCdf(x * df1, df1) : fUpperTail(1 / x, df2, df1);
}

/** The x below which a share `p` lies, as R's `qf`. */
export function fQuantile(p: number, df1: number, df2: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN;
  if (p === 0) return 0;
  if (p === 1) return Number.POSITIVE_INFINITY;
  const f = (logX: number): number =>
    p < 0.5 ? p - fCdf(Math.exp(logX), df1, df2) : fUpperTail(Math.exp(logX), df1, df2) - (1 - p);
  return Math.exp(findRoot(f, -700, 700));
}
