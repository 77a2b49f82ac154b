import { civilOfDay, dayOfCivil } from '#shared/domain/dates.ts';
import type { MonthEnds } from '../specs.ts';

/** `held`: rows are held for it; `part`: they begin or end within it; `none`: no row of any kind, which is no zero. */
export type MonthState = 'held' | 'part' | 'none';

export type RecordedMonths = {
  readonly states: readonly MonthState[];
  /** First and last day with a row, null where there is none. */
  readonly firstDay: number | null;
  readonly lastDay: number | null;
};

/** An extract that begins or ends within so many days of a month's end is taken to hold the month. */
export const quietDays = 7;
const earliest = -200_000;
const latest = 200_000;

/**
 * Which months the records hold.
 *
 * @param rowsUpTo number of rows of any kind, counted or not, with a day up to the day given; never falling
 */
export function recordedMonths(monthEnds: MonthEnds, rowsUpTo: (day: number) => number): RecordedMonths {
  const recorded = recordedDays(rowsUpTo);
  if (recorded === null) return { states: monthEnds.months.map(() => 'none'), firstDay: null, lastDay: null };
  const { firstDay, lastDay } = recorded;
  const states = Array.from(monthEnds.days, (end): MonthState => {
    const start = firstOfMonth(end);
    if (rowsUpTo(end) === rowsUpTo(start - 1)) return 'none';
    return holdsInPart(recorded, start, end) ? 'part' : 'held';
  });
  return { states, firstDay, lastDay };
}

/** Whether rows that begin and end on such days hold no more than a part of a month, given by its own first and last day. */
export function holdsInPart(
  { firstDay, lastDay }: { readonly firstDay: number; readonly lastDay: number },
  start: number,
  end: number,
): boolean {
  return firstDay >= start + quietDays || lastDay <= end - quietDays;
}

/** First and last day with a row; null where there is none. */
export function recordedDays(
  rowsUpTo: (day: number) => number,
): { readonly firstDay: number; readonly lastDay: number } | null {
  const all = rowsUpTo(latest);
  if (all === 0) return null;
  return {
    firstDay: firstWhere((day) => rowsUpTo(day) > 0),
    lastDay: firstWhere((day) => rowsUpTo(day) === all),
  };
}

/** First day of the month that holds a day. */
export function firstOfMonth(day: number): number {
  const { year, month } = civilOfDay(day);
  return dayOfCivil(year, month, 1);
}

/** The first day of which something is true that stays true. */
function firstWhere(isTrue: (day: number) => boolean): number {
  let low = earliest;
  let high = latest;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isTrue(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
