import type { UnderstoodRow } from '#shared/contract/import-preview.ts';
import type { ImportResult, Reject } from '#shared/contract/imports.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { inWords } from './preview-source.ts';
import { problemTitles } from './words.ts';

/** A problem of a check: what, where and how often, with the first rows that have it. */
export type ProblemGroup = {
  readonly column: string;
  readonly code: string;
  readonly count: number;
  readonly title: string;
  readonly message: string;
  /** Rejected rows, or rows that are kept and worth a look. */
  readonly rejects: boolean;
  /** Numbers of the first rows, in file order. */
  readonly rows: readonly number[];
};

const rowsKept = 200;

function rowsOf(located: readonly Reject[], column: string, code: string): number[] {
  const rows = new Set<number>();
  for (const one of located) {
    if (one.column === column && one.code === code && rows.size < rowsKept) rows.add(one.row);
  }
  return [...rows];
}

function titleOf(code: string): string {
  return problemTitles[code] ?? code;
}

/** What rejects rows, most frequent first. */
export function rejectGroups(result: ImportResult): readonly ProblemGroup[] {
  return result.rejectsByCode.map(({ column, code, count, message }) => ({
    column,
    code,
    count,
    title: titleOf(code),
    message,
    rejects: true,
    rows: rowsOf(result.rejects, column, code),
  }));
}

/** What is worth knowing of rows that are kept, where it can be located. */
export function noteGroups(result: ImportResult): readonly ProblemGroup[] {
  return result.warnings.flatMap(({ code, count, message }) => {
    const [first] = result.notes.filter((note) => note.code === code);
    if (!first) return [];
    const { column } = first;
    return [
      { column, code, count, title: titleOf(code), message, rejects: false, rows: rowsOf(result.notes, column, code) },
    ];
  });
}

/** What is worth knowing of the file as a whole. */
export function wholeWarnings(result: ImportResult): readonly string[] {
  const located = new Set(result.notes.map((note) => note.code));
  return result.warnings.filter(({ code }) => !located.has(code)).map(({ message }) => message);
}

/** How many of some rows no longer have a problem. */
export function mended(records: readonly UnderstoodRow[], column: string, code: string): number {
  const bad = new Set(
    records
      .filter((one) => [...one.problems, ...one.notes].some((p) => p.column === column && p.code === code))
      .map((one) => one.row),
  );
  // What is only moved from one problem of the column to another is not mended.
  const other = new Set(records.filter((one) => one.problems.some((p) => p.column === column)).map((one) => one.row));
  const all = new Set(records.map((one) => one.row));
  return [...all].filter((row) => !bad.has(row) && !other.has(row)).length;
}

/** Headers that the values of a column come from. */
export function headersOf(mapping: Mapping, column: string): readonly string[] {
  const combined = mapping.combine?.[column];
  if (combined) return [combined.date, combined.time].filter((name): name is string => name !== null);
  const header = mapping.columns[column];
  if (header !== undefined) return [header];
  return [...new Set((mapping.records ?? []).flatMap((record) => record.columns?.[column] ?? []))];
}

/** What stands in a row for a column, as read; the row's beginning where no column is meant. */
export function asRead(header: readonly string[], cells: readonly string[], headers: readonly string[]): string {
  if (headers.length === 0) return cells.slice(0, 6).join(' │ ');
  return headers
    .map((name) => cells[header.indexOf(name)] ?? '')
    .filter((text, index, all) => text !== '' || all.length === 1 || index === 0)
    .join(' ');
}

/** What becomes of a row by a mapping: the value as stored, or what is still wrong. */
export function becomes(
  mapping: Mapping,
  columns: readonly string[],
  records: readonly UnderstoodRow[],
  row: number,
  column: string,
): { readonly text: string; readonly good: boolean } {
  const record =
    records.find((one) => one.row === row && one.problems.some((p) => p.column === column)) ??
    records.find((one) => one.row === row);
  if (!record) return { text: '', good: false };
  if (record.passedOver !== null) return { text: 'passed over', good: true };
  const problem = record.problems.find((one) => one.column === column);
  if (problem) return { text: titleOf(problem.code), good: false };
  const text = inWords(mapping, column, record.values[columns.indexOf(column)] ?? null);
  return { text: text === '' ? 'empty' : text, good: true };
}
