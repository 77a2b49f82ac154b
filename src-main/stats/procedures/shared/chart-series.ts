import { ExpectedError } from '#shared/domain/result.ts';
import type { Baseline } from '../../control-charts/control-limits.ts';
import { asCategorical, columnNamed, completeRows, type DataTable, numericColumn } from '../../data/table.ts';

/** A chart that nobody could read, and whose points would not fit into memory. */
const mostPoints = 200_000;

/** Squares of larger numbers, and of the inverse of smaller ones, leave the range of doubles. */
const largestSize = 1e140;

export function refused(message: string, hint: string): ExpectedError {
  return new ExpectedError('REFUSED_MODEL', message, `Nothing was computed. ${hint}`);
}

export function badSpec(message: string, hint: string): ExpectedError {
  return new ExpectedError('BAD_SPEC', message, `Nothing was computed. ${hint}`);
}

export type OrderedRows = {
  /** Rows (from 0) that have every value, in the order of the chart. */
  readonly rows: Int32Array;
  readonly excluded: number;
  /** How the time of each is written; null without a column of time. */
  readonly times: readonly (string | number)[] | null;
  readonly warnings: readonly string[];
};

/** Rows in the order of the file, or of a column of time (numbers, or text in code-point order, which suits dates as 2026-01-31). */
export function orderedRows(
  table: DataTable,
  columns: readonly string[],
  time: string | undefined,
  factors: Readonly<Record<string, readonly string[]>>,
): OrderedRows {
  const rows = completeRows(table, columns);
  if (rows.length > mostPoints) {
    throw refused(
      `A control chart of ${rows.length} points cannot be drawn or read; at most ${mostPoints} are taken.`,
      'Sum or average the rows by day, week or month first.',
    );
  }
  const excluded = table.rows - rows.length;
  const warnings =
    excluded > 0
      ? [`${excluded} rows without a value were left out; the points on either side of such a gap count as neighbours.`]
      : [];
  if (time === undefined) return { rows, excluded, times: null, warnings };
  const column = columnNamed(table, time);
  const ordered = column.kind === 'numeric' && !factors[time] ? null : asCategorical(column, factors[time]);
  const place = (row: number): number =>
    ordered ? (ordered.codes[row] as number) : (numericColumn(table, time).values[row] as number);
  const sorted = Int32Array.from(rows).sort((a, b) => place(a) - place(b) || a - b);
  const twice = sorted.findIndex((row, i) => i > 0 && place(row) === place(sorted[i - 1] as number));
  const written = (row: number): string | number => (ordered ? (ordered.levels[place(row)] as string) : place(row));
  return {
    rows: sorted,
    excluded,
    times: Array.from(sorted, written),
    warnings:
      twice < 0
        ? warnings
        : [
            ...warnings,
            `“${time}” holds ${written(sorted[twice] as number)} more than once; such rows stand in the order of the file.`,
          ],
  };
}

/** @throws ExpectedError BAD_SPEC where the chart has fewer points than the baseline asks for */
export function baselineOf(given: number | readonly [number, number] | undefined, points: number): Baseline {
  const [from, to] = given === undefined ? [1, points] : typeof given === 'number' ? [1, given] : given;
  if (to > points) {
    throw badSpec(
      `The baseline goes up to point ${to}, but there are only ${points}.`,
      'Give a baseline within the points.',
    );
  }
  return { from: from - 1, to };
}

/**
 * Values from a column in the order of a chart.
 * @throws ExpectedError BAD_COLUMN at the first value below `least` (or at it, where `above`), naming the row
 */
export function chartValues(
  table: DataTable,
  name: string,
  rows: Int32Array,
  least: number,
  above = false,
): Float64Array {
  const { values } = numericColumn(table, name);
  const at = rows.findIndex((row) => (above ? !((values[row] as number) > least) : (values[row] as number) < least));
  if (at >= 0) {
    const row = rows[at] as number;
    throw new ExpectedError(
      'BAD_COLUMN',
      `“${name}” must ${above ? `be greater than ${least}` : `not be below ${least}`}, but row ${row + 1} holds ${values[row]}.`,
      'Nothing was computed. Correct the value, or leave it empty so that the row is left out and counted.',
      { column: name, row: row + 1 },
    );
  }
  const odd = rows.findIndex((row) => {
    const size = Math.abs(values[row] as number);
    return size > largestSize || (size < 1 / largestSize && size > 0);
  });
  if (odd >= 0) {
    const row = rows[odd] as number;
    throw new ExpectedError(
      'BAD_COLUMN',
      `“${name}” holds ${values[row]} in row ${row + 1}, a size that squares cannot be computed of.`,
      'Nothing was computed. Correct the value, or change the unit of the column.',
      { column: name, row: row + 1 },
    );
  }
  return Float64Array.from(rows, (row) => values[row] as number);
}
