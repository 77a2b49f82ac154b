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
