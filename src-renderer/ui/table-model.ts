import type { ReactNode } from 'react';

export type CellValue = string | number | null;

export type TableColumn<Row> = {
  readonly id: string;
  readonly header: string;
  /** What the column sorts, filters and copies by. */
  readonly value: (row: Row) => CellValue;
  /** What is shown; the value itself where absent. */
  readonly cell?: (row: Row) => ReactNode;
  readonly align?: 'end';
  readonly widthPx?: number;
  /** Takes a share of the room that is left. */
  readonly grow?: number;
  readonly sortable?: boolean;
  /** Hidden until the reader shows it. */
  readonly hidden?: boolean;
  /** Counts rows that come from people: shown, and left out of what is copied, as small counts are not withheld here. */
  readonly counts?: boolean;
};

/** Rows whose text holds every word of the search, in any column. */
export function filterRows<Row>(
  rows: readonly Row[],
  columns: readonly TableColumn<Row>[],
  search: string,
): readonly Row[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = columns
      .map((column) => column.value(row) ?? '')
      .join(' ')
      .toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Orders numbers before text and each by its own rule. */
export function compareValues(left: CellValue | undefined, right: CellValue | undefined): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const a = String(left ?? '');
  const b = String(right ?? '');
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A cell that a spreadsheet could take for a formula is made text (security.md S18). */
function inert(value: CellValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = value.replaceAll(/[\t\r\n]+/g, ' ');
  return /^[=+\-@\0＝＋－＠]/.test(text) ? `'${text}` : text;
}

/** Tab-separated text of a table, header first, without the columns that count. */
export function tableAsText<Row>(rows: readonly Row[], shown: readonly TableColumn<Row>[]): string {
  const columns = shown.filter(({ counts }) => counts !== true);
  const lines = rows.map((row) => columns.map((column) => inert(column.value(row))).join('\t'));
  return [columns.map((column) => inert(column.header)).join('\t'), ...lines].join('\n');
}
