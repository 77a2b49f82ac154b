import { type Matrix, matrixOf } from './matrix.ts';

/** Lower triangle L with L·Lᵀ = A for a symmetric positive definite A; null where A is not positive definite. */
export function cholesky(a: Matrix): Matrix | null {
  const n = a.rows;
  const lower = matrixOf(n, n);
  const l = lower.data;
  for (let j = 0; j < n; j += 1) {
    let pivot = a.data[j * n + j] as number;
    for (let k = 0; k < j; k += 1) pivot -= (l[k * n + j] as number) ** 2;
    if (!(pivot > 0) || !Number.isFinite(pivot)) return null;
    const root = Math.sqrt(pivot);
    l[j * n + j] = root;
    for (let i = j + 1; i < n; i += 1) {
      let value = a.data[j * n + i] as number;
      for (let k = 0; k < j; k += 1) value -= (l[k * n + i] as number) * (l[k * n + j] as number);
      l[j * n + i] = value / root;
    }
  }
  return lower;
}

/** Solves L·x = b; b may be longer than L, and x is new. */
export function solveLower(lower: Matrix, b: ArrayLike<number>): Float64Array {
  const n = lower.rows;
  const x = Float64Array.from({ length: n }, (_none, i) => b[i] as number);
  for (let j = 0; j < n; j += 1) {
    const value = (x[j] as number) / (lower.data[j * n + j] as number);
    x[j] = value;
    for (let i = j + 1; i < n; i += 1) x[i] = (x[i] as number) - value * (lower.data[j * n + i] as number);
  }
  return x;
}

/** Solves Lᵀ·x = b. */
export function solveLowerTransposed(lower: Matrix, b: ArrayLike<number>): Float64Array {
  const n = lower.rows;
  const x = Float64Array.from({ length: n }, (_none, i) => b[i] as number);
  for (let j = n - 1; j >= 0; j -= 1) {
    let value = x[j] as number;
    for (let i = j + 1; i < n; i += 1) value -= (lower.data[j * n + i] as number) * (x[i] as number);
    x[j] = value / (lower.data[j * n + j] as number);
  }
  return x;
}

/** Solves A·x = b from A's Cholesky factor. */
export function solveCholesky(lower: Matrix, b: ArrayLike<number>): Float64Array {
  return solveLowerTransposed(lower, solveLower(lower, b));
}

/** A⁻¹ from A's Cholesky factor. */
export function inverseFromCholesky(lower: Matrix): Matrix {
  const n = lower.rows;
  const inverse = matrixOf(n, n);
  for (let j = 0; j < n; j += 1) {
    const unit = new Float64Array(n);
    unit[j] = 1;
    inverse.data.set(solveCholesky(lower, unit), j * n);
  }
  return inverse;
}

/** log |A| from A's Cholesky factor. */
export function logDeterminant(lower: Matrix): number {
  let total = 0;
  for (let i = 0; i < lower.rows; i += 1) total += Math.log(lower.data[i * lower.rows + i] as number);
  return 2 * total;
}
