import gammaln from '@stdlib/math-base-special-gammaln';
import { chiSquaredUpperTail } from '../distributions/chi-squared.ts';
import { at, type Matrix } from '../linear-algebra/matrix.ts';
import type { ChiSquared } from './chi-squared-tests.ts';
import { exactLimitsOfShare } from './proportion-limits.ts';

export type McNemar = ChiSquared & {
  /** One less taken from the difference (2 × 2 only). */
  readonly corrected: ChiSquared | null;
  /** Binomial p and mid-p of the pairs that differ; whole counts only. */
  readonly exact: { readonly p: number; readonly midP: number } | null;
  /** Odds ratio of pairs, b/c, with exact limits; null where it is infinite. */
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

/**
 * McNemar's test that paired shares are equal (1947, Psychometrika 12:153), for more than two levels Bowker's of symmetry (1948,
 * JASA 43:572); as R's `mcnemar.test`. Null where no pair differs.
 * @param counts square, the same levels in rows and columns
 */
export function mcnemarTest(counts: Matrix, confidence: number): McNemar | null {
  let statistic = 0;
  let df = 0;
  for (let i = 0; i < counts.rows; i += 1) {
    for (let j = i + 1; j < counts.columns; j += 1) {
      const b = at(counts, i, j);
      const c = at(counts, j, i);
      if (b + c === 0) continue;
      statistic += (b - c) ** 2 / (b + c);
      df += 1;
    }
  }
  if (df === 0) return null;
  const test = { statistic, df, p: chiSquaredUpperTail(statistic, df) };
  if (counts.rows > 2) return { ...test, corrected: null, exact: null, estimate: null, low: null, high: null };
  const b = at(counts, 0, 1);
  const c = at(counts, 1, 0);
  const less = b === c ? 0 : Math.max(0, Math.abs(b - c) - 1) ** 2 / (b + c);
  const whole = Number.isInteger(b) && Number.isInteger(c);
  const share = whole ? exactLimitsOfShare(b, b + c, confidence) : null;
  return {
    ...test,
    corrected: { statistic: less, df: 1, p: chiSquaredUpperTail(less, 1) },
    exact: whole ? evenBinomial(Math.min(b, c), b + c) : null,
    estimate: c > 0 ? b / c : null,
    low: share ? share.low / (1 - share.low) : null,
    high: share && c > 0 ? share.high / (1 - share.high) : null,
  };
}

/**
 * Two-sided p of the lesser of two counts that are equally likely, as `binom.test(k, n)`, and mid-p (Lancaster 1961, JASA 56:223).
 * The tail is summed from its largest term down.
 */
function evenBinomial(k: number, n: number): { readonly p: number; readonly midP: number } {
  const probability = Math.exp(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1) - n * Math.LN2);
  let term = 1;
  let total = 1;
  for (let i = k; i > 0 && term > 1e-18 * total; i -= 1) {
    term *= i / (n - i + 1);
    total += term;
  }
  const tail = total * probability;
  return { p: Math.min(1, 2 * tail), midP: Math.min(1, 2 * tail - probability) };
}
