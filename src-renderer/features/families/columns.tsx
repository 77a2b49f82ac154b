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

/** A column of values that may be withheld; the reasons, too long for a row, stand below the table. */
export function safeColumn<Row>(header: string, read: (row: Row) => number | null, decimals = 0): TableColumn<Row> {
  return {
    id: 'safe',
    header,
    value: read,
    cell: (row) => {
      const value = read(row);
      return value === null ? text.withheldCell : formatNumber(value, decimals);
    },
    align: 'end',
    widthPx: 120,
  };
}

type ReasonsProps = { readonly what: string; readonly reasons: readonly (string | null)[] };

/** Why values of the table above are not given, each reason once. */
export function Reasons({ what, reasons }: ReasonsProps) {
  const each = [...new Set(reasons.filter((reason) => reason !== null))].map((reason) =>
    // Some reasons begin with the very words that stand in the cells.
    reason.replace(/^withheld: /, ''),
  );
  return each.length === 0 ? null : (
    <p>
      {what}: {each.join('; ')}.
    </p>
  );
}
