type Row = Readonly<Record<string, unknown>>;

const mostRows = 40;

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return number(value);
  if (Array.isArray(value)) return value.map(cell).join(', ');
  if (isRow(value))
    return Object.entries(value)
      .map(([key, item]) => `${key} ${cell(item)}`)
      .join(', ');
  return String(value);
}

/** Six significant digits: enough to read; `--json` has them all. */
function number(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  const size = Math.abs(value);
  return size >= 1e-4 && size < 1e7 ? String(Number(value.toPrecision(6))) : value.toExponential(4);
}

function table(rows: readonly Row[]): string[] {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = [keys, ...rows.slice(0, mostRows).map((row) => keys.map((key) => cell(row[key])))];
  const widths = keys.map((_key, column) => Math.max(...cells.map((line) => (line[column] as string).length)));
  const lines = cells.map((line) =>
    line
      .map((text, column) =>
        column === 0 ? text.padEnd(widths[column] as number) : text.padStart(widths[column] as number),
      )
      .join('  '),
  );
  return rows.length > mostRows ? [...lines, `… ${rows.length - mostRows} more rows: --json or --out F`] : lines;
}

function block(key: string, value: unknown): string[] {
  if (Array.isArray(value) && value.length > 0 && value.every(isRow)) {
    return ['', key, ...table(value).map((line) => `  ${line}`)];
  }
  if (isRow(value) && Object.values(value).some((item) => isRow(item) || (Array.isArray(item) && item.some(isRow)))) {
    return [
      '',
      key,
      ...Object.entries(value).flatMap(([name, item]) =>
        block(name, item).map((line) => (line === '' ? line : `  ${line}`)),
      ),
    ];
  }
  return [`${key}: ${cell(value)}`];
}

/** The result of a procedure as lines for people. */
export function printedResult(result: Row): string[] {
  const { procedure, n, excluded, warnings, r: _script, ...found } = result;
  const lines = [`${cell(procedure)}: n ${cell(n)}, ${cell(excluded)} rows left out for missing values`];
  for (const [key, value] of Object.entries(found)) lines.push(...block(key, value));
  const given = Array.isArray(warnings) ? warnings : [];
  if (given.length > 0) lines.push('', ...given.map((warning) => `Warning: ${cell(warning)}`));
  return [...lines, '', 'The script for R that gives the same numbers is in --json, under r.'];
}
