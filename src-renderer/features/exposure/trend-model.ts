import type { ExposureLoad } from './results.ts';

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
