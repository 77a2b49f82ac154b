import { its } from '#main/stats/procedures/its/its.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { numbers, runOn, tableOf } from '../absence/model-table.ts';
import type { StaffMember } from '../absence/staff-timeline.ts';
import { type Compared, comparedWith } from './compared.ts';
import { maySplit } from './counts.ts';
import type { Course } from './courses.ts';
import { type Effect, effectOf } from './effect.ts';
import { firstOfMonth, type MonthOfOffers, monthlyUptake } from './monthly-uptake.ts';
import type { ChangeSpec } from './spec.ts';

export type ChangeMonth = {
  readonly month: string;
  readonly after: boolean;
  /** Share who took an offer up, 0–1; null where few were offered it, took it up or did not. */
  readonly share: number | null;
  readonly fitted: number | null;
  /** What the months before lead one to expect, from the change on, with its interval. */
  readonly expected: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

/** How uptake moved when the offer changed: a description, and not what the change did. */
export type ChangeInOffer = {
  readonly service: string;
  readonly on: string;
  /** First whole month under the changed offer. */
  readonly firstMonth: string;
  readonly withinDays: number;
  readonly months: readonly ChangeMonth[];
  readonly series: {
    readonly monthsBefore: number;
    readonly monthsAfter: number;
    /** In shares: at once, by month, and in the last month against what was expected. */
    readonly level: Effect | null;
    readonly trend: Effect | null;
    readonly last: Effect;
    readonly warnings: readonly string[];
    readonly r: string;
  } | null;
  /** Why there is no series; null where there is. */
  readonly seriesOmitted: string | null;
  readonly compared: Compared | null;
  readonly comparedOmitted: string | null;
};

const fewestMonths = 4;

export type ChangeInput = {
  readonly courses: readonly Course[];
  readonly members: readonly StaffMember[];
  readonly change: ChangeSpec;
  readonly fromDay: number;
  readonly toDay: number;
  readonly untilDay: number;
  readonly minimum: number;
};

/** Uptake by month before and after a change: an interrupted time series, and against what the change did not touch. */
export function changeInOffer(input: ChangeInput): ChangeInOffer {
  const { courses, members, change, minimum } = input;
  const { withinDays, service } = change;
  const startDay = firstOfMonth(dayOfIso(change.on) ?? 0);
  const firstMonth = isoOfDay(startDay).slice(0, 7);
  const toDay = Math.min(input.toDay, input.untilDay - withinDays);
  const period = { fromDay: input.fromDay, toDay, withinDays };
  const changedIn = isoOfDay(dayOfIso(change.on) ?? 0).slice(0, 7);
  // A month in which the offer changed is neither before nor after.
  const clean = ({ month }: MonthOfOffers): boolean => month >= firstMonth || month < changedIn;
  const monthsOf = (name: string): MonthOfOffers[] =>
    monthlyUptake(
      courses.filter((course) => course.service === name),
      members,
      period,
    ).filter(clean);
  const months = monthsOf(service);
  const series = seriesOf(months, firstMonth, minimum);
  const found = 'omitted' in series ? null : series;
  const compared =
    change.comparison === null ? null : comparedWith({ change, months, monthsOf, members, firstMonth, minimum });
  return {
    service,
    on: change.on,
    firstMonth,
    withinDays,
    months: months.map((month) => monthOf(month, firstMonth, minimum, found?.lines.get(month.month))),
    series: found?.series ?? null,
    seriesOmitted: 'omitted' in series ? series.omitted : null,
    compared: compared === null || 'omitted' in compared ? null : compared,
    comparedOmitted: compared !== null && 'omitted' in compared ? compared.omitted : null,
  };
}

type Line = Pick<ChangeMonth, 'fitted' | 'expected' | 'low' | 'high'>;

function monthOf(
  { month, started, took }: MonthOfOffers,
  firstMonth: string,
  minimum: number,
  line: Line | undefined,
): ChangeMonth {
  const shown = started.length >= minimum && maySplit(took, started.length, minimum);
  return {
    month,
    after: month >= firstMonth,
    share: shown ? took / started.length : null,
    ...(line ?? { fitted: null, expected: null, low: null, high: null }),
  };
}

type Term = { readonly term: string } & Effect;
type Expected = {
  readonly time: number;
  readonly fitted: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
};

/** A straight line before, and another after, with errors that follow one another (AR(1), REML), over months with enough offers. */
function seriesOf(
  months: readonly MonthOfOffers[],
  firstMonth: string,
  minimum: number,
):
  | { readonly omitted: string }
  | { readonly series: NonNullable<ChangeInOffer['series']>; readonly lines: ReadonlyMap<string, Line> } {
  const used = months.filter(({ started }) => started.length >= minimum);
  const after = used.filter(({ month }) => month >= firstMonth).length;
  const before = used.length - after;
  if (Math.min(before, after) < fewestMonths) {
    return {
      omitted: `The series has ${before} months before the change and ${after} from it on with ${minimum} or more people offered the service; ${fewestMonths} of each are needed.`,
    };
  }
  const start = numberOfMonth(firstMonth);
  const table = tableOf(used.length, [
    numbers(
      'month',
      used.map(({ month }) => numberOfMonth(month)),
    ),
    numbers(
      'uptake',
      used.map(({ took, started }) => took / started.length),
    ),
  ]);
  try {
    const found = runOn(its, { y: 'uptake', time: 'month', start, errors: 'ar1' }, table, 'months.csv');
    const terms = found['terms'] as readonly Term[];
    const effects = found['effects'] as readonly Effect[];
    const fitted = found['series'] as readonly { readonly time: number; readonly fitted: number }[];
    const expected = new Map(
      (found['counterfactual'] as readonly Expected[]).map((point) => [Number(point.time), point]),
    );
    const last = effects.at(-1);
    if (!last) return { omitted: 'The series tells nothing of the months after the change.' };
    return {
      series: {
        monthsBefore: before,
        monthsAfter: after,
        level: effectOf(terms.find(({ term }) => term === 'level')),
        trend: effectOf(terms.find(({ term }) => term === 'after')),
        last: effectOf(last) ?? last,
        warnings: found.warnings,
        r: found.r,
      },
      lines: new Map(
        used.map(({ month }, at) => [month, lineOf(fitted[at]?.fitted ?? null, expected.get(numberOfMonth(month)))]),
      ),
    };
  } catch (error) {
    if (error instanceof ExpectedError) return { omitted: `The series was refused: ${error.message}` };
    throw error;
  }
}

function lineOf(fitted: number | null, point: Expected | undefined): Line {
  if (!point) return { fitted, expected: null, low: null, high: null };
  return { fitted, expected: point.expected, low: point.fitted - point.high, high: point.fitted - point.low };
}

/** Months counted from year 0, so that one that is left out leaves its gap. */
function numberOfMonth(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}
