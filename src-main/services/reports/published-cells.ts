import { mayPublishDerived } from '#main/disclosure/derived-figures.ts';
import type { ChartValue } from '#shared/charts/chart-spec.ts';
import type { TableCellValue } from '#shared/report/document.ts';

/** A count as a table shows it. */
export type Shown = { readonly value: number | null; readonly reason: 'primary' | 'complementary' | null };

export function shown(cell: Shown): TableCellValue {
  return cell.value === null
    ? { kind: 'withheld', reason: cell.reason ?? 'primary' }
    : { kind: 'number', value: cell.value, decimals: 0 };
}

export function charted(cell: Shown): ChartValue {
  return cell.value === null ? 'withheld' : cell.value;
}

export function textCell(value: string): TableCellValue {
  return { kind: 'text', text: value };
}

/** A rate per person in post, where both of its parts are published and enough people stand behind it. */
export function rate(events: Shown, people: Shown): TableCellValue {
  if (events.value === null || people.value === null) return { kind: 'withheld', reason: 'derived' };
  if (!mayPublishDerived({ people: people.value, countsPublished: [true, true] })) {
    return { kind: 'withheld', reason: 'derived' };
  }
  return { kind: 'number', value: events.value / people.value, decimals: 1 };
}
