import { at, type Matrix, matrixOf } from '../linear-algebra/matrix.ts';

/** Counts by row and column level. */
export type CrossTable = {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly counts: Matrix;
};

/** Cells of a 2 × 2 table: a b over c d. */
export type FourCells = { readonly a: number; readonly b: number; readonly c: number; readonly d: number };

export function rowTotals({ rows, columns, data }: Matrix): Float64Array {
  const totals = new Float64Array(rows);
  for (let j = 0; j < columns; j += 1) {
    for (let i = 0; i < rows; i += 1) totals[i] = (totals[i] as number) + (data[j * rows + i] as number);
  }
  return totals;
}

export function columnTotals({ rows, columns, data }: Matrix): Float64Array {
  const totals = new Float64Array(columns);
  for (let j = 0; j < columns; j += 1) {
    for (let i = 0; i < rows; i += 1) totals[j] = (totals[j] as number) + (data[j * rows + i] as number);
  }
  return totals;
}

export function grandTotal({ data }: Matrix): number {
  let total = 0;
  for (const count of data) total += count;
  return total;
}

/** Null unless the table is 2 × 2. */
export function fourCells(counts: Matrix): FourCells | null {
  if (counts.rows !== 2 || counts.columns !== 2) return null;
  return { a: at(counts, 0, 0), b: at(counts, 0, 1), c: at(counts, 1, 0), d: at(counts, 1, 1) };
}

/** Rows and columns in an order of choice. */
export function rearranged(table: CrossTable, rows: readonly number[], columns: readonly number[]): CrossTable {
  const counts = matrixOf(rows.length, columns.length);
  columns.forEach((column, j) => {
    rows.forEach((row, i) => {
      counts.data[j * rows.length + i] = at(table.counts, row, column);
    });
  });
  return {
    rows: rows.map((row) => table.rows[row] as string),
    columns: columns.map((column) => table.columns[column] as string),
    counts,
  };
}

/**
 * The table of two ratings of the same things: rows and columns have the same levels, in the order of whichever names them all.
 * Null where neither does, or there is one level only.
 */
export function squareTable(table: CrossTable): CrossTable | null {
  const { rows, columns } = table;
  const levels = columns.every((level) => rows.includes(level))
    ? rows
    : rows.every((level) => columns.includes(level))
      ? columns
      : null;
  if (!levels || levels.length < 2) return null;
  const counts = matrixOf(levels.length, levels.length);
  levels.forEach((column, j) => {
    levels.forEach((row, i) => {
      const r = rows.indexOf(row);
      const c = columns.indexOf(column);
      if (r >= 0 && c >= 0) counts.data[j * levels.length + i] = at(table.counts, r, c);
    });
  });
  return { rows: levels, columns: levels, counts };
}
