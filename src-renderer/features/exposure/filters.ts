import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { createMemory } from '../../bridge/memory.ts';

export const windowsDays = [28, 90, 180, 365] as const;
export type WindowDays = (typeof windowsDays)[number];

export type Filters = {
  /** Null: the latest day that the vault holds. */
  readonly asOf: string | null;
  readonly windowDays: WindowDays;
  readonly scheme: string;
};

export const filtersMemory = createMemory<Filters>({ asOf: null, windowDays: 90, scheme: 'count-v1' });

/** What the tabs are given once the latest day is known. */
export type Question = {
  readonly asOf: string;
  readonly windowDays: WindowDays;
  readonly scheme: string;
  readonly firstDay: string;
};

/** The half-life is that of the scheme. */
export function loadSpec(question: Question, options: { readonly rows?: boolean; readonly daysEarlier?: number } = {}) {
  const day = dayOfIso(question.asOf) ?? 0;
  return {
    asOf: isoOfDay(day - (options.daysEarlier ?? 0)),
    windows: [...windowsDays],
    scheme: question.scheme,
    rows: options.rows ?? false,
  };
}

/** `2023-04` moved by whole months. */
export function addMonths(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number);
  const index = (year ?? 0) * 12 + (number ?? 1) - 1 + by;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The later of two months or days as text. */
export function laterMonth(left: string, right: string): string {
  return left < right ? right : left;
}

/** Months of a series: at most three years, and none before the first day of data. */
export function seriesSpec(question: Question, scheme: string = question.scheme) {
  const threeYears = addMonths(question.asOf.slice(0, 7), -35);
  const first = question.firstDay.slice(0, 7);
  return {
    from: laterMonth(threeYears, first),
    to: question.asOf,
    windows: [...windowsDays],
    scheme,
    rows: false,
  };
}

export type TrendBy = 'force' | 'unit' | 'role';

/** Run charts and funnel of the same months as the series; counts are charted as counts, whatever the scheme. */
export function trendSpec(question: Question, by: TrendBy, category: string | null) {
  const { from } = seriesSpec(question);
  return { from, to: question.asOf, by, category, scheme: 'count-v1' };
}
