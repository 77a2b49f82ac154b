import { createMemory } from '../../bridge/memory.ts';
import { wholeMonthsBetween } from '../../ui/whole-months.ts';

export const monthChoices = [12, 24, 36] as const;
export type MonthChoice = (typeof monthChoices)[number];

export type Filters = {
  /** Null: the latest day that the vault holds. */
  readonly asOf: string | null;
  readonly months: MonthChoice;
};

export const filtersMemory = createMemory<Filters>({ asOf: null, months: 24 });

export type Question = { readonly asOf: string; readonly months: number };

/** As many months as were chosen, but none before the data begin: a month without data is no month of zero. */
export function questionOf(filters: Filters, firstDay: string | null, latestDay: string): Question {
  const asOf = filters.asOf ?? latestDay;
  return { asOf, months: Math.min(filters.months, wholeMonthsBetween(firstDay, asOf)) };
}
