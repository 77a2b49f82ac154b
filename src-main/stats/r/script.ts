import type { Column, DataTable } from '../data/table.ts';

/** A text as R reads it. */
export function rText(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t')}"`;
}

/** A part of a script that R is to pass over: a recipe for who has the rows that it needs. */
export function rComment(script: string): string {
  return script
    .trimEnd()
    .split('\n')
    .map((line) => `#   ${line}`.trimEnd())
    .join('\n');
}

/** A number to its last bit, as R reads it. */
export function rNumber(value: number): string {
  if (Number.isNaN(value)) return 'NA';
  if (!Number.isFinite(value)) return value > 0 ? 'Inf' : '-Inf';
  return String(value);
}

export function rVector(values: readonly (string | number)[]): string {
  return `c(${values.map((value) => (typeof value === 'number' ? rNumber(value) : rText(value))).join(', ')})`;
}

/** A data frame that a script carries in itself, a line for each column; null is R's NA. Columns are of one length. */
export function rFrame(columns: Readonly<Record<string, readonly (string | number | null)[]>>): string {
  const lines = Object.entries(columns).map(([name, values]) => `  ${name} = ${rCells(values)}`);
  return `data.frame(\n${lines.join(',\n')}, stringsAsFactors = FALSE)`;
}

/** A column of nothing but NA, or of no rows, would otherwise have no type of its own. */
function rCells(values: readonly (string | number | null)[]): string {
  const cells = values.map((value) =>
    value === null ? 'NA' : typeof value === 'number' ? rNumber(value) : rText(value),
  );
  const ofText = values.some((value) => typeof value === 'string');
  return ofText ? `c(${cells.join(', ')})` : `as.numeric(c(${cells.join(', ')}))`;
}

/** A column of the data frame `data`, whatever its name. */
export function rColumn(name: string): string {
  return `data[[${rText(name)}]]`;
}

export type ScriptData = {
  readonly dataName: string;
  readonly table: DataTable;
  /** Columns that the analysis uses. */
  readonly columns: readonly string[];
  /** Order of levels, by column. */
  readonly factors?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Leave out rows that miss one of the columns; true unless said otherwise. */
  readonly complete?: boolean;
};

/**
 * The opening of a script: packages, then the data read as here, with the levels in the same order whatever R's locale.
 * Everything the script finds goes into a list `result` with the keys of the procedure's result; `endOfScript` prints it.
 */
export function scriptOpening(packages: readonly string[], data: ScriptData | null): string[] {
  const lines = packages.map((name) => `library(${name})`);
  if (!data) return lines;
  const { table, factors = {} } = data;
  const columns = [...new Set(data.columns)];
  const categorical = columns.flatMap((name) => {
    const column = table.columns.get(name);
    return column && (column.kind === 'categorical' || factors[name]) ? [levelsLine(name, column, factors[name])] : [];
  });
  const asText = columns.filter((name) => table.columns.get(name)?.kind === 'categorical');
  const classes =
    asText.length === 0 ? '' : `, colClasses = c(${asText.map((name) => `${rText(name)} = "character"`).join(', ')})`;
  return [
    ...lines,
    `data <- read.csv(${rText(data.dataName)}, na.strings = c("", "NA"), strip.white = TRUE, check.names = FALSE${classes}, fileEncoding = "UTF-8-BOM")`,
    ...categorical,
    ...(data.complete === false
      ? []
      : [`data <- data[complete.cases(data[, ${rVector(columns)}, drop = FALSE]), , drop = FALSE]`]),
    ...(categorical.length === 0 || data.complete === false ? [] : ['data <- droplevels(data)']),
  ];
}

/**
 * A script that `scriptOpening` began on a file of one column of numbers, with these numbers in itself instead.
 * @throws Error where the script reads no such file
 */
export function withOwnNumbers(script: string, dataName: string, column: string, values: readonly number[]): string {
  return withOwnColumns(script, dataName, { [column]: values });
}

/** The same of columns of equal length. */
export function withOwnColumns(
  script: string,
  dataName: string,
  columns: Readonly<Record<string, readonly number[]>>,
): string {
  const reading = `read.csv(${rText(dataName)},`;
  if (!script.includes(reading)) throw new Error(`The script does not read ${dataName}.`);
  const all = Object.values(columns);
  const rows = (all[0] ?? []).map((_, row) => all.map((values) => rNumber(values[row] as number)).join(','));
  const text = [Object.keys(columns).join(','), ...rows].join('\n');
  return script.replace(reading, () => `read.csv(text = ${rText(text)},`);
}

function levelsLine(name: string, column: Column, order: readonly string[] = []): string {
  const target = rColumn(name);
  const levels = column.kind === 'categorical' ? column.levels : [];
  const wanted = [...order, ...levels.filter((level) => !order.includes(level))];
  if (column.kind === 'categorical') return `${target} <- factor(${target}, levels = ${rVector(wanted)})`;
  return `${target} <- factor(${target}, levels = c(${rVector(order)}, setdiff(as.character(sort(unique(${target}))), ${rVector(order)})))`;
}

export function rScript(...lines: readonly (string | readonly string[])[]): string {
  return `${lines.flat().join('\n')}\n`;
}

/** Prints what was found to 15 digits. */
export const endOfScript = 'print(result, digits = 15)';
