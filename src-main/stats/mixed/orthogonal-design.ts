import { columnOf, type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { applyQ, applyQTransposed, type QrDecomposition, qrDecompose, solveUpper } from '../linear-algebra/qr.ts';

/** Fixed effects as an orthonormal basis of their columns, and the response less its projection on them. */
export type OrthogonalDesign = {
  /** n × rank. */
  readonly basis: Matrix;
  readonly response: Float64Array;
  readonly residualSquares: number;
  /** Columns of the design that have a coefficient, rising. */
  readonly estimable: readonly number[];
  /** log |XᵀX| over the estimable columns. */
  readonly logDeterminant: number;
  readonly qr: QrDecomposition;
  /** Least-squares coefficients of the estimable columns. */
  readonly coefficients: Float64Array;
};

/**
 * The profiled likelihood of a mixed model does not change when a fixed effect is added to the response, nor, but for a constant,
 * when X is replaced by X·R⁻¹: so everything is computed where XᵀX is the identity and the response has no fixed effects.
 */
export function orthogonalDesign(x: Matrix, y: Float64Array): OrthogonalDesign {
  const n = x.rows;
  const qr = qrDecompose(x);
  const basis = matrixOf(n, qr.rank);
  for (let j = 0; j < qr.rank; j += 1) {
    const column = columnOf(basis, j);
    column[j] = 1;
    applyQ(qr, column);
  }
  const effects = applyQTransposed(qr, Float64Array.from(y)).slice(0, qr.rank);
  const response = Float64Array.from(y);
  for (let j = 0; j < qr.rank; j += 1) subtract(response, columnOf(basis, j), effects[j] as number);
  // A second projection takes away what rounding left of the first.
  for (let j = 0; j < qr.rank; j += 1) {
    const column = columnOf(basis, j);
    let left = 0;
    for (let i = 0; i < n; i += 1) left += (column[i] as number) * (response[i] as number);
    subtract(response, column, left);
    effects[j] = (effects[j] as number) + left;
  }
  let residualSquares = 0;
  for (const value of response) residualSquares += value * value;
  let logDeterminant = 0;
  for (let j = 0; j < qr.rank; j += 1) logDeterminant += 2 * Math.log(Math.abs(qr.factors.data[j * n + j] as number));
  const estimable = Array.from(qr.pivot.subarray(0, qr.rank));
  return { basis, response, residualSquares, estimable, logDeterminant, qr, coefficients: solveUpper(qr, effects) };
}

function subtract(from: Float64Array, column: Float64Array, factor: number): void {
  for (let i = 0; i < from.length; i += 1) from[i] = (from[i] as number) - factor * (column[i] as number);
}

/** Coefficients of the estimable columns from those of the basis, which add to the least-squares ones. */
export function coefficientsOf(design: OrthogonalDesign, onBasis: Float64Array): Float64Array {
  const shift = solveUpper(design.qr, onBasis);
  return design.coefficients.map((value, j) => value + (shift[j] as number));
}

/** R⁻¹·C·R⁻ᵀ: a covariance of the basis's coefficients as one of the estimable columns' coefficients. */
export function covarianceOf(design: OrthogonalDesign, onBasis: Matrix): Matrix {
  const p = onBasis.rows;
  const half = matrixOf(p, p);
  for (let j = 0; j < p; j += 1) half.data.set(solveUpper(design.qr, columnOf(onBasis, j)), j * p);
  const result = matrixOf(p, p);
  for (let i = 0; i < p; i += 1) {
    const row = Float64Array.from({ length: p }, (_none, j) => half.data[j * p + i] as number);
    result.data.set(solveUpper(design.qr, row), i * p);
  }
  return result;
}
