import { chiSquaredUpperTail } from '../distributions/chi-squared.ts';
import { cholesky, inverseFromCholesky, logDeterminant } from '../linear-algebra/cholesky.ts';
import { at, type Matrix } from '../linear-algebra/matrix.ts';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import { cronbachAlpha } from './cronbach-alpha.ts';
import { withoutItem } from './item-covariance.ts';

export type ItemStatistic = {
  /** Correlation with the sum of all items. */
  readonly itemTotal: number;
  /** Correlation with the sum of the others. */
  readonly itemRest: number;
  /** Alpha of the others; NaN for two items. */
  readonly alphaIfDropped: number;
};

/** Corrected item-total correlations and alpha without each item, from the covariances; as psych's `alpha`. */
export function itemStatistics(covariance: Matrix): ItemStatistic[] {
  const k = covariance.rows;
  const sums = Array.from({ length: k }, (_none, i) => {
    let total = 0;
    for (let j = 0; j < k; j += 1) total += at(covariance, i, j);
    return total;
  });
  const whole = sums.reduce((a, b) => a + b, 0);
  return sums.map((withSum, i) => {
    const own = at(covariance, i, i);
    const rest = whole - 2 * withSum + own;
    return {
      itemTotal: withSum / Math.sqrt(own * whole),
      itemRest: (withSum - own) / Math.sqrt(own * rest),
      alphaIfDropped: cronbachAlpha(withoutItem(covariance, i)),
    };
  });
}

export type SplitHalf = {
  /** Correlation of the sums of odd and even items. */
  readonly r: number;
  readonly spearmanBrown: number;
  readonly guttmanLambda4: number;
};

/** Odd against even items (Spearman 1910; Brown 1910; Guttman 1945, Psychometrika 10:255). */
export function splitHalf(covariance: Matrix): SplitHalf {
  const k = covariance.rows;
  let odd = 0;
  let even = 0;
  let between = 0;
  for (let j = 0; j < k; j += 1) {
    for (let i = 0; i < k; i += 1) {
      const value = at(covariance, i, j);
      if (i % 2 !== j % 2) between += value / 2;
      else if (i % 2 === 0) odd += value;
      else even += value;
    }
  }
  const r = between / Math.sqrt(odd * even);
  return { r, spearmanBrown: (2 * r) / (1 + r), guttmanLambda4: (4 * between) / (odd + even + 2 * between) };
}

export type Adequacy = {
  /** Kaiser, Meyer and Olkin's measure of sampling adequacy, of all items and of each. */
  readonly kmo: number;
  readonly msa: Float64Array;
  /** Bartlett's test that no items correlate. */
  readonly bartlett: { readonly statistic: number; readonly df: number; readonly p: number };
  /** Largest first. */
  readonly eigenvalues: Float64Array;
  /** Guttman's λ6: every item's share that the others explain counts as true. */
  readonly guttmanLambda6: number;
};

/**
 * Whether correlations suit a factor model (Kaiser 1970, Psychometrika 35:401; Bartlett 1950); as psych's `KMO` and
 * `cortest.bartlett`. Null where the matrix is singular.
 */
export function samplingAdequacy(correlation: Matrix, n: number): Adequacy | null {
  const k = correlation.rows;
  const factor = cholesky(correlation);
  if (!factor) return null;
  const inverse = inverseFromCholesky(factor);
  const msa = new Float64Array(k);
  let simple = 0;
  let partial = 0;
  let total = 0;
  let unexplained = 0;
  for (let j = 0; j < k; j += 1) {
    let own = 0;
    let ownPartial = 0;
    for (let i = 0; i < k; i += 1) {
      total += at(correlation, i, j);
      if (i === j) continue;
      own += at(correlation, i, j) ** 2;
      ownPartial += at(inverse, i, j) ** 2 / (at(inverse, i, i) * at(inverse, j, j));
    }
    msa[j] = own / (own + ownPartial);
    simple += own;
    partial += ownPartial;
    unexplained += 1 / at(inverse, j, j);
  }
  const statistic = -(n - 1 - (2 * k + 5) / 6) * logDeterminant(factor);
  const df = (k * (k - 1)) / 2;
  return {
    kmo: simple / (simple + partial),
    msa,
    bartlett: { statistic, df, p: chiSquaredUpperTail(statistic, df) },
    eigenvalues: symmetricEigen(correlation).values.toReversed(),
    guttmanLambda6: 1 - unexplained / total,
  };
}
