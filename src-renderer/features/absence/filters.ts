import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { createMemory } from '../../bridge/memory.ts';

export const groupings = ['unit', 'role', 'rank', 'workforce', 'sex', 'age-band'] as const;
export type Grouping = (typeof groupings)[number];
export type DayKind = 'calendar' | 'working';

export type Filters = {
  /** Null: a year up to the last day. */
  readonly from: string | null;
  /** Null: the latest day that the vault holds. */
  readonly to: string | null;
  readonly by: Grouping;
  readonly days: DayKind;
};

export const filtersMemory = createMemory<Filters>({ from: null, to: null, by: 'unit', days: 'calendar' });

export type Question = { readonly from: string; readonly to: string; readonly by: Grouping; readonly days: DayKind };

/** The filters with a year up to the latest day where nothing was chosen. */
export function questionOf(filters: Filters, latestDay: string): Question {
  const to = filters.to ?? latestDay;
  const yearBefore = isoOfDay((dayOfIso(to) ?? 0) - 364);
  return { from: filters.from ?? yearBefore, to, by: filters.by, days: filters.days };
}
