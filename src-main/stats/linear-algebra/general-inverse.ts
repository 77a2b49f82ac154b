import { type Matrix, matrixOf } from './matrix.ts';

/** Solves A·X = B for a general square A by Gauss elimination with partial pivoting; null where A is singular. */
export function solveGeneral(a: Matrix, b: Matrix): Matrix | null {
  const n = a.rows;
  const left = Float64Array.from(a.data);
  const right = Float64Array.from(b.data);
  for (let k = 0; k < n; k += 1) {
    let best = k;
    for (let i = k + 1; i < n; i += 1) {
      if (Math.abs(left[k * n + i] as number) > Math.abs(left[k * n + best] as number)) best = i;
    }
    const pivot = left[k * n + best] as number;
    if (pivot === 0 || !Number.isFinite(pivot)) return null;
    if (best !== k) {
      swapRows(left, n, n, k, best);
      swapRows(right, n, b.columns, k, best);
    }
    for (let i = k + 1; i < n; i += 1) {
      const factor = (left[k * n + i] as number) / pivot;
      if (factor === 0) continue;
      for (let j = k; j < n; j += 1)
        left[j * n + i] = (left[j * n + i] as number) - factor * (left[j * n + k] as number);
      for (let j = 0; j < b.columns; j += 1) {
        right[j * n + i] = (right[j * n + i] as number) - factor * (right[j * n + k] as number);
      }
    }
  }
  for (let j = 0; j < b.columns; j += 1) {
    for (let i = n - 1; i >= 0; i -= 1) {
      let value = right[j * n + i] as number;
      for (let k = i + 1; k < n; k += 1) value -= (left[k * n + i] as number) * (right[j * n + k] as number);
      right[j * n + i] = value / (left[i * n + i] as number);
    }
  }
  return matrixOf(n, b.columns, right);
}

function swapRows(data: Float64Array, rows: number, columns: number, a: number, b: number): void {
  for (let j = 0; j < columns; j += 1) {
    const value = data[j * rows + a] as number;
    data[j * rows + a] = data[j * rows + b] as number;
    data[j * rows + b] = value;
  }
}
