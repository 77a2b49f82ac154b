import type { ColumnMissing } from '#shared/contract/quality.ts';
import { type KindFacts, monthName, monthNames } from './facts.ts';

const monthsShown = 36;
const nearlyAll = 0.9;
const mostlyFilled = 0.5;
/** Rows that a month needs before its share says something. */
const leastRows = 20;

/**
 * Month from which a column is nearly always empty although it was mostly filled in the months before; null where it is
 * not so, or where too few rows say so.
 *
 * @param rows by whole month
 */
export function stoppedAt(rows: readonly number[], empty: readonly number[]): number | null {
  let first = rows.length;
  let seen = 0;
  while (first > 0) {
    const count = rows[first - 1] ?? 0;
    if (count > 0 && (empty[first - 1] ?? 0) / count < nearlyAll) break;
    seen += count;
    first -= 1;
  }
  const total = (values: readonly number[]): number => values.slice(0, first).reduce((sum, value) => sum + value, 0);
  const before = total(rows);
  if (seen < leastRows || before < leastRows) return null;
  return total(empty) / before <= mostlyFilled ? first : null;
}

export function columnsMissing(
  facts: KindFacts,
  label: string,
  meaningOf: (column: string) => string,
  whole: number,
): ColumnMissing[] {
  const from = Math.max(0, whole - monthsShown);
  return facts.columns.map(({ column, empty, monthEmpty }) => {
    const rows = facts.monthRows.slice(0, whole);
    const stopped = stoppedAt(rows, monthEmpty.slice(0, whole));
    return {
      kind: facts.kind,
      label,
      column,
      meaning: meaningOf(column),
      rows: facts.rows,
      empty,
      share: facts.rows === 0 ? 0 : empty / facts.rows,
      months: monthNames(facts.firstMonth + from, whole - from),
      shares: rows.slice(from).map((count, at) => (count === 0 ? null : (monthEmpty[from + at] ?? 0) / count)),
      stoppedSince: stopped === null ? null : monthName(facts.firstMonth + stopped),
    };
  });
}
