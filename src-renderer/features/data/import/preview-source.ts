import type { Dialect, UnderstoodRow } from '#shared/contract/import-preview.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import type { Result } from '#shared/domain/result.ts';
import { call } from '../../../bridge/client.ts';
import { formatDate, formatInstant } from '../../../ui/format.ts';
import type { GridCell, GridColumn, GridRow } from './grid-cells.ts';
import { mappedItems, sourceOf } from './mapping-model.ts';
import type { Loaded } from './row-pages.ts';

export type ReadRow = { readonly row: number; readonly cells: readonly string[] };

/** Rows from the top of a file, as read. */
export async function loadRead(
  file: string,
  dialect: Dialect,
  from: number,
  count: number,
): Promise<Result<Loaded<ReadRow>>> {
  const top = { ...dialect, rowsAbove: 0, headerRows: 0 };
  const answer = await call('imports.rows', { file, dialect: top, take: { from, count } });
  return answer.ok ? { ok: true, value: answer.value } : answer;
}

export async function loadUnderstood(
  file: string,
  mapping: Mapping,
  from: number,
  count: number,
): Promise<Result<Loaded<UnderstoodRow>>> {
  const answer = await call('imports.understood', { file, mapping, take: { from, count } });
  return answer.ok ? { ok: true, value: { ...answer.value, rows: answer.value.records } } : answer;
}

/** A stored value in words: dates and times as people write them. */
export function inWords(mapping: Mapping, column: string, value: string | null): string {
  if (value === null) return '';
  const type = extractKindNamed(mapping.kind)?.columns.find((one) => one.name === column)?.type;
  if (type === 'date') return formatDate(value);
  return type === 'time' ? formatInstant(value) : value;
}

/** Columns of the kind that the mapping fills, as positions among those of an answer. */
export function filledColumns(mapping: Mapping): readonly string[] {
  const kind = extractKindNamed(mapping.kind);
  const filled = (kind?.columns ?? [])
    .filter((column) => sourceOf(mapping, column.name).from !== 'nothing' || column.required)
    .map((column) => column.name);
  const scored = mappedItems(mapping).length > 0 || (mapping.records?.some((one) => one.columns?.['item_1']) ?? false);
  return kind?.items && scored ? [...filled, 'scores'] : filled;
}

/** The columns of an answer, in its order. */
export function answerColumns(kindName: string): readonly string[] {
  const kind = extractKindNamed(kindName);
  const names = (kind?.columns ?? []).map((column) => column.name);
  return kind?.items ? [...names, 'scores'] : names;
}

const charPx = 7.4;

/** Widths by what stands in the first rows. */
export function columnsFor(names: readonly string[], rows: readonly (readonly string[])[]): readonly GridColumn[] {
  return names.map((name, index) => {
    const longest = Math.max(name.length * 1.05, ...rows.map((row) => row[index]?.length ?? 0));
    return { name, widthPx: Math.round(Math.max(72, Math.min(320, longest * charPx + 28))) };
  });
}

const spreadsheetLetters = 26;

/** `A`, `B` … `AA`: how columns are called before they have names. */
export function letterOf(column: number): string {
  const last = String.fromCharCode(65 + (column % spreadsheetLetters));
  const rest = Math.floor(column / spreadsheetLetters) - 1;
  return rest < 0 ? last : `${letterOf(rest)}${last}`;
}

const drawn = new WeakMap<object, GridRow>();

/** The row of the grid for an understood record, made once. */
export function understoodRow(
  mapping: Mapping,
  columns: readonly string[],
  all: readonly string[],
  record: UnderstoodRow,
): GridRow {
  const known = drawn.get(record);
  if (known) return known;
  const cells = columns.map((name): GridCell => {
    const problem = record.problems.find((one) => one.column === name);
    const note = record.notes.find((one) => one.column === name);
    const text = inWords(mapping, name, record.values[all.indexOf(name)] ?? null);
    if (problem) return { text: text || '?', tone: 'bad', title: problem.message };
    return note ? { text, tone: 'warn', title: note.message } : { text };
  });
  const whole = record.problems.find((one) => !columns.includes(one.column));
  const row: GridRow =
    record.passedOver !== null
      ? {
          cells: [{ text: 'passed over', tone: 'dim', title: record.passedOver }],
          tone: 'dim',
          note: record.passedOver,
        }
      : {
          cells:
            whole && cells[0]
              ? [{ ...cells[0], text: cells[0].text || '?', tone: 'bad', title: whole.message }, ...cells.slice(1)]
              : cells,
          ...(record.problems.length > 0
            ? { tone: 'bad' as const }
            : record.notes.length > 0
              ? { tone: 'warn' as const }
              : {}),
        };
  drawn.set(record, row);
  return row;
}

/** The row of the grid for a row as read, made once for each place of the header. */
export function readRow(row: ReadRow, tone: GridRow['tone']): GridRow {
  const known = drawn.get(row);
  if (known && known.tone === tone) return known;
  const made: GridRow = { cells: row.cells.map((text) => ({ text })), ...(tone ? { tone } : {}) };
  drawn.set(row, made);
  return made;
}
