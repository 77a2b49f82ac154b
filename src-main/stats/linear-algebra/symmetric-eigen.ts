import { EigenvalueDecomposition, Matrix as LibraryMatrix } from 'ml-matrix';
import { type Matrix, matrixOf, rowsOf } from './matrix.ts';

/** Eigenvalues of a symmetric matrix in rising order, and their vectors as columns (tridiagonal QL, as in EISPACK). */
export function symmetricEigen(a: Matrix): { readonly values: Float64Array; readonly vectors: Matrix } {
  if (a.rows === 0) return { values: new Float64Array(0), vectors: matrixOf(0, 0) };
  const result = new EigenvalueDecomposition(new LibraryMatrix(rowsOf(a)), { assumeSymmetric: true });
  const order = result.realEigenvalues.map((_value, index) => index);
  order.sort((i, j) => (result.realEigenvalues[i] as number) - (result.realEigenvalues[j] as number));
  const vectors = matrixOf(a.rows, a.rows);
  order.forEach((from, to) => {
    for (let i = 0; i < a.rows; i += 1) vectors.data[to * a.rows + i] = result.eigenvectorMatrix.get(i, from);
  });
  return { values: Float64Array.from(order, (index) => result.realEigenvalues[index] as number), vectors };
}

/** A function of a symmetric matrix through its eigenvalues: V·f(Λ)·Vᵀ. */
export function symmetricFunction(a: Matrix, f: (eigenvalue: number) => number): Matrix {
  const { values, vectors } = symmetricEigen(a);
  const n = a.rows;
  const result = matrixOf(n, n);
  for (let k = 0; k < n; k += 1) {
    const value = f(values[k] as number);
    for (let j = 0; j < n; j += 1) {
      const factor = value * (vectors.data[k * n + j] as number);
      for (let i = 0; i < n; i += 1) {
        result.data[j * n + i] = (result.data[j * n + i] as number) + factor * (vectors.data[k * n + i] as number);
      }
    }
  }
  return result;
}
