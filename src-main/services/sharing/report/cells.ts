import type { TableCellValue } from '#shared/report/document.ts';

export function textCell(text: string): TableCellValue {
  return { kind: 'text', text };
}

export function numberCell(value: number | null, decimals: number): TableCellValue {
  return value === null ? { kind: 'not-assessable' } : { kind: 'number', value, decimals };
}

export function intervalCell(low: number | null, high: number | null, decimals: number): TableCellValue {
  return low === null || high === null ? { kind: 'not-assessable' } : { kind: 'interval', low, high, decimals };
}
