import { dayOfCivil, dayOfIso, daysInMonth, isoOfDay } from '#shared/domain/dates.ts';

export type DateOrder = 'iso' | 'dmy' | 'mdy' | 'ymd';

export type DateReading = {
  /** ISO date, or null where the text is no date in that order. */
  readonly iso: string | null;
  /** Whether day-first and month-first both read it, as different days. */
  readonly ambiguous: boolean;
};

function numeric(first: number, second: number, year: number, order: 'dmy' | 'mdy'): string | null {
  const [day, month] = order === 'dmy' ? [first, second] : [second, first];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return isoOfDay(dayOfCivil(year, month, day));
}

/** How a date at the head of a cell would be read; what follows it (a time) is left aside. */
export function readDate(cell: string, order: DateOrder): DateReading {
  const text = cell.trim();
  const iso = /^\d{4}-\d{2}-\d{2}/.exec(text)?.[0];
  if (iso !== undefined) return { iso: dayOfIso(iso) === null ? null : iso, ambiguous: false };
  const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)/.exec(text);
  if (!parts || order === 'iso' || order === 'ymd') return { iso: null, ambiguous: false };
  const [first, second, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const dayFirst = numeric(first, second, year, 'dmy');
  const monthFirst = numeric(first, second, year, 'mdy');
  return {
    iso: order === 'dmy' ? dayFirst : monthFirst,
    ambiguous: dayFirst !== null && monthFirst !== null && dayFirst !== monthFirst,
  };
}
