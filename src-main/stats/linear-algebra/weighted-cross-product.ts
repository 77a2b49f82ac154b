import { type Matrix, matrixOf } from './matrix.ts';

const blockRows = 512;

/**
 * XᵀWX and Xᵀs of some columns of X, block of rows by block, so that the columns of a block stay in the processor's cache, and
 * four columns at a time, so that additions need not wait for one another.
 * @param columns which columns of X, in the order of the results
 * @param weights one a row
 * @param s one a row
 */
export function weightedCrossProduct(
  x: Matrix,
  columns: readonly number[],
  weights: Float64Array,
  s: Float64Array,
): { readonly information: Matrix; readonly score: Float64Array } {
  const p = columns.length;
  const n = x.rows;
  const starts = Int32Array.from(columns, (column) => column * n);
  const information = matrixOf(p, p);
  const score = new Float64Array(p);
  const weighted = new Float64Array(blockRows);
  for (let from = 0; from < n; from += blockRows) {
    const length = Math.min(blockRows, n - from);
    for (let j = 0; j < p; j += 1) {
      const start = (starts[j] as number) + from;
      for (let i = 0; i < length; i += 1) weighted[i] = (x.data[start + i] as number) * (weights[from + i] as number);
      addProducts(x.data, starts, from, weighted, length, information.data, j, p);
      score[j] = (score[j] as number) + dotFrom(x.data, start, s, from, length);
    }
  }
  for (let j = 0; j < p; j += 1) {
    for (let k = 0; k < j; k += 1) information.data[k * p + j] = information.data[j * p + k] as number;
  }
  return { information, score };
}

/** Adds the products of `vector` with the columns 0 … j to column j of the result. */
function addProducts(
  data: Float64Array,
  starts: Int32Array,
  from: number,
  vector: Float64Array,
  length: number,
  result: Float64Array,
  j: number,
  p: number,
): void {
  let k = 0;
  for (; k + 3 <= j; k += 4) {
    const a = (starts[k] as number) + from;
    const b = (starts[k + 1] as number) + from;
    const c = (starts[k + 2] as number) + from;
    const d = (starts[k + 3] as number) + from;
    let sumA = 0;
    let sumB = 0;
    let sumC = 0;
    let sumD = 0;
    for (let i = 0; i < length; i += 1) {
      const value = vector[i] as number;
      sumA += (data[a + i] as number) * value;
      sumB += (data[b + i] as number) * value;
      sumC += (data[c + i] as number) * value;
      sumD += (data[d + i] as number) * value;
    }
    const place = j * p + k;
    result[place] = (result[place] as number) + sumA;
    result[place + 1] = (result[place + 1] as number) + sumB;
    result[place + 2] = (result[place + 2] as number) + sumC;
    result[place + 3] = (result[place + 3] as number) + sumD;
  }
  for (; k <= j; k += 1) {
    const place = j * p + k;
    result[place] = (result[place] as number) + dotFrom(data, (starts[k] as number) + from, vector, 0, length);
  }
}

function dotFrom(a: Float64Array, aFrom: number, b: Float64Array, bFrom: number, length: number): number {
  let even = 0;
  let odd = 0;
  const pairs = length - (length % 2);
  for (let i = 0; i < pairs; i += 2) {
    even += (a[aFrom + i] as number) * (b[bFrom + i] as number);
    odd += (a[aFrom + i + 1] as number) * (b[bFrom + i + 1] as number);
  }
  if (pairs < length) even += (a[aFrom + pairs] as number) * (b[bFrom + pairs] as number);
  return even + odd;
}
