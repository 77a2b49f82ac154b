import { formatNumber } from '#shared/report/format.ts';
import { none } from '../../ui/format.ts';
import type { TableColumn } from '../../ui/table-model.ts';
import { text } from './text.ts';

/** A column of numbers, with a dash where there is none. */
export function numberColumn<Row>(
  id: string,
  header: string,
  read: (row: Row) => number | null,
  decimals: number,
): TableColumn<Row> {
  return {
    id,
    header,
    value: read,
    cell: (row) => {
      const value = read(row);
      return value === null ? none : formatNumber(value, decimals);
    },
    align: 'end',
    widthPx: 96,
  };
}

/** A column of p values, which are never written as nought. */
export function pColumn<Row>(read: (row: Row) => number): TableColumn<Row> {
  return {
    id: 'p',
    header: 'p',
    value: read,
    cell: (row) => (read(row) < 0.001 ? 'under 0.001' : formatNumber(read(row), 3)),
    align: 'end',
    widthPx: 104,
  };
}

/** A column that says why where its value is withheld. */
export function safeColumn<Row extends { readonly withheld: string | null }>(
  header: string,
  read: (row: Row) => number | null,
  decimals = 0,
): TableColumn<Row> {
  return {
    id: 'safe',
    header,
    value: read,
    cell: (row) => {
      const value = read(row);
      return value === null ? (row.withheld ?? text.withheld) : formatNumber(value, decimals);
    },
    align: 'end',
    widthPx: 320,
  };
}
