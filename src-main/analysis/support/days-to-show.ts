import { isEnough } from './counts.ts';

export type DayCounts = {
  readonly contactedBy: (day: number) => number;
  /** People still waiting and under observation when a day begins. */
  readonly atRiskOn: (day: number) => number;
  readonly people: number;
};

/**
 * Days at which a curve of first contacts may be shown: between any two of them, before the first and after the last, nobody was
 * contacted or enough people were, and enough were still waiting. The days asked for come first, then as many others as fit.
 */
export function daysToShow(
  { contactedBy, atRiskOn, people }: DayCounts,
  wanted: readonly number[],
  others: readonly number[],
  minimum: number,
): ReadonlySet<number> {
  const shown = new Map<number, number>();
  for (const day of [...wanted, ...others]) {
    if (shown.has(day) || atRiskOn(day) < minimum) continue;
    const count = contactedBy(day);
    const before = Math.max(0, ...[...shown].filter(([at]) => at < day).map(([, known]) => known));
    const after = Math.min(...[...shown].filter(([at]) => at > day).map(([, known]) => known), people);
    if (isEnough(count - before, minimum) && isEnough(after - count, minimum)) shown.set(day, count);
  }
  return new Set(shown.keys());
}
