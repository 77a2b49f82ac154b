import { type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { mean } from '../numeric/sums.ts';

export type ItemMoments = {
  readonly n: number;
  readonly means: Float64Array;
  /** Divisor n − 1. */
  readonly covariance: Matrix;
};

/** Means and covariances of items, each a column over the same people, by deviations from the means. */
export function itemMoments(items: readonly Float64Array[]): ItemMoments {
  const k = items.length;
  const n = items[0]?.length ?? 0;
  const means = Float64Array.from(items, (values) => mean(values));
  const covariance = matrixOf(k, k);
  for (let j = 0; j < k; j += 1) {
    for (let i = 0; i <= j; i += 1) {
      const value =
        productSum(items[i] as Float64Array, means[i] as number, items[j] as Float64Array, means[j] as number) /
        (n - 1);
      covariance.data[j * k + i] = value;
      covariance.data[i * k + j] = value;
    }
  }
  return { n, means, covariance };
}

const block = 4_096;

/** Σ (x − x̄)(y − ȳ), summed in blocks so that rounding does not grow with the number of people. */
function productSum(x: Float64Array, centreX: number, y: Float64Array, centreY: number): number {
  let total = 0;
  for (let start = 0; start < x.length; start += block) {
    const end = Math.min(start + block, x.length);
    let part = 0;
    for (let i = start; i < end; i += 1) part += ((x[i] as number) - centreX) * ((y[i] as number) - centreY);
    total += part;
  }
  return total;
}

/** Correlations from covariances; the variances must be above 0. */
export function correlationOf(covariance: Matrix): Matrix {
  const k = covariance.rows;
  const roots = Float64Array.from({ length: k }, (_none, i) => Math.sqrt(covariance.data[i * k + i] as number));
  const result = matrixOf(k, k);
  for (let j = 0; j < k; j += 1) {
    for (let i = 0; i < k; i += 1) {
      result.data[j * k + i] =
        i === j ? 1 : (covariance.data[j * k + i] as number) / (roots[i] as number) / (roots[j] as number);
    }
  }
  return result;
}

/** The matrix without one row and the column of the same place. */
export function withoutItem(matrix: Matrix, out: number): Matrix {
  const k = matrix.rows;
  const result = matrixOf(k - 1, k - 1);
  let next = 0;
  for (let j = 0; j < k; j += 1) {
    for (let i = 0; i < k; i += 1) {
      if (i === out || j === out) continue;
      result.data[next] = matrix.data[j * k + i] as number;
      next += 1;
    }
  }
  return result;
}
