import type { MonthCells } from './month-cells.ts';
import type { MonthState } from './month-states.ts';
import { perDays } from './trend-chart.ts';

/** Below it a month could point at one of the people. */
export const leastPeopleToShare = 10;
/** Workforce counts below it, but for none, are withheld. */
const leastEvents = 5;

/** Why a cell has no rate; `few people` comes before the others. */
export type HeatReason = 'no data' | 'few people' | 'few days' | 'few exposures';

export type HeatCell = {
  /** Exposures per 100 days of the denominator; null, with it, where a reason stands beside it. */
  readonly rate: number | null;
  readonly denominator: number | null;
  readonly reason: HeatReason | null;
};

export type HeatMap = {
  readonly groups: readonly string[];
  /** By group, then by month of the result. */
  readonly cells: readonly (readonly HeatCell[])[];
};

/** Events and days of a group in a month, all categories together. */
export function cellOf(
  { slots, months, counts }: MonthCells,
  place: number,
  month: number,
  denominators: Float64Array,
) {
  let count = 0;
  for (let slot = 0; slot < slots.length; slot += 1) {
    count += counts[(place * slots.length + slot) * months.length + month] ?? 0;
  }
  return { count, days: denominators[place * months.length + month] ?? 0 };
}

/**
 * Rates by group and month, such as may be shared: of at least ten people at the month's end and a hundred days, and of no
 * exposures or at least five.
 */
export function heatMap(cells: MonthCells, states: readonly MonthState[], denominators: Float64Array): HeatMap {
  const { groups, months, people } = cells;
  return {
    groups,
    cells: groups.map((_group, place) =>
      months.map((_month, month) => {
        const { count, days } = cellOf(cells, place, month, denominators);
        const reason = reasonOf(states[month] === 'held', people[place * months.length + month] ?? 0, days, count);
        if (reason !== null) return { rate: null, denominator: null, reason };
        return { rate: count / (days / perDays), denominator: days, reason: null };
      }),
    ),
  };
}

function reasonOf(isHeld: boolean, people: number, days: number, count: number): HeatReason | null {
  if (!isHeld) return 'no data';
  if (people < leastPeopleToShare) return 'few people';
  if (days < perDays) return 'few days';
  return count > 0 && count < leastEvents ? 'few exposures' : null;
}
