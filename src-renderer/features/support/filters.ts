import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { createMemory } from '../../bridge/memory.ts';

export const groupings = ['role', 'unit', 'rank', 'sex', 'ethnicity_group', 'age_band', 'part_time'] as const;
export type Grouping = (typeof groupings)[number];

export type Filters = {
  /** Null: two years up to the last day. */
  readonly from: string | null;
  /** Null: the newest day of the support extract. */
  readonly to: string | null;
  /** Null: the service with most people. */
  readonly service: string | null;
  readonly by: Grouping;
};

export const filtersMemory = createMemory<Filters>({ from: null, to: null, service: null, by: 'role' });

export type Period = { readonly from: string; readonly to: string };

/** The period chosen, or two years up to the newest day held. */
export function periodOf({ from, to }: Filters, newestDay: string): Period {
  const last = to ?? newestDay;
  return { from: from ?? isoOfDay((dayOfIso(last) ?? 0) - 729), to: last };
}

/** Three years up to the newest day: long enough to see a level before a change. */
export function yearsTo(newestDay: string): Period {
  return { from: isoOfDay((dayOfIso(newestDay) ?? 0) - 3 * 365), to: newestDay };
}

export type ChangeChoice = {
  /** Null: the middle of what is held. */
  readonly on: string | null;
  /** Another service that the change did not touch; null for none. */
  readonly comparison: string | null;
};

export const changeMemory = createMemory<ChangeChoice>({ on: null, comparison: null });
