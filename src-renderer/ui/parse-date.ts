import { dayOfCivil, dayOfIso, daysInMonth, isoOfDay } from '#shared/domain/dates.ts';

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;

/** The ISO date of `31 Mar 2026`, `31/3/2026` or `2026-03-31` as typed; null where it is none. */
export function parseDate(typed: string): string | null {
  const text = typed.trim().toLowerCase();
  if (dayOfIso(text) !== null) return text;
  const parts = /^(\d{1,2})[\s/.-]+([a-z]+|\d{1,2})[\s/.-]+(\d{4})$/.exec(text);
  if (!parts) return null;
  const day = Number(parts[1]);
  const year = Number(parts[3]);
  const word = parts[2] ?? '';
  const month = /^\d/.test(word)
    ? Number(word)
    : word.length < 3
      ? 0
      : monthNames.indexOf(word.slice(0, 3) as (typeof monthNames)[number]) + 1;
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return isoOfDay(dayOfCivil(year, month, day));
}
