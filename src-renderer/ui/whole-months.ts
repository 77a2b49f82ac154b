import { dayOfIso, lastDayOfMonth, monthIndexOfIso, monthOfDay } from '#shared/domain/dates.ts';

/** Data that begin later than this in a month do not stand for the month. */
const latestFirstDay = 7;

/** Whether a month (`2026-03`) lies wholly within the days of data. */
export function isWholeMonth(month: string, firstDay: string | null, lastDay: string | null): boolean {
  const index = monthIndexOfIso(month);
  if (index === null || firstDay === null || lastDay === null) return false;
  if (month < firstDay.slice(0, 7)) return false;
  if (firstDay.startsWith(month) && Number(firstDay.slice(8, 10)) > latestFirstDay) return false;
  return lastDayOfMonth(index) <= (dayOfIso(lastDay) ?? 0);
}

/** How many whole months lie between two days of data, as `isWholeMonth` counts them. */
export function wholeMonthsBetween(firstDay: string | null, lastDay: string): number {
  const end = monthIndexOfIso(lastDay);
  const begin = firstDay === null ? null : monthIndexOfIso(firstDay);
  if (firstDay === null || begin === null || end === null) return 0;
  const last = lastDayOfMonth(end) <= (dayOfIso(lastDay) ?? 0) ? end : end - 1;
  const first = Number(firstDay.slice(8, 10)) > latestFirstDay ? begin + 1 : begin;
  return Math.max(0, last - first + 1);
}

/** The whole months between two days of data (`2026-03`), oldest first, whether or not anything happened in them. */
export function wholeMonths(firstDay: string | null, lastDay: string | null): readonly string[] {
  const begin = firstDay === null ? null : monthIndexOfIso(firstDay);
  const end = lastDay === null ? null : monthIndexOfIso(lastDay);
  if (begin === null || end === null || end < begin) return [];
  return Array.from({ length: end - begin + 1 }, (_, at) => monthOfDay(lastDayOfMonth(begin + at))).filter((month) =>
    isWholeMonth(month, firstDay, lastDay),
  );
}
