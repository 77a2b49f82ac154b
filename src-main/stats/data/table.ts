import { ExpectedError } from '#shared/domain/result.ts';

/** Numbers of one column; NaN where the value is missing. */
export type NumericColumn = { readonly kind: 'numeric'; readonly name: string; readonly values: Float64Array };

/** Categories of one column: `levels[codes[row]]`, code −1 where the value is missing. */
export type CategoricalColumn = {
  readonly kind: 'categorical';
  readonly name: string;
  readonly codes: Int32Array;
  readonly levels: readonly string[];
  /** The first value that is no number, and its row counted from 1: why the column is not numeric. */
  readonly firstText: { readonly row: number; readonly value: string } | null;
};

export type Column = NumericColumn | CategoricalColumn;

/** Columns of equal length. */
export type DataTable = {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Column>;
  /** Every column there is, where only those in use were read. */
  readonly names?: readonly string[];
};

const shownCharacters = 40;

function badColumn(message: string, hint: string, params: Record<string, string | number> = {}): ExpectedError {
  return new ExpectedError('BAD_COLUMN', message, `Nothing was computed. ${hint}`, params);
}

export function columnNamed(table: DataTable, name: string): Column {
  const column = table.columns.get(name);
  if (column) return column;
  const known = table.names ?? [...table.columns.keys()];
  const listed = known.length <= 20 ? known.join(', ') : `${known.slice(0, 20).join(', ')} …`;
  throw badColumn(`There is no column “${name}”.`, `The columns are: ${listed}.`, { column: name });
}

/** @throws ExpectedError BAD_COLUMN where the column is missing or holds text, naming the first row that does. */
export function numericColumn(table: DataTable, name: string): NumericColumn {
  const column = columnNamed(table, name);
  if (column.kind === 'numeric') return column;
  const first = column.firstText;
  const where =
    first === null
      ? 'it is declared a factor'
      : `row ${first.row} holds “${first.value.slice(0, shownCharacters)}”, which is no number`;
  throw badColumn(`“${name}” must be numeric, but ${where}.`, 'Correct the file, or choose another column.', {
    column: name,
    row: first?.row ?? 0,
  });
}

/** How a number is written as the name of a level: as R's `as.character` does, to 15 significant digits. */
export function levelOfNumber(value: number): string {
  const text = String(Number(value.toPrecision(15)));
  if (!text.includes('e')) return Math.abs(value) >= 1e5 && /^-?[1-9]0*$/.test(text) ? exponential(text) : text;
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** R prefers the shorter way to write a number: 1e+05, but 123456. */
function exponential(text: string): string {
  const digits = text.replace('-', '');
  const power = digits.length - 1;
  return `${text.startsWith('-') ? '-' : ''}${digits[0]}e+${String(power).padStart(2, '0')}`;
}

/**
 * A column as categories. Numbers become levels in numeric order, as R's `factor` has them; text in code-point order.
 * @param order levels that come first, in this order; levels without rows are left out.
 */
export function categoricalColumn(table: DataTable, name: string, order: readonly string[] = []): CategoricalColumn {
  const column = columnNamed(table, name);
  return asCategorical(column, order);
}

export function asCategorical(column: Column, order: readonly string[] = []): CategoricalColumn {
  const { codes, levels } = column.kind === 'categorical' ? column : categoriesOfNumbers(column.values);
  const seen = new Uint8Array(levels.length);
  for (const code of codes) if (code >= 0) seen[code] = 1;
  const present = levels.filter((_level, code) => seen[code] === 1);
  const first = order.filter((level) => present.includes(level));
  const given = new Set(first);
  const wanted = [...first, ...present.filter((level) => !given.has(level))];
  const position = new Map(wanted.map((level, index) => [level, index]));
  const renumbered = Int32Array.from(levels, (level) => position.get(level) ?? -1);
  return {
    kind: 'categorical',
    name: column.name,
    levels: wanted,
    codes: codes.map((code) => (code < 0 ? -1 : (renumbered[code] as number))),
    firstText: column.kind === 'categorical' ? column.firstText : null,
  };
}

function categoriesOfNumbers(values: Float64Array): { codes: Int32Array; levels: string[] } {
  const distinct = new Set<number>();
  for (const value of values) if (!Number.isNaN(value)) distinct.add(value + 0);
  const sorted = [...distinct].sort((a, b) => a - b);
  const levels: string[] = [];
  const codeOf = new Map<number, number>();
  for (const value of sorted) {
    const level = levelOfNumber(value);
    if (levels.at(-1) !== level) levels.push(level);
    codeOf.set(value, levels.length - 1);
  }
  return { levels, codes: Int32Array.from(values, (value) => codeOf.get(value + 0) ?? -1) };
}

/**
 * Rows (from 0) that have a value in every column named, in their order.
 * @throws ExpectedError BAD_COLUMN at an infinite value; REFUSED_MODEL where no row is left.
 */
export function completeRows(table: DataTable, names: readonly string[]): Int32Array {
  const columns = [...new Set(names)].map((name) => columnNamed(table, name));
  const kept = new Uint8Array(table.rows).fill(1);
  for (const column of columns) markMissing(column, kept);
  let count = 0;
  for (const keep of kept) count += keep;
  if (count === 0) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      table.rows === 0 ? 'The data have no rows.' : 'No row has a value in every column that is used.',
      'Nothing was computed. Use other columns, or look at why the values are missing.',
    );
  }
  const rows = new Int32Array(count);
  let next = 0;
  for (let row = 0; row < kept.length; row += 1) {
    if (kept[row] === 1) {
      rows[next] = row;
      next += 1;
    }
  }
  return rows;
}

function markMissing(column: Column, kept: Uint8Array): void {
  if (column.kind === 'categorical') {
    for (let row = 0; row < kept.length; row += 1) if ((column.codes[row] as number) < 0) kept[row] = 0;
    return;
  }
  const { values } = column;
  for (let row = 0; row < kept.length; row += 1) {
    const value = values[row] as number;
    if (Number.isFinite(value)) continue;
    if (!Number.isNaN(value)) throw infiniteValue(column.name, row);
    kept[row] = 0;
  }
}

function infiniteValue(name: string, row: number): ExpectedError {
  return badColumn(
    `“${name}” holds an infinite value in row ${row + 1}.`,
    'Correct the value, or leave it empty so that the row is left out and counted.',
    { column: name, row: row + 1 },
  );
}

/**
 * A numeric column without infinite values; missing ones stay NaN.
 * @throws ExpectedError BAD_COLUMN, naming the row
 */
export function finiteColumn(table: DataTable, name: string): NumericColumn {
  const column = numericColumn(table, name);
  const row = column.values.findIndex((value) => Math.abs(value) === Number.POSITIVE_INFINITY);
  if (row >= 0) throw infiniteValue(name, row);
  return column;
}

/** The values of some rows, in the order of `rows`. */
export function takeValues(values: Float64Array, rows: Int32Array): Float64Array {
  if (rows.length === values.length) return values;
  return Float64Array.from(rows, (row) => values[row] as number);
}

/** Numbers of a column in the rows given. */
export function numbersIn(table: DataTable, name: string, rows: Int32Array): Float64Array {
  return takeValues(numericColumn(table, name).values, rows);
}

/** Categories of a column in the rows given; levels without a row there are dropped. */
export function categoriesIn(
  table: DataTable,
  name: string,
  rows: Int32Array,
  order: readonly string[] = [],
): CategoricalColumn {
  const column = columnNamed(table, name);
  if (rows.length === table.rows) return asCategorical(column, order);
  return asCategorical(
    column.kind === 'numeric'
      ? { ...column, values: takeValues(column.values, rows) }
      : { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] as number) },
    order,
  );
}
