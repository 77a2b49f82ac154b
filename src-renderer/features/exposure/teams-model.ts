import { dayOfIso, lastDayOfMonth, monthIndexOfIso } from '#shared/domain/dates.ts';
import type { ExposureTrend, HeatCell, SeriesCell } from './results.ts';

/** Workforce counts below this are not shown (security.md › Disclosure control). */
export const leastCount = 5;
/** No rate is worked out from fewer people. */
export const leastPeople = 10;

export type TeamRow = {
  readonly team: string;
  readonly people: number;
  /** Events in the window; null where it is withheld. */
  readonly events: number | null;
  /** Load (weights under the scheme) per person in post; null where it is withheld. */
  readonly perPerson: number | null;
};

export function isWithheld(count: number): boolean {
  return count > 0 && count < leastCount;
}

type Sum = { people: number; load: number };

function sumBy(
  cells: readonly SeriesCell[],
  key: (cell: SeriesCell) => string,
  windowDays: number,
): ReadonlyMap<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const cell of cells) {
    const sum = sums.get(key(cell)) ?? { people: 0, load: 0 };
    sum.people += cell.people;
    sum.load += cell.counts[String(windowDays)] ?? 0;
    sums.set(key(cell), sum);
  }
  return sums;
}

/** The last month of a series, or null when it is empty. */
export function lastMonth(series: readonly SeriesCell[]): string | null {
  return series.at(-1)?.month ?? null;
}

/**
 * Load per person in post, by unit or by role, over the window that ends with the month.
 * @param plain the same series under plain counts: it says what is withheld, whatever the scheme
 */
export function teamRows(
  series: readonly SeriesCell[],
  plain: readonly SeriesCell[],
  month: string,
  by: 'unit' | 'role',
  windowDays: number,
): readonly TeamRow[] {
  const ofMonth = (cells: readonly SeriesCell[]) => cells.filter((cell) => cell.month === month);
  const events = sumBy(ofMonth(plain), (cell) => cell[by], windowDays);
  return [...sumBy(ofMonth(series), (cell) => cell[by], windowDays)]
    .map(([team, { people, load }]) => {
      const count = events.get(team)?.load ?? 0;
      const withheld = isWithheld(count);
      return {
        team,
        people,
        events: withheld ? null : count,
        perPerson: withheld || people < leastPeople ? null : load / people,
      };
    })
    .sort((left, right) => (right.perPerson ?? -1) - (left.perPerson ?? -1) || (left.team < right.team ? -1 : 1));
}

export type HeatLine = { readonly unit: string; readonly cells: readonly HeatCell[] };

export type HeatGrid = { readonly months: readonly string[]; readonly lines: readonly HeatLine[] };

const mostMonths = 24;

/** The latest months that the records hold, and the units of which any of them may be shown. */
export function heatGrid({ months, heat }: Pick<ExposureTrend, 'months' | 'heat'>): HeatGrid {
  const shown = months.flatMap(({ state }, at) => (state === 'held' ? [at] : [])).slice(-mostMonths);
  const lines = heat.groups.map((unit, at) => ({
    unit,
    cells: shown.flatMap((month) => heat.cells[at]?.[month] ?? []),
  }));
  return {
    months: shown.map((at) => months[at]?.month ?? ''),
    lines: lines.filter(({ cells }) => cells.some(({ rate }) => rate !== null)),
  };
}

/** What stands in a cell that has no rate. */
export function withheldWords({ reason }: HeatCell): string {
  return reason === null ? '' : `withheld: ${reasonWords[reason] ?? reason}`;
}

const reasonWords: Readonly<Record<string, string>> = {
  'few people': 'fewer than 10 people',
  'few days': 'fewer than 100 days',
  'few exposures': 'fewer than 5 exposures',
};

/** Whether the window that ends with a month begins no earlier than the data. */
export function hasWholeWindow(month: string, windowDays: number, firstDay: string): boolean {
  const index = monthIndexOfIso(month);
  const first = dayOfIso(firstDay);
  return index !== null && first !== null && lastDayOfMonth(index) - windowDays >= first - 1;
}

export type RatePoint = { readonly month: string; readonly people: number; readonly perPerson: number | null };

/** Load per person in post at each month's end, for the whole force or for one unit or role. */
export function ratePoints(
  series: readonly SeriesCell[],
  plain: readonly SeriesCell[],
  windowDays: number,
  only: { readonly unit: string | null; readonly role: string | null },
  firstDay: string,
): readonly RatePoint[] {
  const wanted = (cell: SeriesCell) =>
    (only.unit === null || cell.unit === only.unit) && (only.role === null || cell.role === only.role);
  const loads = sumBy(series.filter(wanted), (cell) => cell.month, windowDays);
  const events = sumBy(plain.filter(wanted), (cell) => cell.month, windowDays);
  return [...loads]
    .filter(([month]) => hasWholeWindow(month, windowDays, firstDay))
    .map(([month, { people, load }]) => ({
      month,
      people,
      perPerson: people < leastPeople || isWithheld(events.get(month)?.load ?? 0) ? null : load / people,
    }));
}
