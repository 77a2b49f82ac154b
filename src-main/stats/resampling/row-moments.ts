import { type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { mean, sumOfSquares } from '../numeric/sums.ts';
import type { RowResamples } from './row-resamples.ts';

/**
 * Columns ready for moments of many subsets of their rows: centred at their means and divided by their standard deviations
 * (divisor n), because sums of products of such columns keep their digits. All a regression needs of a resample is then one
 * matrix of moments.
 */
export type RowMoments = {
  readonly n: number;
  readonly width: number;
  /** Row after row, so that a pass over rows reads memory in order. */
  readonly cells: Float64Array;
  readonly means: Float64Array;
  readonly deviations: Float64Array;
};

export function rowMoments(columns: readonly Float64Array[]): RowMoments {
  const n = columns[0]?.length ?? 0;
  const width = columns.length;
  const cells = new Float64Array(n * width);
  const means = new Float64Array(width);
  const deviations = new Float64Array(width);
  columns.forEach((values, column) => {
    const centre = mean(values);
    const deviation = Math.sqrt(sumOfSquares(values, centre) / n);
    means[column] = centre;
    deviations[column] = deviation;
    for (let row = 0; row < n; row += 1) cells[row * width + column] = ((values[row] as number) - centre) / deviation;
  });
  return { n, width, cells, means, deviations };
}

/** Covariance matrix (divisor: rows in the resample) of each resample, in the units of `rowMoments`; the matrix is used again. */
export function visitMoments(
  source: RowMoments,
  resamples: RowResamples,
  each: (covariance: Matrix, resample: number) => void,
): void {
  const { n, width, cells } = source;
  const counts = new Int32Array(n);
  const sums = new Float64Array(width);
  const products = new Float64Array(width * width);
  const covariance = matrixOf(width, width);
  resamples.visit((rows, resample) => {
    counts.fill(0);
    for (let i = 0; i < rows.length; i += 1) counts[rows[i] as number] = (counts[rows[i] as number] as number) + 1;
    sums.fill(0);
    products.fill(0);
    for (let row = 0; row < n; row += 1) {
      const count = counts[row] as number;
      if (count === 0) continue;
      const start = row * width;
      for (let a = 0; a < width; a += 1) {
        const weighted = count * (cells[start + a] as number);
        sums[a] = (sums[a] as number) + weighted;
        for (let b = 0; b <= a; b += 1) {
          products[a * width + b] = (products[a * width + b] as number) + weighted * (cells[start + b] as number);
        }
      }
    }
    centred(covariance, sums, products, rows.length);
    each(covariance, resample);
  });
}

/** Covariance matrix without each row in turn (the jackknife's), by taking the row's products off the whole. */
export function visitMomentsWithoutRow(source: RowMoments, each: (covariance: Matrix, row: number) => void): void {
  const { n, width, cells } = source;
  const sums = new Float64Array(width);
  const products = new Float64Array(width * width);
  for (let row = 0; row < n; row += 1) addRow(sums, products, cells, row * width, 1);
  const covariance = matrixOf(width, width);
  const someSums = new Float64Array(width);
  const someProducts = new Float64Array(width * width);
  for (let row = 0; row < n; row += 1) {
    someSums.set(sums);
    someProducts.set(products);
    addRow(someSums, someProducts, cells, row * width, -1);
    centred(covariance, someSums, someProducts, n - 1);
    each(covariance, row);
  }
}

function addRow(sums: Float64Array, products: Float64Array, cells: Float64Array, start: number, sign: 1 | -1): void {
  const width = sums.length;
  for (let a = 0; a < width; a += 1) {
    const value = sign * (cells[start + a] as number);
    sums[a] = (sums[a] as number) + value;
    for (let b = 0; b <= a; b += 1) {
      products[a * width + b] = (products[a * width + b] as number) + value * (cells[start + b] as number);
    }
  }
}

function centred(covariance: Matrix, sums: Float64Array, products: Float64Array, count: number): void {
  const width = sums.length;
  for (let a = 0; a < width; a += 1) {
    for (let b = 0; b <= a; b += 1) {
      const value = ((products[a * width + b] as number) - ((sums[a] as number) * (sums[b] as number)) / count) / count;
      covariance.data[a * width + b] = value;
      covariance.data[b * width + a] = value;
    }
  }
}

const leastPivot = 1e-11;

/**
 * Lower Cholesky factor of a covariance matrix; null where a column hardly varies beyond those before it. With L, the regression
 * of variable j on the first r variables has coefficients solving L[r,r]ᵀ·b = L[j, 1…r].
 */
export function momentFactor(covariance: Matrix, factor: Matrix): boolean {
  const n = covariance.rows;
  const from = covariance.data;
  const l = factor.data;
  for (let j = 0; j < n; j += 1) {
    const variance = from[j * n + j] as number;
    let pivot = variance;
    for (let k = 0; k < j; k += 1) pivot -= (l[k * n + j] as number) ** 2;
    // The last variable is only ever an outcome, and may be explained entirely.
    if (j < n - 1 ? !(pivot > leastPivot * variance) || !(variance > leastPivot) : Number.isNaN(pivot)) return false;
    const root = Math.sqrt(Math.max(pivot, 0));
    l[j * n + j] = root;
    for (let i = j + 1; i < n; i += 1) {
      let value = from[j * n + i] as number;
      for (let k = 0; k < j; k += 1) value -= (l[k * n + i] as number) * (l[k * n + j] as number);
      l[j * n + i] = value / root;
    }
  }
  return true;
}

/** Coefficients of variable `outcome` on the first `regressors` variables, from `momentFactor`. */
export function regressionFromFactor(
  factor: Matrix,
  outcome: number,
  regressors: number,
  out: Float64Array = new Float64Array(regressors),
): Float64Array {
  const n = factor.rows;
  const l = factor.data;
  for (let j = regressors - 1; j >= 0; j -= 1) {
    let value = l[j * n + outcome] as number;
    for (let i = j + 1; i < regressors; i += 1) value -= (l[j * n + i] as number) * (out[i] as number);
    out[j] = value / (l[j * n + j] as number);
  }
  return out;
}
