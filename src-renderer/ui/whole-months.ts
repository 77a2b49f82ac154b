import { dayOfIso, lastDayOfMonth, monthIndexOfIso } from '#shared/domain/dates.ts';

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
