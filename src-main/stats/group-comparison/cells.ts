import type { CategoricalColumn, Column } from '../data/table.ts';

/** Rows that share every category, as one row each: their number, their mean, and what they vary within. */
export type Cells = {
  readonly variables: readonly Column[];
  readonly sizes: Float64Array;
  readonly means: Float64Array;
  readonly sumOfSquaresWithin: number;
};

const mostCells = 1_000_000;

/**
 * Collapses data whose explanatory variables are all categories: a linear model of the cell means, weighted by the cells' sizes,
 * has the same estimates, and the squares within cells go to its residual (Searle 1971, Linear Models, §4.4). Sums are
 * compensated (Neumaier 1974), so that rows do not cost digits. Null where the rows do not collapse.
 */
export function collapseToCells(variables: readonly Column[], y: Float64Array): Cells | null {
  const factors = variables.filter((column): column is CategoricalColumn => column.kind === 'categorical');
  if (factors.length < variables.length) return null;
  const possible = factors.reduce((product, { levels }) => product * levels.length, 1);
  if (possible > mostCells || possible > y.length) return null;
  const cellOf = cellCodes(factors, y.length);
  const used = new Int32Array(possible);
  for (const cell of cellOf) used[cell] = (used[cell] as number) + 1;
  const present: number[] = [];
  const place = new Int32Array(possible).fill(-1);
  for (let cell = 0; cell < possible; cell += 1) {
    if ((used[cell] as number) === 0) continue;
    place[cell] = present.length;
    present.push(cell);
  }
  for (let i = 0; i < cellOf.length; i += 1) cellOf[i] = place[cellOf[i] as number] as number;
  const sizes = Float64Array.from(present, (cell) => used[cell] as number);
  return {
    variables: factors.map((factor, f) => ({ ...factor, codes: codesOfCells(factors, f, present) })),
    sizes,
    ...meansAndSquares(cellOf, sizes, y),
  };
}

function cellCodes(factors: readonly CategoricalColumn[], n: number): Int32Array {
  const cells = new Int32Array(n);
  let step = 1;
  for (const { codes, levels } of factors) {
    for (let i = 0; i < n; i += 1) cells[i] = (cells[i] as number) + step * (codes[i] as number);
    step *= levels.length;
  }
  return cells;
}

function codesOfCells(factors: readonly CategoricalColumn[], f: number, cells: readonly number[]): Int32Array {
  const step = factors.slice(0, f).reduce((product, { levels }) => product * levels.length, 1);
  const count = factors[f]?.levels.length as number;
  return Int32Array.from(cells, (cell) => Math.floor(cell / step) % count);
}

function meansAndSquares(
  cellOf: Int32Array,
  sizes: Float64Array,
  y: Float64Array,
): { readonly means: Float64Array; readonly sumOfSquaresWithin: number } {
  const first = cellSums(cellOf, sizes.length, (i) => y[i] as number).map(
    (total, cell) => total / (sizes[cell] as number),
  );
  const rest = cellSums(cellOf, sizes.length, (i) => (y[i] as number) - (first[cellOf[i] as number] as number));
  const squares = cellSums(
    cellOf,
    sizes.length,
    (i) => ((y[i] as number) - (first[cellOf[i] as number] as number)) ** 2,
  );
  let within = 0;
  for (let cell = 0; cell < sizes.length; cell += 1) {
    within += (squares[cell] as number) - (rest[cell] as number) ** 2 / (sizes[cell] as number);
  }
  const means = first.map((value, cell) => value + (rest[cell] as number) / (sizes[cell] as number));
  return { means, sumOfSquaresWithin: Math.max(0, within) };
}

function cellSums(cellOf: Int32Array, cells: number, value: (i: number) => number): Float64Array {
  const totals = new Float64Array(cells);
  const lost = new Float64Array(cells);
  for (let i = 0; i < cellOf.length; i += 1) {
    const cell = cellOf[i] as number;
    const term = value(i);
    const total = totals[cell] as number;
    const next = total + term;
    lost[cell] =
      (lost[cell] as number) + (Math.abs(total) >= Math.abs(term) ? total - next + term : term - next + total);
    totals[cell] = next;
  }
  return totals.map((total, cell) => total + (lost[cell] as number));
}
