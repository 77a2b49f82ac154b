type Row = Readonly<Record<string, unknown>>;

const mostRows = 40;
const mostNestedRows = 12;
const mostNested = 6;
const widestList = 60;
const widestMatrix = 8;

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRows(value: unknown): value is readonly Row[] {
  return Array.isArray(value) && value.length > 0 && value.every(isRow);
}

function isPlain(value: unknown): boolean {
  return !isRow(value) && !(Array.isArray(value) && value.some((item) => typeof item === 'object' && item !== null));
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return number(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return list(value);
  if (isRow(value)) return pairs(value);
  return String(value);
}

function list(values: readonly unknown[]): string {
  if (values.length === 0) return '–';
  const text = values.map(cell).join(', ');
  return text.length <= widestList ? text : `${text.slice(0, widestList)} … (${values.length} in all)`;
}

function pairs(row: Row): string {
  return Object.entries(row)
    .filter(([, value]) => isPlain(value))
    .map(([key, value]) => `${key} ${cell(value)}`)
    .join(', ');
}

/** Six significant digits: enough to read; `--json` has them all. */
function number(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const size = Math.abs(value);
  return size >= 1e-4 && size < 1e7 ? String(Number(value.toPrecision(6))) : value.toExponential(4);
}

function table(rows: readonly Row[], most: number): string[] {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((key) =>
    rows.every((row) => isPlain(row[key])),
  );
  const shown = rows.slice(0, most);
  const cells = [keys, ...shown.map((row) => keys.map((key) => cell(row[key])))];
  const isText = keys.map((key) => shown.some((row) => typeof row[key] === 'string'));
  const widths = keys.map((_key, column) => Math.max(...cells.map((line) => (line[column] as string).length)));
  const lines = cells.map((line) =>
    line
      .map((text, column) => {
        const width = widths[column] as number;
        return isText[column] ? text.padEnd(width) : text.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
  return rows.length > most ? [...lines, `… ${rows.length - most} more rows: --json or --out F`] : lines;
}

/** Lists that stand inside the rows of a list: one table each, under the row's name. */
function nestedTables(key: string, rows: readonly Row[]): string[] {
  const lines: string[] = [];
  for (const [place, row] of rows.slice(0, mostNested).entries()) {
    const title = Object.values(row).find((value) => typeof value === 'string') ?? String(place + 1);
    for (const [name, value] of Object.entries(row)) {
      if (isRows(value)) lines.push('', `${key}, ${cell(title)}: ${name}`, ...indented(table(value, mostNestedRows)));
    }
  }
  return lines;
}

function matrix(key: string, rows: readonly (readonly unknown[])[]): string[] {
  const columns = rows[0]?.length ?? 0;
  if (Math.max(rows.length, columns) > widestMatrix) return [`${key}: ${rows.length} × ${columns} values, in --json`];
  const cells = rows.map((row) => row.map(cell));
  const width = Math.max(...cells.flat().map((text) => text.length));
  return [key, ...indented(cells.map((row) => row.map((text) => text.padStart(width)).join('  ')))];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? line : `  ${line}`));
}

function block(key: string, value: unknown): string[] {
  if (isRows(value)) return ['', key, ...indented(table(value, mostRows)), ...nestedTables(key, value)];
  if (isRow(value)) {
    const plain = pairs(value);
    const inner = Object.entries(value).filter(([, item]) => !isPlain(item));
    const head = plain === '' ? ['', key] : [`${key}: ${plain}`];
    return [...head, ...indented(inner.flatMap(([name, item]) => block(name, item)))];
  }
  if (Array.isArray(value) && value.length > 0 && value.every((item) => Array.isArray(item))) {
    return matrix(key, value as unknown[][]);
  }
  return [`${key}: ${cell(value)}`];
}

/** The result of a procedure as lines for people: what they ask for first, the whole of it with `--json`. */
export function printedResult(result: Row): string[] {
  const { procedure, n, excluded, warnings, r: _script, ...found } = result;
  const left =
    excluded === 0 ? '' : `, ${cell(excluded)} ${excluded === 1 ? 'row' : 'rows'} left out for missing values`;
  const lines = [`${cell(procedure)}: n = ${cell(n)}${left}`];
  for (const [key, value] of Object.entries(found)) lines.push(...block(key, value));
  const given = Array.isArray(warnings) ? warnings : [];
  if (given.length > 0) lines.push('', ...given.map((warning) => `Warning: ${cell(warning)}`));
  return [...lines, '', 'All digits, and the script for R that finds the same numbers (under r), are in --json.'];
}
