import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { type DataTable, numericColumn } from '../data/table.ts';

/** Resamples of rows, met one after another in a fixed order. */
export type RowResamples = {
  readonly count: number;
  /** Gives each resample's rows (positions from 0 among the rows in use); the array is used again for the next. */
  readonly visit: (each: (rows: Int32Array, resample: number) => void) => void;
};

/** Drawn with replacement, as many rows as there are (Efron 1979, Annals of Statistics 7:1). */
export function drawnResamples(n: number, count: number, stream: () => RandomStream): RowResamples {
  return {
    count,
    visit: (each) => {
      const source = stream();
      const rows = new Int32Array(n);
      for (let resample = 0; resample < count; resample += 1) {
        for (let i = 0; i < n; i += 1) rows[i] = source.nextBelow(n);
        each(rows, resample);
      }
    },
  };
}

export function seededResamples(n: number, count: number, seed: number, label: string): RowResamples {
  return drawnResamples(n, count, () => randomStream(seed, label));
}

/** How resamples lie in a table, for a script that reads it too. */
export type ResampleLayout = {
  readonly oneA: 'line' | 'column';
  /** The first column only numbers the lines. */
  readonly numbered: boolean;
  /** The numbers count all rows of the data, not those in use. */
  readonly ofAllRows: boolean;
};

export type GivenResamples = RowResamples & { readonly layout: ResampleLayout };

/** `indices[resample * size + place]`, from 1. */
type GivenIndices = { readonly count: number; readonly size: number; readonly indices: Float64Array } & Omit<
  ResampleLayout,
  'ofAllRows'
>;

/**
 * Resamples from a table of row numbers, counted from 1: one resample a row, or else one a column. They count among the rows
 * in use where a resample is as long as those, else among all rows of the data; of the latter the rows left out are passed over.
 * A first column that numbers the lines 1, 2, 3 … is passed over where it makes one column too many.
 * @param used rows of the data in use, rising
 * @param allRows rows of the data
 * @throws ExpectedError BAD_SPEC where no layout fits; BAD_COLUMN for what is no row number.
 */
export function givenResamples(table: DataTable, used: Int32Array, allRows: number): GivenResamples {
  const names = table.names ?? [...table.columns.keys()];
  const columns = names.map((name) => numericColumn(table, name).values);
  const { count, size, indices, oneA, numbered } = layOut(columns, names, table.rows, used.length, allRows);
  const position = positions(size === used.length ? null : used, size);
  const rows = new Int32Array(size);
  for (const index of indices) {
    if (Number.isInteger(index) && index >= 1 && index <= size) continue;
    throw new ExpectedError(
      'BAD_COLUMN',
      `The resamples hold ${Number.isNaN(index) ? 'an empty cell' : `“${index}”`}, which is no row number from 1 to ${size}.`,
      'Nothing was computed. Give whole row numbers, counted from 1.',
    );
  }
  return {
    count,
    layout: { oneA, numbered, ofAllRows: size !== used.length },
    visit: (each) => {
      for (let resample = 0; resample < count; resample += 1) {
        let filled = 0;
        for (let place = 0; place < size; place += 1) {
          const row = position[(indices[resample * size + place] as number) - 1] as number;
          if (row < 0) continue;
          rows[filled] = row;
          filled += 1;
        }
        each(rows.subarray(0, filled), resample);
      }
    },
  };
}

function positions(used: Int32Array | null, size: number): Int32Array {
  if (used === null) return Int32Array.from({ length: size }, (_none, row) => row);
  const result = new Int32Array(size).fill(-1);
  used.forEach((row, place) => {
    result[row] = place;
  });
  return result;
}

function layOut(
  columns: readonly Float64Array[],
  names: readonly string[],
  lines: number,
  n: number,
  allRows: number,
): GivenIndices {
  const numbered = columns[0]?.every((value, line) => value === line + 1) === true && lines > 1;
  for (const size of n === allRows ? [n] : [n, allRows]) {
    if (columns.length === size) return byLine(columns, lines, size, false);
    if (columns.length === size + 1 && numbered) return byLine(columns.slice(1), lines, size, true);
    if (lines === size) {
      const isNames = numbered && /^(|"|x|id|row|rows|unnamed.*|column ?1)$/i.test(names[0] ?? '');
      return byColumn(isNames ? columns.slice(1) : columns, size, isNames);
    }
  }
  const wanted = n === allRows ? `${n}` : `${n} (rows in use) or ${allRows} (all rows)`;
  throw new ExpectedError(
    'BAD_SPEC',
    `The resamples are ${lines} lines of ${columns.length} columns, but a resample of these data holds ${wanted} row numbers.`,
    'Nothing was computed. Give one resample a line, or one a column, under a header.',
  );
}

function byLine(columns: readonly Float64Array[], lines: number, size: number, numbered: boolean): GivenIndices {
  const indices = new Float64Array(lines * size);
  columns.forEach((values, place) => {
    for (let line = 0; line < lines; line += 1) indices[line * size + place] = values[line] as number;
  });
  return { count: lines, size, indices, oneA: 'line', numbered };
}

function byColumn(columns: readonly Float64Array[], size: number, numbered: boolean): GivenIndices {
  const indices = new Float64Array(columns.length * size);
  columns.forEach((values, resample) => {
    indices.set(values, resample * size);
  });
  return { count: columns.length, size, indices, oneA: 'column', numbered };
}
