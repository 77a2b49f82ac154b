import { at, type Matrix, matrixOf } from '../linear-algebra/matrix.ts';

/** A design in an order of rows, row after row, each column centred and brought to unit size. */
export type Covariates = {
  readonly n: number;
  readonly p: number;
  /** Element (place, column) is `values[place * p + column]`. */
  readonly values: Float64Array;
  readonly centre: Float64Array;
  readonly size: Float64Array;
};

/**
 * Hazards do not change by centring, and scaling spares the sums of squares their loss of digits. The columns of the design
 * other than the intercept are taken.
 * @param order row of the design at each place
 */
export function standardise(design: Matrix, order: Int32Array): Covariates {
  const n = order.length;
  const p = design.columns - 1;
  const values = new Float64Array(n * p);
  const centre = new Float64Array(p);
  const size = new Float64Array(p).fill(1);
  for (let j = 0; j < p; j += 1) {
    let total = 0;
    for (let i = 0; i < n; i += 1) total += at(design, i, j + 1);
    const mean = total / n;
    let spread = 0;
    for (let i = 0; i < n; i += 1) spread += Math.abs(at(design, i, j + 1) - mean);
    centre[j] = mean;
    if (spread > 0) size[j] = spread / n;
    for (let i = 0; i < n; i += 1) {
      values[i * p + j] = (at(design, order[i] as number, j + 1) - mean) / (size[j] as number);
    }
  }
  return { n, p, values, centre, size };
}

/** Coefficients per unit of the columns as they were. */
export function unscaledCoefficients(beta: Float64Array, { size }: Covariates): Float64Array {
  return beta.map((value, j) => value / (size[j] as number));
}

/** A covariance of the scaled coefficients, or of their estimable part, in the columns' own units. */
export function unscaledCovariance(covariance: Matrix, { size }: Covariates, estimable: readonly number[]): Matrix {
  const k = estimable.length;
  const result = matrixOf(k, k);
  for (let i = 0; i < k; i += 1) {
    for (let j = 0; j < k; j += 1) {
      const scale = (size[estimable[i] as number] as number) * (size[estimable[j] as number] as number);
      result.data[j * k + i] = at(covariance, i, j) / scale;
    }
  }
  return result;
}

/** x·β of every place. */
export function linearPredictor({ n, p, values }: Covariates, beta: Float64Array): Float64Array {
  const eta = new Float64Array(n);
  for (let i = 0; i < n; i += 1) {
    let total = 0;
    for (let j = 0; j < p; j += 1) total += (values[i * p + j] as number) * (beta[j] as number);
    eta[i] = total;
  }
  return eta;
}
