import { type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import type { DevianceState } from './deviance-state.ts';
import type { FactorBlock, MixedProducts } from './mixed-products.ts';

/** 2·Σ over groups of (ZᵀZΛA⁻¹)'s diagonal blocks, where A = ΛᵀZᵀZΛ + I. */
export function traceGradient(
  { factors: blocks, within, across, shape }: MixedProducts,
  state: DevianceState,
  inverse: Float64Array,
): Matrix[] {
  const result = blocks.map(({ width }) => matrixOf(width, width));
  const { matrixStarts, matrixPlaces } = shape;
  blocks.forEach(({ count, width, offset }, f) => {
    const block = new Float64Array(width * width);
    const lambda = (state.factors[f] as Matrix).data;
    const out = (result[f] as Matrix).data;
    for (let group = 0; group < count; group += 1) {
      for (let b = 0; b < width; b += 1) {
        const from = (matrixStarts[offset + group * width + b + 1] as number) - b - 1;
        for (let a = 0; a <= b; a += 1) {
          const value = inverse[matrixPlaces[from + a] as number] as number;
          block[b * width + a] = value;
          block[a * width + b] = value;
        }
      }
      addTraceBlock(within[f] as Float64Array, group * width * width, width, width, false, lambda, block, false, out);
    }
  });
  for (const { first, second, secondGroups, products, places } of across) {
    const rows = (blocks[first] as FactorBlock).width;
    const columns = (blocks[second] as FactorBlock).width;
    const block = new Float64Array(rows * columns);
    for (let pair = 0; pair < secondGroups.length; pair += 1) {
      for (let b = 0; b < columns; b += 1) {
        const from = places[pair * columns + b] as number;
        for (let a = 0; a < rows; a += 1) block[b * rows + a] = inverse[matrixPlaces[from + a] as number] as number;
      }
      const at = pair * rows * columns;
      const left = (state.factors[first] as Matrix).data;
      const right = (state.factors[second] as Matrix).data;
      addTraceBlock(products, at, rows, columns, false, right, block, true, (result[first] as Matrix).data);
      addTraceBlock(products, at, columns, rows, true, left, block, false, (result[second] as Matrix).data);
    }
  }
  return result;
}

/**
 * out += 2·M·Λ·B for a block M (rows × columns, or the transpose of what is stored), a lower triangle Λ (columns × columns) and a
 * block B (columns × rows, or transposed).
 */
function addTraceBlock(
  m: Float64Array,
  at: number,
  rows: number,
  columns: number,
  transposedM: boolean,
  lambda: Float64Array,
  block: Float64Array,
  transposedBlock: boolean,
  out: Float64Array,
): void {
  for (let k = 0; k < columns; k += 1) {
    for (let a = 0; a < rows; a += 1) {
      let product = 0;
      for (let i = k; i < columns; i += 1) {
        const element = transposedM ? (m[at + a * columns + i] as number) : (m[at + i * rows + a] as number);
        product += element * (lambda[k * columns + i] as number);
      }
      if (product === 0) continue;
      for (let b = 0; b < rows; b += 1) {
        const element = transposedBlock ? (block[k * rows + b] as number) : (block[b * columns + k] as number);
        out[b * rows + a] = (out[b * rows + a] as number) + 2 * product * element;
      }
    }
  }
}
