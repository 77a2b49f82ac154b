import { type DayCounts, rowsUpTo } from '#main/analysis/exposure/day-counts.ts';
import type { AttendanceDays } from '#main/analysis/exposure/derive-exposures.ts';
import type { UncountedRows } from '#main/analysis/exposure/packed-exposures.ts';

/** Rows that are held but not counted, by day; `attendances` is null where none are held. */
export type Uncounted = {
  readonly unmapped: DayCounts;
  readonly notTraumatic: DayCounts;
  readonly attendances: AttendanceDays | null;
};

export function uncountedUpTo({ unmapped, notTraumatic, attendances }: Uncounted, day: number): UncountedRows {
  const direct = { unmapped: rowsUpTo(unmapped, day), notTraumatic: rowsUpTo(notTraumatic, day) };
  if (attendances === null) return direct;
  return {
    ...direct,
    attendances: {
      all: rowsUpTo(attendances.all, day),
      unmapped: rowsUpTo(attendances.unmapped, day),
      notImported: rowsUpTo(attendances.notImported, day),
      derived: rowsUpTo(attendances.derived, day),
    },
  };
}
