import { dayOfCivil, dayOfIso, daysInMonth, isoOfDay } from '#shared/domain/dates.ts';

export type Period = { readonly from: string; readonly to: string };

/** The twelve whole months that end with the last whole month of the data. */
export function lastFullYear(latestDay: string): Period {
  const [year, month, day] = latestDay.split('-').map(Number) as [number, number, number];
  const whole = day === daysInMonth(year, month);
  const index = year * 12 + (month - 1) - (whole ? 0 : 1);
  const endYear = Math.floor(index / 12);
  const endMonth = (index % 12) + 1;
  const begin = index - 11;
  return {
    from: isoOfDay(dayOfCivil(Math.floor(begin / 12), (begin % 12) + 1, 1)),
    to: isoOfDay(dayOfCivil(endYear, endMonth, daysInMonth(endYear, endMonth))),
  };
}

export function isPeriod({ from, to }: Period): boolean {
  const first = dayOfIso(from);
  const last = dayOfIso(to);
  return first !== null && last !== null && first <= last;
}

/** Whether a period begins with the first day of a month and ends with the last day of one. */
export function isWholeMonths({ from, to }: Period): boolean {
  const [year, month, day] = to.split('-').map(Number) as [number, number, number];
  return isPeriod({ from, to }) && from.endsWith('-01') && day === daysInMonth(year, month);
}

const quartersOffered = 8;

/** Quarters of the calendar, as `2026-Q1`, that ended by the last day of the data; the newest first. */
export function lastQuarters(latestDay: string): readonly string[] {
  const [year, month, day] = latestDay.split('-').map(Number) as [number, number, number];
  const quarter = Math.ceil(month / 3);
  const isWhole = month === quarter * 3 && day === daysInMonth(year, month);
  const newest = year * 4 + quarter - (isWhole ? 1 : 2);
  return Array.from({ length: quartersOffered }, (_, at) => {
    const index = newest - at;
    return `${Math.floor(index / 4)}-Q${(index % 4) + 1}`;
  });
}

const monthsOfQuarters = ['Jan to Mar', 'Apr to Jun', 'Jul to Sep', 'Oct to Dec'];

/** `Jan to Mar 2026` for `2026-Q1`. */
export function quarterName(quarter: string): string {
  return `${monthsOfQuarters[Number(quarter.slice(6)) - 1] ?? ''} ${quarter.slice(0, 4)}`;
}
