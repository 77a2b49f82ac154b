import { columnOf, type Matrix, matrixOf } from './matrix.ts';

/**
 * A·P = Q·R by Householder reflections. Columns that add nothing beyond rounding are moved to the end, the others keep their
 * order, so that of a set of collinear columns the later ones are dropped, as in R's `lm` (LINPACK's dqrdc2).
 */
export type QrDecomposition = {
  readonly rows: number;
  readonly columns: number;
  readonly rank: number;
  /** Column of A that stands at each place; the first `rank` are independent. */
  readonly pivot: Int32Array;
  /** R in and above the diagonal; the reflections below it, their first element in `heads`. */
  readonly factors: Matrix;
  readonly heads: Float64Array;
  /** The least share that any kept column had left after the columns before it: near 0, the fit is ill-conditioned. */
  readonly leastShare: number;
};

/**
 * Share of a column's length that must be left for it to count. R's `lm` asks for 1e-7, which drops a column of NIST's Filip
 * set that double precision can still fit; exact collinearity leaves about 1e-15.
 */
export const rankTolerance = 1e-11;

/** @param a overwritten only when `inPlace`; may be wider than long. */
export function qrDecompose(a: Matrix, tolerance = rankTolerance, inPlace = false): QrDecomposition {
  const { rows, columns } = a;
  const factors = inPlace ? a : matrixOf(rows, columns, Float64Array.from(a.data));
  const pivot = Int32Array.from({ length: columns }, (_none, j) => j);
  const heads = new Float64Array(columns);
  const lengths = Float64Array.from({ length: columns }, (_none, j) => norm(columnOf(factors, j), 0));
  let limit = columns;
  let done = 0;
  let leastShare = 1;
  while (done < Math.min(rows, limit)) {
    const length = norm(columnOf(factors, done), done);
    const share = length / (lengths[done] as number);
    if (!(share > tolerance)) {
      moveToEnd(factors, pivot, lengths, done);
      limit -= 1;
      continue;
    }
    leastShare = Math.min(leastShare, share);
    reflect(factors, heads, done, length, columns);
    done += 1;
  }
  return { rows, columns, rank: done, pivot, factors, heads, leastShare };
}

function norm(column: Float64Array, from: number): number {
  let largest = 0;
  for (let i = from; i < column.length; i += 1) largest = Math.max(largest, Math.abs(column[i] as number));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let total = 0;
  for (let i = from; i < column.length; i += 1) {
    const value = (column[i] as number) / largest;
    total += value * value;
  }
  return largest * Math.sqrt(total);
}

function moveToEnd(factors: Matrix, pivot: Int32Array, lengths: Float64Array, from: number): void {
  const { rows, columns, data } = factors;
  const column = Float64Array.from(columnOf(factors, from));
  data.copyWithin(from * rows, (from + 1) * rows, columns * rows);
  data.set(column, (columns - 1) * rows);
  const moved = pivot[from] as number;
  pivot.copyWithin(from, from + 1);
  pivot[columns - 1] = moved;
  const length = lengths[from] as number;
  lengths.copyWithin(from, from + 1);
  lengths[columns - 1] = length;
}

/** Makes the reflection of column k (normalised as LINPACK does: head 1 + |x₁|/‖x‖) and applies it to the columns behind it. */
function reflect(factors: Matrix, heads: Float64Array, k: number, length: number, columns: number): void {
  const column = columnOf(factors, k);
  const signed = (column[k] as number) < 0 ? -length : length;
  for (let i = k; i < column.length; i += 1) column[i] = (column[i] as number) / signed;
  const head = 1 + (column[k] as number);
  column[k] = head;
  for (let j = k + 1; j < columns; j += 1) applyReflection(column, columnOf(factors, j), k, head);
  heads[k] = head;
  column[k] = -signed;
}

function applyReflection(reflection: Float64Array, target: Float64Array, k: number, head: number): void {
  let product = head * (target[k] as number);
  for (let i = k + 1; i < target.length; i += 1) product += (reflection[i] as number) * (target[i] as number);
  const factor = -product / head;
  target[k] = (target[k] as number) + factor * head;
  for (let i = k + 1; i < target.length; i += 1) target[i] = (target[i] as number) + factor * (reflection[i] as number);
}

/** Qᵀ·y; `y` is overwritten. */
export function applyQTransposed(qr: QrDecomposition, y: Float64Array): Float64Array {
  for (let k = 0; k < qr.rank; k += 1) applyReflection(columnOf(qr.factors, k), y, k, qr.heads[k] as number);
  return y;
}

/** Q·y; `y` is overwritten. */
export function applyQ(qr: QrDecomposition, y: Float64Array): Float64Array {
  for (let k = qr.rank - 1; k >= 0; k -= 1) applyReflection(columnOf(qr.factors, k), y, k, qr.heads[k] as number);
  return y;
}

/** Solves R·x = b for the first `rank` places. */
export function solveUpper(qr: QrDecomposition, b: ArrayLike<number>): Float64Array {
  const { rank, factors } = qr;
  const x = Float64Array.from({ length: rank }, (_none, i) => b[i] as number);
  for (let j = rank - 1; j >= 0; j -= 1) {
    const column = columnOf(factors, j);
    const value = (x[j] as number) / (column[j] as number);
    x[j] = value;
    for (let i = 0; i < j; i += 1) x[i] = (x[i] as number) - value * (column[i] as number);
  }
  return x;
}

/** (RᵀR)⁻¹ of the first `rank` places, in their pivoted order. */
export function inverseOfCrossProduct(qr: QrDecomposition): Matrix {
  const { rank } = qr;
  const inverse = matrixOf(rank, rank);
  for (let j = 0; j < rank; j += 1) {
    const unit = new Float64Array(rank);
    unit[j] = 1;
    inverse.data.set(solveUpper(qr, unit), j * rank);
  }
  const result = matrixOf(rank, rank);
  for (let i = 0; i < rank; i += 1) {
    for (let j = i; j < rank; j += 1) {
      let total = 0;
      for (let k = j; k < rank; k += 1)
        total += (inverse.data[k * rank + i] as number) * (inverse.data[k * rank + j] as number);
      result.data[j * rank + i] = total;
      result.data[i * rank + j] = total;
    }
  }
  return result;
}
