/** A dense matrix, column after column: element (row, column) is `data[column * rows + row]`. */
export type Matrix = { readonly rows: number; readonly columns: number; readonly data: Float64Array };

export function matrixOf(rows: number, columns: number, data: Float64Array = new Float64Array(rows * columns)): Matrix {
  return { rows, columns, data };
}

/** From rows written out, for small matrices. */
export function matrixFromRows(rows: readonly (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  const result = matrixOf(rows.length, columns);
  rows.forEach((row, i) => {
    row.forEach((value, j) => {
      result.data[j * rows.length + i] = value;
    });
  });
  return result;
}

export function at(matrix: Matrix, row: number, column: number): number {
  return matrix.data[column * matrix.rows + row] as number;
}

/** One column, sharing memory with the matrix. */
export function columnOf(matrix: Matrix, column: number): Float64Array {
  return matrix.data.subarray(column * matrix.rows, (column + 1) * matrix.rows);
}

export function transpose(a: Matrix): Matrix {
  const result = matrixOf(a.columns, a.rows);
  for (let j = 0; j < a.columns; j += 1) {
    for (let i = 0; i < a.rows; i += 1) result.data[i * a.columns + j] = a.data[j * a.rows + i] as number;
  }
  return result;
}

export function multiply(a: Matrix, b: Matrix): Matrix {
  if (a.columns !== b.rows) throw new RangeError('the inner sizes differ');
  const result = matrixOf(a.rows, b.columns);
  for (let j = 0; j < b.columns; j += 1) {
    const out = columnOf(result, j);
    for (let k = 0; k < a.columns; k += 1) {
      const factor = at(b, k, j);
      if (factor === 0) continue;
      const column = columnOf(a, k);
      for (let i = 0; i < out.length; i += 1) out[i] = (out[i] as number) + factor * (column[i] as number);
    }
  }
  return result;
}

export function multiplyVector(a: Matrix, x: ArrayLike<number>): Float64Array {
  const result = new Float64Array(a.rows);
  for (let j = 0; j < a.columns; j += 1) {
    const factor = x[j] as number;
    if (factor === 0) continue;
    const offset = j * a.rows;
    for (let i = 0; i < a.rows; i += 1) result[i] = (result[i] as number) + factor * (a.data[offset + i] as number);
  }
  return result;
}

/** aᵀ·b, both with the same number of rows; `weights` (one a row) multiply each product. */
export function crossProduct(a: Matrix, b: Matrix, weights?: ArrayLike<number>): Matrix {
  const result = matrixOf(a.columns, b.columns);
  const weighted = new Float64Array(weights ? b.rows : 0);
  for (let j = 0; j < b.columns; j += 1) {
    let right = columnOf(b, j);
    if (weights) {
      for (let i = 0; i < b.rows; i += 1) weighted[i] = (right[i] as number) * (weights[i] as number);
      right = weighted;
    }
    const last = a === b ? j : a.columns - 1;
    for (let k = 0; k <= last; k += 1) {
      const left = columnOf(a, k);
      let total = 0;
      for (let i = 0; i < right.length; i += 1) total += (left[i] as number) * (right[i] as number);
      result.data[j * a.columns + k] = total;
      if (a === b) result.data[k * a.columns + j] = total;
    }
  }
  return result;
}

/** xᵀ·A·y. */
export function quadraticForm(x: ArrayLike<number>, a: Matrix, y: ArrayLike<number> = x): number {
  let total = 0;
  for (let j = 0; j < a.columns; j += 1) {
    const factor = y[j] as number;
    if (factor === 0) continue;
    let column = 0;
    for (let i = 0; i < a.rows; i += 1) column += (x[i] as number) * (a.data[j * a.rows + i] as number);
    total += factor * column;
  }
  return total;
}

export function scale(a: Matrix, factor: number): Matrix {
  return { ...a, data: a.data.map((value) => value * factor) };
}

export function addMatrices(a: Matrix, b: Matrix, factor = 1): Matrix {
  return { ...a, data: a.data.map((value, index) => value + factor * (b.data[index] as number)) };
}

/** The rows and columns given, in that order. */
export function subMatrix(a: Matrix, rows: readonly number[], columns: readonly number[]): Matrix {
  const result = matrixOf(rows.length, columns.length);
  columns.forEach((column, j) => {
    rows.forEach((row, i) => {
      result.data[j * rows.length + i] = at(a, row, column);
    });
  });
  return result;
}

/** For results: rows of plain numbers. */
export function rowsOf(a: Matrix): number[][] {
  return Array.from({ length: a.rows }, (_row, i) => Array.from({ length: a.columns }, (_column, j) => at(a, i, j)));
}
