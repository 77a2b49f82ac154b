import { columnOf } from '../linear-algebra/matrix.ts';
import type { OrthogonalDesign } from './orthogonal-design.ts';
import type { RandomStructure } from './random-structure.ts';
import { type SparseShape, sparseShape } from './sparse-cholesky.ts';

/** One grouping factor's share of the random effects: `count` groups with `width` effects each, from `offset`. */
export type FactorBlock = { readonly count: number; readonly width: number; readonly offset: number };

/** Products between the groups of two factors that share rows, `first` having more groups. */
export type CrossBlocks = {
  readonly first: number;
  readonly second: number;
  readonly firstGroups: Int32Array;
  /** Rising. */
  readonly secondGroups: Int32Array;
  /** Z₁ᵀZ₂ of each pair, column after column. */
  readonly products: Float64Array;
  /** Where each pair's columns begin among the values of the upper triangle. */
  readonly places: Int32Array;
};

/** The products that the likelihood needs, so that it never sees the rows again. Random effects stand factor by factor, group by group. */
export type MixedProducts = {
  readonly rows: number;
  /** Independent fixed effects; XᵀX is the identity and Xᵀy = 0. */
  readonly fixed: number;
  readonly size: number;
  readonly factors: readonly FactorBlock[];
  /** ZᵀZ of each group of each factor. */
  readonly within: readonly Float64Array[];
  readonly across: readonly CrossBlocks[];
  /** Zᵀ[X y], column after column. */
  readonly withFixed: Float64Array;
  readonly residualSquares: number;
  readonly shape: SparseShape;
};

/** Elements that the factor of the random effects may have: 320 megabytes. */
const mostElements = 4e7;

/**
 * One pass over the rows for each pair of columns.
 * @param columns of each factor, its terms side by side
 * @returns null where crossed factors fill more memory than `mostElements`
 */
export function mixedProducts(
  { factors }: RandomStructure,
  columns: readonly (readonly Float64Array[])[],
  { basis, response, residualSquares }: OrthogonalDesign,
): MixedProducts | null {
  let size = 0;
  const blocks = factors.map(({ levels }, f): FactorBlock => {
    const block = { count: levels.length, width: columns[f]?.length ?? 0, offset: size };
    size += block.count * block.width;
    return block;
  });
  const within = factors.map(({ codes }, f) => {
    const { count } = blocks[f] as FactorBlock;
    return productsByCode(columns[f] ?? [], columns[f] ?? [], codes, count);
  });
  const across: CrossBlocks[] = [];
  for (let second = 1; second < factors.length; second += 1) {
    for (let first = 0; first < second; first += 1) across.push(crossBlocks(factors, columns, first, second));
  }
  const shape = shapeOf(size, blocks, across);
  if (!shape) return null;
  const fixed = basis.columns;
  const withFixed = new Float64Array(size * (fixed + 1));
  factors.forEach(({ codes }, f) => {
    const { offset, width } = blocks[f] as FactorBlock;
    for (let j = 0; j <= fixed; j += 1) {
      const right = j < fixed ? columnOf(basis, j) : response;
      columns[f]?.forEach((left, a) => {
        addByCode(withFixed.subarray(j * size + offset), codes, width, a, left, right);
      });
    }
  });
  return { rows: basis.rows, fixed, size, factors: blocks, within, across, withFixed, residualSquares, shape };
}

/** out[code·stride + place] += left·right. */
function addByCode(
  out: Float64Array,
  codes: Int32Array,
  stride: number,
  place: number,
  left: Float64Array,
  right: Float64Array,
): void {
  for (let row = 0; row < codes.length; row += 1) {
    const at = (codes[row] as number) * stride + place;
    out[at] = (out[at] as number) + (left[row] as number) * (right[row] as number);
  }
}

function productsByCode(
  left: readonly Float64Array[],
  right: readonly Float64Array[],
  codes: Int32Array,
  count: number,
): Float64Array {
  const stride = left.length * right.length;
  const out = new Float64Array(count * stride);
  right.forEach((b, j) => {
    left.forEach((a, i) => {
      addByCode(out, codes, stride, j * left.length + i, a, b);
    });
  });
  return out;
}

function crossBlocks(
  factors: RandomStructure['factors'],
  columns: readonly (readonly Float64Array[])[],
  first: number,
  second: number,
): CrossBlocks {
  const a = factors[first]?.codes ?? new Int32Array(0);
  const b = factors[second]?.codes ?? new Int32Array(0);
  const order = rowsByCode(b, factors[second]?.levels.length ?? 0);
  const pairOfRow = new Int32Array(a.length);
  const lastPair = new Int32Array(factors[first]?.levels.length ?? 0).fill(-1);
  const lastSecond = new Int32Array(lastPair.length).fill(-1);
  const firstGroups: number[] = [];
  const secondGroups: number[] = [];
  for (const row of order) {
    const g = a[row] as number;
    const k = b[row] as number;
    if (lastSecond[g] !== k) {
      lastSecond[g] = k;
      lastPair[g] = firstGroups.length;
      firstGroups.push(g);
      secondGroups.push(k);
    }
    pairOfRow[row] = lastPair[g] as number;
  }
  return {
    first,
    second,
    firstGroups: Int32Array.from(firstGroups),
    secondGroups: Int32Array.from(secondGroups),
    products: productsByCode(columns[first] ?? [], columns[second] ?? [], pairOfRow, firstGroups.length),
    places: new Int32Array(firstGroups.length * (columns[second]?.length ?? 0)),
  };
}

/** Rows ordered by code. */
export function rowsByCode(codes: Int32Array, count: number): Int32Array {
  const next = new Int32Array(count + 1);
  for (const code of codes) next[code + 1] = (next[code + 1] as number) + 1;
  for (let code = 0; code < count; code += 1) next[code + 1] = (next[code + 1] as number) + (next[code] as number);
  const order = new Int32Array(codes.length);
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] as number;
    order[next[code] as number] = row;
    next[code] = (next[code] as number) + 1;
  }
  return order;
}

/** Columns of the upper triangle: for each group those of the factors before that share rows with it, then its own. */
function shapeOf(size: number, blocks: readonly FactorBlock[], across: readonly CrossBlocks[]): SparseShape | null {
  const starts = new Int32Array(size + 1);
  blocks.forEach(({ count, width, offset }, h) => {
    const above = new Int32Array(count);
    for (const { first, second, secondGroups } of across) {
      if (second !== h) continue;
      const { width: rows } = blocks[first] as FactorBlock;
      for (const k of secondGroups) above[k] = (above[k] as number) + rows;
    }
    for (let k = 0; k < count; k += 1) {
      for (let b = 0; b < width; b += 1) starts[offset + k * width + b + 1] = (above[k] as number) + b + 1;
    }
  });
  for (let j = 0; j < size; j += 1) starts[j + 1] = (starts[j + 1] as number) + (starts[j] as number);
  const rows = new Int32Array(starts[size] as number);
  const next = starts.slice(0, size);
  const put = (column: number, row: number): void => {
    rows[next[column] as number] = row;
    next[column] = (next[column] as number) + 1;
  };
  for (const { first, second, firstGroups, secondGroups, places } of across) {
    const left = blocks[first] as FactorBlock;
    const right = blocks[second] as FactorBlock;
    for (let pair = 0; pair < firstGroups.length; pair += 1) {
      for (let b = 0; b < right.width; b += 1) {
        const column = right.offset + (secondGroups[pair] as number) * right.width + b;
        const from = left.offset + (firstGroups[pair] as number) * left.width;
        places[pair * right.width + b] = next[column] as number;
        for (let a = 0; a < left.width; a += 1) put(column, from + a);
      }
    }
  }
  for (const { count, width, offset } of blocks) {
    for (let group = 0; group < count; group += 1) {
      const from = offset + group * width;
      for (let b = 0; b < width; b += 1) for (let a = 0; a <= b; a += 1) put(from + b, from + a);
    }
  }
  return sparseShape(size, starts, rows, mostElements);
}
