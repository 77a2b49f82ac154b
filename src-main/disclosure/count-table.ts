import type { DataTable } from '#main/stats/data/table.ts';
import { columnNamed, numericColumn } from '#main/stats/data/table.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { type CrossTable, nestedSeparator, noSide, positionsOf, type Side } from './cross-table.ts';
import { totalLabel } from './suppress-table.ts';

export type CountTableSpec = {
  /** One column, or two of which the second is nested in the first. */
  readonly rows: readonly string[];
  /** Empty for a one-way table. */
  readonly columns: readonly string[];
  /** The column of counts; null where every line is one person. */
  readonly count: string | null;
};

const mostCells = 20_000;
const nothingReleased = 'Nothing was released.';

function refused(code: 'BAD_INPUT' | 'TOO_LARGE', message: string, hint: string, row?: number): ExpectedError {
  return new ExpectedError(code, message, `${nothingReleased} ${hint}`, row === undefined ? {} : { row });
}

/** The label of one row of the file in a column. @throws ExpectedError where there is none, or it reads like a margin. */
function labelAt(table: DataTable, name: string, row: number): string {
  const column = columnNamed(table, name);
  const label = column.kind === 'categorical' ? column.levels[column.codes[row] as number] : undefined;
  if (label === undefined) {
    throw refused(
      'BAD_INPUT',
      `Row ${row + 1} has nothing in “${name}”.`,
      'Give the row a label, or leave it out.',
      row + 1,
    );
  }
  if (label === totalLabel) {
    throw refused(
      'BAD_INPUT',
      `Row ${row + 1} holds “${totalLabel}” in “${name}”, which is the name of a margin.`,
      'Leave the totals out: they are added up here.',
      row + 1,
    );
  }
  return label;
}

/** The lines of one side in the order in which the file first names them, and each row's line. */
function sideOf(table: DataTable, names: readonly string[]): { readonly side: Side; readonly lineOfRow: Int32Array } {
  const [outer = '', inner] = names;
  const lines = new Map<string, { readonly label: string; readonly group: number; readonly place: number }>();
  const groups = new Map<string, number>();
  const places = new Int32Array(table.rows);
  for (let row = 0; row < table.rows; row += 1) {
    const first = labelAt(table, outer, row);
    const second = inner === undefined ? null : labelAt(table, inner, row);
    if (!groups.has(first)) groups.set(first, groups.size);
    const label = second === null ? first : `${first}${nestedSeparator}${second}`;
    const key = JSON.stringify([first, second]);
    const line = lines.get(key) ?? { label, group: groups.get(first) ?? 0, place: lines.size };
    lines.set(key, line);
    places[row] = line.place;
  }
  const all = [...lines.values()];
  // Within a nested side the lines of a group stand together.
  const order = inner === undefined ? all : [...all].sort((a, b) => a.group - b.group || a.place - b.place);
  if (new Set(order.map(({ label }) => label)).size !== order.length) {
    throw refused(
      'BAD_INPUT',
      `Two different groups of “${names.join(nestedSeparator)}” come out as the same label.`,
      'Rename one.',
    );
  }
  const placeOf = new Map(order.map(({ place }, index) => [place, index]));
  return {
    side: {
      labels: order.map(({ label }) => label),
      groups: inner === undefined ? null : order.map(({ group }) => group),
      groupNames: [...groups.keys()],
    },
    lineOfRow: places.map((place) => placeOf.get(place) ?? 0),
  };
}

function countAt(values: Float64Array | null, name: string | null, row: number): number {
  const count = values === null ? 1 : (values[row] as number);
  if (Number.isSafeInteger(count) && count >= 0) return count;
  const what = Number.isNaN(count) ? 'nothing' : String(count);
  throw refused(
    'BAD_INPUT',
    `Row ${row + 1} holds ${what} in “${name}”; a count is a whole number of at least 0.`,
    'Correct the file.',
    row + 1,
  );
}

/**
 * A file's lines as a table of counts; lines of the same combination are added up, combinations that are missing are zeros.
 * @throws ExpectedError BAD_COLUMN, BAD_INPUT (naming the row) or TOO_LARGE
 */
export function countTable(table: DataTable, spec: CountTableSpec): CrossTable {
  for (const name of [...spec.rows, ...spec.columns]) columnNamed(table, name);
  const values = spec.count === null ? null : numericColumn(table, spec.count).values;
  if (table.rows === 0) throw refused('BAD_INPUT', 'The data have no rows.', 'Choose another file.');
  const rows = sideOf(table, spec.rows);
  const columns = spec.columns.length === 0 ? null : sideOf(table, spec.columns);
  const height = rows.side.labels.length;
  const width = columns?.side.labels.length ?? 1;
  if ((height + rows.side.groupNames.length) * (width + 1) > mostCells) {
    throw refused(
      'TOO_LARGE',
      `The table has more than ${mostCells.toLocaleString('en-GB')} cells.`,
      'Use fewer groups.',
    );
  }
  const counts = Array.from({ length: height }, () => new Array<number>(width).fill(0));
  for (let row = 0; row < table.rows; row += 1) {
    const line = counts[rows.lineOfRow[row] as number] as number[];
    const place = columns === null ? 0 : (columns.lineOfRow[row] as number);
    line[place] = (line[place] as number) + countAt(values, spec.count, row);
  }
  return {
    rows: positionsOf(rows.side),
    columns: columns === null ? noSide : positionsOf(columns.side),
    counts,
  };
}
