import type { Column } from '#main/stats/data/table.ts';

/** A column with one value for each of the rows given, from 0; a row may be given several times. */
export function takeRows(column: Column, rows: readonly number[]): Column {
  return column.kind === 'numeric'
    ? { ...column, values: Float64Array.from(rows, (row) => column.values[row] as number) }
    : { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] as number) };
}
