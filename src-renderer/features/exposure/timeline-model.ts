import type { Timeline } from '#shared/contract/analyses.ts';
import { exposureCategories, notTraumatic, unmapped } from '#shared/domain/exposure-categories.ts';
import { addMonths } from './filters.ts';

const labels = new Map<string, string>(exposureCategories.map((category) => [category.code, category.label]));

export function categoryLabel(code: string): string {
  if (code === unmapped) return 'No rule for the code';
  if (code === notTraumatic) return 'Not traumatic';
  return labels.get(code) ?? code;
}

export type EventMonths = {
  readonly months: readonly string[];
  readonly kinds: readonly { readonly name: string; readonly values: readonly number[] }[];
};

/** Counted exposures by month, the most frequent kinds apart and the others together. */
export function eventMonths(timeline: Timeline, mostKinds: number): EventMonths {
  const counted = timeline.events.filter((event) => event.counted);
  const days = counted.map((event) => event.day).sort();
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return { months: [], kinds: [] };
  const months: string[] = [];
  for (let month = first.slice(0, 7); month <= last.slice(0, 7); month = addMonths(month, 1)) months.push(month);

  const totals = new Map<string, number>();
  for (const event of counted) totals.set(event.category, (totals.get(event.category) ?? 0) + 1);
  const ordered = [...totals]
    .sort((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))
    .map(([code]) => code);
  // One kind more than fits is no reason for a group of one.
  const named = new Set(ordered.length <= mostKinds + 1 ? ordered : ordered.slice(0, mostKinds));
  const monthsOf = (wanted: (code: string) => boolean) =>
    months.map((month) => counted.filter((event) => wanted(event.category) && event.day.startsWith(month)).length);
  const kinds = [...named].map((code) => ({ name: categoryLabel(code), values: monthsOf((one) => one === code) }));
  if (named.size === ordered.length) return { months, kinds };
  return { months, kinds: [...kinds, { name: 'Other kinds', values: monthsOf((one) => !named.has(one)) }] };
}

const total = 'total';

/** The scores by instrument and scale, oldest first; where an instrument has a total, its parts are left to the table. */
export function scoreLines(timeline: Timeline) {
  const withTotal = new Set(timeline.scores.filter((score) => score.scale === total).map((score) => score.instrument));
  const lines = new Map<string, { day: string; score: number; band: string | null }[]>();
  for (const { instrument, scale, day, score, band } of timeline.scores) {
    if (withTotal.has(instrument) && scale !== total) continue;
    const name = scale === '' || scale === total ? instrument : `${instrument} ${scale}`;
    lines.set(name, [...(lines.get(name) ?? []), { day, score, band }]);
  }
  return [...lines].map(([name, points]) => ({
    name,
    points: points.sort((left, right) => (left.day < right.day ? -1 : 1)),
  }));
}
