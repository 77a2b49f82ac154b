import { competingRisks } from '#main/stats/procedures/competing-risks/competing-risks.ts';
import { categories, numbers, runOn, tableOf } from '../absence/model-table.ts';
import type { StaffMember } from '../absence/staff-timeline.ts';
import { isEnough, maySplit } from './counts.ts';
import type { StartedCourse } from './courses.ts';
import { type DayCounts, daysToShow } from './days-to-show.ts';

/** Days from the offer or referral at which the share contacted is given. */
export const waitDays = [7, 14, 28] as const;

/** One person's wait: 1 contacted, 2 left the force first, 0 still waiting on the last day known. */
export type Wait = { readonly member: number; readonly days: number; readonly status: 0 | 1 | 2 };

export type WaitPoint = {
  readonly day: number;
  /** Share contacted by the day, 0–1; null where a small number would follow from it. */
  readonly contacted: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

export type TimeToContact = {
  readonly people: number;
  /** First day by which half have been contacted, with its interval; null where it is not reached. */
  readonly medianDays: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** At 7, 14 and 28 days. */
  readonly marks: readonly WaitPoint[];
  /** The curve, at the days between which enough people were contacted. */
  readonly curve: readonly WaitPoint[];
  /** Share who left the force before anybody had contacted them, by the last day followed; null where few. */
  readonly left: { readonly share: number; readonly byDay: number } | null;
  readonly tests: readonly GrayOfGrouping[];
  readonly r: string;
};

export type GrayOfGrouping = {
  readonly by: string;
  readonly groups: readonly string[];
  readonly statistic: number | null;
  readonly df: number;
  readonly p: number | null;
};

type CurvePoint = {
  readonly time: number;
  readonly incidence: number | null;
  readonly low: number | null;
  readonly high: number | null;
};
type Curve = { readonly cause: number; readonly points: readonly CurvePoint[] };

/** Leaving the force ends the chance of being contacted; who declined, or is still waiting, stays at risk. */
export function waitsOf(
  started: readonly StartedCourse[],
  members: readonly StaffMember[],
  untilDay: number,
): readonly Wait[] {
  return started.map(({ member, startDay, contactDay }) => {
    const leaves = members[member]?.serviceEnd ?? null;
    if (contactDay !== null && contactDay <= untilDay && (leaves === null || contactDay <= leaves)) {
      return { member, days: contactDay - startDay, status: 1 };
    }
    if (leaves !== null && leaves < untilDay) return { member, days: leaves - startDay, status: 2 };
    return { member, days: untilDay - startDay, status: 0 };
  });
}

/**
 * Time to the first contact by Aalen and Johansen, with leaving the force as the competing risk. Everything is given only at days
 * from which no small number of people follows.
 * @returns null where too few people started, or too few of them were contacted
 */
export function timeToContact(
  waits: readonly Wait[],
  minimum: number,
  groupings: readonly { readonly by: string; readonly groupOf: (place: number) => string | null }[],
): TimeToContact | null {
  const contacted = waits.filter(({ status }) => status === 1).length;
  if (waits.length < minimum || contacted < minimum) return null;
  const found = incidenceOf(waits);
  const curve = found.curves.find(({ cause }) => cause === 1)?.points ?? [];
  const at = (day: number): CurvePoint | undefined => curve.findLast(({ time }) => time <= day);
  const counts: DayCounts = {
    contactedBy: (day) => waits.filter(({ days, status }) => status === 1 && days <= day).length,
    atRiskOn: (day) => waits.filter(({ days }) => days >= day).length,
    people: waits.length,
  };
  const days = daysToShow(
    counts,
    [...waitDays],
    curve.map(({ time }) => time),
    minimum,
  );
  const pointAt = (day: number): WaitPoint => {
    const point = at(day);
    if (!days.has(day)) return { day, contacted: null, low: null, high: null };
    return { day, contacted: point?.incidence ?? 0, low: point?.low ?? null, high: point?.high ?? null };
  };
  return {
    people: waits.length,
    ...medianOf(curve),
    marks: waitDays.map(pointAt),
    curve: [...days].sort((a, b) => a - b).map(pointAt),
    left: leftBefore(waits, found.curves, contacted, minimum),
    tests: groupings.flatMap(({ by, groupOf }) => grayOf(waits, by, groupOf) ?? []),
    r: found.r,
  };
}

function incidenceOf(waits: readonly Wait[], groups?: readonly string[]) {
  const formula = `Surv(days, status) ~ ${groups ? 'group' : '1'}`;
  const table = tableOf(waits.length, [
    numbers(
      'days',
      waits.map(({ days }) => days),
    ),
    numbers(
      'status',
      waits.map(({ status }) => status),
    ),
    ...(groups ? [categories('group', groups)] : []),
  ]);
  const found = runOn(
    competingRisks,
    { formula, regression: false, ...(groups ? { cause: 1 } : {}) },
    table,
    'waits.csv',
  );
  return {
    curves: found['curves'] as readonly Curve[],
    test: found['test'] as Omit<GrayOfGrouping, 'by' | 'groups'> | null,
    r: found.r,
  };
}

/** The first day on which half have been contacted; its limits where those of the curve pass one half. */
function medianOf(curve: readonly CurvePoint[]): Pick<TimeToContact, 'medianDays' | 'low' | 'high'> {
  const first = (read: (point: CurvePoint) => number | null): number | null =>
    curve.find((point) => (read(point) ?? 0) >= 0.5)?.time ?? null;
  return {
    medianDays: first(({ incidence }) => incidence),
    low: first(({ high }) => high),
    high: first(({ low }) => low),
  };
}

function leftBefore(
  waits: readonly Wait[],
  curves: readonly Curve[],
  contacted: number,
  minimum: number,
): TimeToContact['left'] {
  const left = waits.filter(({ status }) => status === 2).length;
  const byDay = Math.max(...waits.map(({ days }) => days));
  const others = isEnough(waits.length - contacted - left, minimum);
  if (!maySplit(left, waits.length, minimum) || !others) return null;
  const share = left === 0 ? 0 : (curves.find(({ cause }) => cause === 2)?.points.at(-1)?.incidence ?? null);
  return share === null ? null : { share, byDay };
}

function grayOf(
  waits: readonly Wait[],
  by: string,
  groupOf: (place: number) => string | null,
): readonly GrayOfGrouping[] | null {
  const rows = waits.flatMap((wait, place) => {
    const group = groupOf(place);
    return group === null ? [] : [{ wait, group }];
  });
  const groups = [...new Set(rows.map(({ group }) => group))].sort();
  if (groups.length < 2 || !rows.some(({ wait }) => wait.status === 1)) return null;
  const { test } = incidenceOf(
    rows.map(({ wait }) => wait),
    rows.map(({ group }) => group),
  );
  return test ? [{ by, groups, statistic: test.statistic, df: test.df, p: test.p }] : null;
}
