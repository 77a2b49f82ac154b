import type { Matrix } from '../linear-algebra/matrix.ts';
import type { FactorBlock, MixedProducts } from './mixed-products.ts';

/** out = Λᵀ·v, group by group. */
export function multiplyTransposed(
  blocks: readonly FactorBlock[],
  factors: readonly Matrix[],
  v: Float64Array,
  out: Float64Array,
): void {
  blocks.forEach(({ count, width, offset }, f) => {
    const { data } = factors[f] as Matrix;
    for (let group = 0; group < count; group += 1) {
      const from = offset + group * width;
      for (let j = 0; j < width; j += 1) {
        let total = 0;
        for (let i = j; i < width; i += 1) total += (data[j * width + i] as number) * (v[from + i] as number);
        out[from + j] = total;
      }
    }
  });
}

/** out = Λ·v, group by group. */
export function multiplyFactors(
  blocks: readonly FactorBlock[],
  factors: readonly Matrix[],
  v: Float64Array,
  out: Float64Array,
): void {
  blocks.forEach(({ count, width, offset }, f) => {
    const { data } = factors[f] as Matrix;
    for (let group = 0; group < count; group += 1) {
      const from = offset + group * width;
      for (let i = 0; i < width; i += 1) {
        let total = 0;
        for (let j = 0; j <= i; j += 1) total += (data[j * width + i] as number) * (v[from + j] as number);
        out[from + i] = total;
      }
    }
  });
}

/** out −= ZᵀZ·v. */
export function subtractProduct(
  { factors: blocks, within, across }: MixedProducts,
  v: Float64Array,
  out: Float64Array,
): void {
  blocks.forEach(({ count, width, offset }, f) => {
    const products = within[f] as Float64Array;
    for (let group = 0; group < count; group += 1) {
      const from = offset + group * width;
      const at = group * width * width;
      for (let b = 0; b < width; b += 1) {
        const factor = v[from + b] as number;
        for (let a = 0; a < width; a += 1)
          out[from + a] = (out[from + a] as number) - factor * (products[at + b * width + a] as number);
      }
    }
  });
  for (const { first, second, firstGroups, secondGroups, products } of across) {
    const left = blocks[first] as FactorBlock;
    const right = blocks[second] as FactorBlock;
    for (let pair = 0; pair < firstGroups.length; pair += 1) {
      const rows = left.offset + (firstGroups[pair] as number) * left.width;
      const columns = right.offset + (secondGroups[pair] as number) * right.width;
      for (let b = 0; b < right.width; b += 1) {
        const factor = v[columns + b] as number;
        let total = 0;
        for (let a = 0; a < left.width; a += 1) {
          const product = products[(pair * right.width + b) * left.width + a] as number;
          out[rows + a] = (out[rows + a] as number) - factor * product;
          total += product * (v[rows + a] as number);
        }
        out[columns + b] = (out[columns + b] as number) - total;
      }
    }
  }
}

/** The upper triangle of ΛᵀZᵀZΛ + I. */
export function penalisedMatrix(
  { factors: blocks, within, across, shape }: MixedProducts,
  factors: readonly Matrix[],
): Float64Array {
  const values = new Float64Array(shape.matrixRows.length);
  const starts = shape.matrixStarts;
  blocks.forEach(({ count, width, offset }, f) => {
    const lambda = (factors[f] as Matrix).data;
    const products = within[f] as Float64Array;
    const turned = new Float64Array(width * width);
    for (let group = 0; group < count; group += 1) {
      sandwich(products, group * width * width, width, lambda, width, lambda, turned);
      for (let b = 0; b < width; b += 1) {
        const from = (starts[offset + group * width + b + 1] as number) - b - 1;
        for (let a = 0; a <= b; a += 1) values[from + a] = turned[b * width + a] as number;
        values[from + b] = (values[from + b] as number) + 1;
      }
    }
  });
  for (const { first, second, secondGroups, products, places } of across) {
    const rows = (blocks[first] as FactorBlock).width;
    const columns = (blocks[second] as FactorBlock).width;
    const turned = new Float64Array(rows * columns);
    for (let pair = 0; pair < secondGroups.length; pair += 1) {
      const left = (factors[first] as Matrix).data;
      const right = (factors[second] as Matrix).data;
      sandwich(products, pair * rows * columns, rows, left, columns, right, turned);
      for (let b = 0; b < columns; b += 1) {
        const from = places[pair * columns + b] as number;
        for (let a = 0; a < rows; a += 1) values[from + a] = turned[b * rows + a] as number;
      }
    }
  }
  return values;
}

/** out = LᵀMR for lower triangles L (rows) and R (columns) and a block M from `at`. */
function sandwich(
  m: Float64Array,
  at: number,
  rows: number,
  left: Float64Array,
  columns: number,
  right: Float64Array,
  out: Float64Array,
): void {
  for (let b = 0; b < columns; b += 1) {
    for (let a = 0; a < rows; a += 1) {
      let total = 0;
      for (let j = b; j < columns; j += 1) {
        const factor = right[b * columns + j] as number;
        if (factor === 0) continue;
        for (let i = a; i < rows; i += 1) {
          total += (left[a * rows + i] as number) * (m[at + j * rows + i] as number) * factor;
        }
      }
      out[b * rows + a] = total;
    }
  }
}
