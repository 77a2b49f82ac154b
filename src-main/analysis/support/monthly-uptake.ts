import { civilOfDay, dayOfIso, monthOfDay } from '#shared/domain/dates.ts';
import type { StaffMember } from '../absence/staff-timeline.ts';
import { type Course, firstStarted, type StartedCourse } from './courses.ts';
import { tookUp } from './missed.ts';

export type MonthOfOffers = {
  readonly month: string;
  readonly firstDay: number;
  readonly lastDay: number;
  /** The first course of each person that started in the month. */
  readonly started: readonly StartedCourse[];
  readonly took: number;
};

/** Whole months between two days whose offers have all been followed long enough. */
export function monthsBetween(
  fromDay: number,
  toDay: number,
): { readonly month: string; readonly firstDay: number; readonly lastDay: number }[] {
  const months: { month: string; firstDay: number; lastDay: number }[] = [];
  for (let firstDay = firstOfMonth(fromDay); ; ) {
    const next = firstOfMonth(firstDay + 1);
    if (next - 1 > toDay) return months;
    months.push({ month: monthOfDay(firstDay), firstDay, lastDay: next - 1 });
    firstDay = next;
  }
}

/** The first of a month on or after a day. */
export function firstOfMonth(day: number): number {
  const { year, month, day: ofMonth } = civilOfDay(day);
  if (ofMonth === 1) return day;
  const next = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
  return dayOfIso(next) ?? day;
}

/** People offered a service in each month, and those of them who took it up in time. */
export function monthlyUptake(
  courses: readonly Course[],
  members: readonly StaffMember[],
  period: { readonly fromDay: number; readonly toDay: number; readonly withinDays: number },
): MonthOfOffers[] {
  return monthsBetween(period.fromDay, period.toDay).map((month) => {
    const started = firstStarted(courses, members, month.firstDay, month.lastDay);
    const took = started.filter((course) => tookUp(course, period.withinDays)).length;
    return { ...month, started, took };
  });
}
