import { dayOfIso } from '#shared/domain/dates.ts';
import type { ContactRecord, PeerRecords, RequestRecord } from './records.ts';
import type { PeerNetworkSpec } from './spec.ts';

/** Which counts of a list, whose total is known, may be shown: neither small nor to be worked out. */
export type MayShow = (labels: readonly string[], counts: readonly number[], minimum: number) => readonly boolean[];
/** The same of a table and its margins; the row or column behind the last is its total. */
export type MayShowTable = (
  rows: readonly string[],
  columns: readonly string[],
  counts: readonly (readonly number[])[],
  minimum: number,
) => (row: number, column: number) => boolean;

export type NetworkInput = {
  readonly records: PeerRecords;
  readonly spec: PeerNetworkSpec;
  readonly mayShow: MayShow;
  readonly mayShowTable: MayShowTable;
};

/** Volunteers are the workforce's: fewer than these are withheld. */
export const fewestVolunteers = 5;

export type PeerPeriod = { readonly firstDay: number; readonly lastDay: number; readonly endAt: number };

/** `endAt` is the UTC second at which the last day is over, to the hour. */
export function periodOf({ asOf, days }: PeerNetworkSpec): PeerPeriod {
  const lastDay = dayOfIso(asOf) ?? 0;
  return { firstDay: lastDay - days + 1, lastDay, endAt: (lastDay + 1) * 86_400 };
}

export function within<Row extends { readonly day: number }>(
  rows: readonly Row[],
  { firstDay, lastDay }: PeerPeriod,
): Row[] {
  return rows.filter(({ day }) => day >= firstDay && day <= lastDay);
}

/** The first row of everybody who asked, in the order given. */
export function firstOfEach<Row extends RequestRecord | ContactRecord>(rows: readonly Row[]): Row[] {
  const seen = new Set<string>();
  return rows.filter(({ token }) => !seen.has(token) && seen.add(token));
}

/** A count that stands alone, or null where it is small but not 0. */
export function alone(count: number, minimum: number): number | null {
  return count > 0 && count < minimum ? null : count;
}

export function sortedNames(names: Iterable<string>): string[] {
  return [...new Set(names)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
