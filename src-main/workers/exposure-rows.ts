import { firstAfter } from '#main/analysis/exposure/loads-at.ts';
import type { ExposureDays, UncountedRows } from '#main/analysis/exposure/packed-exposures.ts';
import type { ExposureSource } from './exposure-source.ts';

/** Countable events up to a day, whoever they belong to. */
export function eventsUpTo({ offsets, day }: ExposureDays, last: number): number {
  let count = 0;
  for (let person = 0; person + 1 < offsets.length; person += 1) {
    const start = offsets[person] as number;
    count += firstAfter(day, start, offsets[person + 1] as number, last) - start;
  }
  return count;
}

/** Rows of a period, from those before it and those up to its end. */
export function uncountedBetween(before: UncountedRows, upTo: UncountedRows): UncountedRows {
  const direct = {
    unmapped: upTo.unmapped - before.unmapped,
    notTraumatic: upTo.notTraumatic - before.notTraumatic,
  };
  const [earlier, later] = [before.attendances, upTo.attendances];
  if (earlier === undefined || later === undefined) return direct;
  return {
    ...direct,
    attendances: {
      all: later.all - earlier.all,
      unmapped: later.unmapped - earlier.unmapped,
      notImported: later.notImported - earlier.notImported,
      derived: later.derived - earlier.derived,
    },
  };
}

/** Rows of any kind up to a day, counted or not: where there are none, nothing is held. */
export function rowsUpToDay({ exposures, uncountedUpTo }: ExposureSource): (day: number) => number {
  return (day) => {
    const { unmapped, notTraumatic, attendances } = uncountedUpTo(day);
    return eventsUpTo(exposures, day) + unmapped + notTraumatic + (attendances?.all ?? 0);
  };
}
