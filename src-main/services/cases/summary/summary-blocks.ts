import type { Block, TableCellValue, TableColumn } from '#shared/report/document.ts';

export const cell = (text: string): TableCellValue => ({ kind: 'text', text });
export const dateCell = (iso: string | null): TableCellValue => (iso === null ? cell('–') : { kind: 'date', iso });
export const countCell = (value: number): TableCellValue => ({ kind: 'number', value, decimals: 0 });
export const column = (label: string, align: 'start' | 'end' = 'start'): TableColumn => ({ label, align });
export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });

export function table(
  caption: string,
  columns: readonly TableColumn[],
  rows: readonly (readonly TableCellValue[])[],
  notes: readonly string[] = [],
): Block {
  return { kind: 'table', caption, columns, rows: rows.map((cells) => ({ cells })), notes };
}

export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
