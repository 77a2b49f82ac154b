import { fQuantile } from '../distributions/f.ts';
import type { Matrix } from '../linear-algebra/matrix.ts';

/**
 * Cronbach's alpha, k/(k − 1)·(1 − Σ variances / variance of the sum) (1951, Psychometrika 16:297), from the covariances of
 * items (k × k); of correlations, the standardised alpha. As psych's `alpha`. NaN for fewer than 2 items.
 */
export function cronbachAlpha(covariance: Matrix): number {
  const k = covariance.rows;
  let total = 0;
  let trace = 0;
  for (let j = 0; j < k; j += 1) {
    trace += covariance.data[j * k + j] as number;
    for (let i = 0; i < k; i += 1) total += covariance.data[j * k + i] as number;
  }
  return k < 2 || !(total > 0) ? Number.NaN : (k / (k - 1)) * (1 - trace / total);
}

export type AlphaLimits = { readonly low: number; readonly high: number };

/** Limits of alpha by F with n − 1 and (n − 1)(k − 1) degrees of freedom (Feldt 1965, Psychometrika 30:357); n people, k items. */
export function feldtLimits(alpha: number, n: number, k: number, confidence: number): AlphaLimits {
  const tail = (1 - confidence) / 2;
  const df1 = n - 1;
  const df2 = (n - 1) * (k - 1);
  return {
    low: 1 - (1 - alpha) * fQuantile(1 - tail, df1, df2),
    high: 1 - (1 - alpha) * fQuantile(tail, df1, df2),
  };
}

/** Asymptotic standard error of alpha (van Zyl, Neudecker and Nel 2000, Psychometrika 65:271; Duhachek and Iacobucci 2004). */
export function alphaStandardError(covariance: Matrix, n: number): number {
  const k = covariance.rows;
  let total = 0;
  let trace = 0;
  let squares = 0;
  let rowSquares = 0;
  for (let j = 0; j < k; j += 1) {
    let row = 0;
    for (let i = 0; i < k; i += 1) {
      const value = covariance.data[j * k + i] as number;
      row += value;
      squares += value * value;
    }
    total += row;
    rowSquares += row * row;
    trace += covariance.data[j * k + j] as number;
  }
  const q = ((2 * k ** 2) / ((k - 1) ** 2 * total ** 3)) * (total * (squares + trace ** 2) - 2 * trace * rowSquares);
  return Math.sqrt(Math.max(0, q) / n);
}
