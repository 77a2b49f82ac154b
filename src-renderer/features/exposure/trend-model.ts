import { isWholeMonth } from '../../ui/whole-months.ts';
import { addMonths, laterMonth, type Question } from './filters.ts';
import type { ExposureLoad, SeriesCell } from './results.ts';

export type MonthPoint = {
  readonly month: string;
  readonly events: number;
  /** People in post at the month's end, or null where the series does not reach. */
  readonly people: number | null;
};

const mostMonths = 36;

/** Every whole month up to the day, those without an exposure included. */
export function monthPoints(
  load: ExposureLoad,
  series: readonly SeriesCell[],
  question: Question,
): readonly MonthPoint[] {
  const people = new Map<string, number>();
  for (const cell of series) people.set(cell.month, (people.get(cell.month) ?? 0) + cell.people);
  const end = question.asOf.slice(0, 7);
  const begin = addMonths(end, 1 - mostMonths);
  const first = question.firstDay.slice(0, 7);
  const points: MonthPoint[] = [];
  for (let month = laterMonth(begin, first); month <= end; month = addMonths(month, 1)) {
    if (isWholeMonth(month, question.firstDay, question.asOf)) {
      points.push({ month, events: load.totals.month[month] ?? 0, people: people.get(month) ?? null });
    }
  }
  return points;
}

export function per100(events: number, people: number | null): number | null {
  return people === null || people === 0 ? null : (100 * events) / people;
}

export function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length < 2 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

export type CategoryChange = { readonly category: string; readonly now: number; readonly before: number | null };

function between(later: ExposureLoad, earlier: ExposureLoad, category: string): number {
  return (later.totals.category[category] ?? 0) - (earlier.totals.category[category] ?? 0);
}

/**
 * Exposures by category in the window, and in the window before it. Totals run from the first day on, so a window is the
 * difference of two of them.
 * @param before null where that window begins before the first day of data
 */
export function categoryChanges(
  now: ExposureLoad,
  windowAgo: ExposureLoad,
  twoWindowsAgo: ExposureLoad | null,
): readonly CategoryChange[] {
  return Object.keys(now.totals.category)
    .map((category) => ({
      category,
      now: between(now, windowAgo, category),
      before: twoWindowsAgo === null ? null : between(windowAgo, twoWindowsAgo, category),
    }))
    .filter((change) => change.now > 0 || (change.before ?? 0) > 0)
    .sort((left, right) => right.now - left.now || (left.category < right.category ? -1 : 1));
}
