import { monthIndexOfIso } from './dates.ts';

export type MonthCount = { readonly month: string; readonly count: number };

/** Counts of every month from the first event to the last, the newest `mostMonths` of them. */
export function monthCounts(events: readonly { readonly day: string }[], mostMonths: number): readonly MonthCount[] {
  const indices = events.map(({ day }) => monthIndexOfIso(day) ?? 0);
  if (indices.length === 0) return [];
  const last = Math.max(...indices);
  const first = Math.max(Math.min(...indices), last - mostMonths + 1);
  return Array.from({ length: last - first + 1 }, (_, at) => {
    const index = first + at;
    const month = `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
    return { month, count: indices.filter((entry) => entry === index).length };
  });
}
