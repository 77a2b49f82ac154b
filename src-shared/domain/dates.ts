/**
 * Calendar arithmetic without a time-zone library: days are whole numbers since 1 January 1970 (proleptic Gregorian),
 * times are UTC epoch seconds, local means Europe/London.
 */

const secondsPerDay = 86_400;

/** Day number of a civil date; the month is 1 to 12. Howard Hinnant, "chrono-compatible low-level date algorithms" (2013). */
export function dayOfCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export type CivilDate = { readonly year: number; readonly month: number; readonly day: number };

/** Civil date of a day number; the inverse of `dayOfCivil`. */
export function civilOfDay(dayNumber: number): CivilDate {
  const z = dayNumber + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthIndex = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * monthIndex + 2) / 5) + 1 };
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** Number of days in a month; 0 for a month that does not exist. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (monthLengths[month - 1] ?? 0);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/** `2026-03-31` for a day number. */
export function isoOfDay(dayNumber: number): string {
  const { year, month, day } = civilOfDay(dayNumber);
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
}

/** `2026-03` for a day number. */
export function monthOfDay(dayNumber: number): string {
  return isoOfDay(dayNumber).slice(0, 7);
}

/** Day number of `2026-03-31`, or null when the text is not a date that exists. */
export function dayOfIso(text: string): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return null;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const day = Number(match[3]);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null;
  return dayOfCivil(year, month, day);
}

/** Monday of the week of a local day. */
export function mondayOf(day: number): number {
  // 1 January 1970 was a Thursday.
  return day - ((((day + 3) % 7) + 7) % 7);
}

/** Month index (year × 12 + month − 1) of `2026-03` or `2026-03-31`, or null. */
export function monthIndexOfIso(text: string): number | null {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text);
  if (!match) return null;
  const month = Number(match[2]);
  if (month < 1 || month > 12) return null;
  if (match[3] !== undefined && dayOfIso(text) === null) return null;
  return Number(match[1]) * 12 + month - 1;
}

/** Day number of the last day of a month index. */
export function lastDayOfMonth(monthIndex: number): number {
  const year = Math.floor(monthIndex / 12);
  const month = monthIndex - year * 12 + 1;
  return dayOfCivil(year, month, daysInMonth(year, month));
}

/** The Sunday on or before a day number. 1 January 1970 was a Thursday. */
function sundayOnOrBefore(dayNumber: number): number {
  return dayNumber - ((((dayNumber + 4) % 7) + 7) % 7);
}

/** The latest day of October on which summer time could end in a year since 1972. */
function lastOctoberDayToEnd(year: number): number {
  if (year <= 1989) return 29;
  return year <= 1995 ? 28 : 31;
}

type SummerTime = { readonly from: number; readonly to: number };
const summerTimes = new Map<number, SummerTime>();

/**
 * Start and end of British Summer Time in UTC epoch seconds. Rules as in the IANA time zone database (`europe`, GB-Eire
 * and EU rules): 1972–1980 third Sunday of March at 02:00, 1981 on last Sunday of March at 01:00; end on the Sunday of
 * 23–29 October until 1989, of 22–28 October until 1995, the last Sunday of October since. 1968–1971 kept summer time all
 * year.
 */
export function summerTimeOf(year: number): SummerTime {
  const known = summerTimes.get(year);
  if (known) return known;
  let from: number;
  let to: number;
  if (year < 1972) {
    from = Number.NEGATIVE_INFINITY;
    to = dayOfCivil(1971, 10, 31) * secondsPerDay + 2 * 3_600;
  } else {
    const startHour = year <= 1980 ? 2 : 1;
    const startSunday = sundayOnOrBefore(dayOfCivil(year, 3, year <= 1980 ? 22 : 31));
    const endSunday = sundayOnOrBefore(dayOfCivil(year, 10, lastOctoberDayToEnd(year)));
    from = startSunday * secondsPerDay + startHour * 3_600;
    to = endSunday * secondsPerDay + startHour * 3_600;
  }
  const found = { from, to };
  summerTimes.set(year, found);
  return found;
}

/** The mean Gregorian year. The year that it gives is wrong by one at New Year alone, when the clocks are back in both years. */
const secondsPerYear = 365.2425 * secondsPerDay;

/** Seconds that Europe/London is ahead of UTC at a UTC epoch second: 0 or 3600. Valid from 28 October 1968. */
export function londonOffsetSeconds(epochSeconds: number): number {
  const { from, to } = summerTimeOf(1970 + Math.floor(epochSeconds / secondsPerYear));
  return epochSeconds >= from && epochSeconds < to ? 3_600 : 0;
}

/** Local (Europe/London) day number of a UTC epoch second. */
export function londonDay(epochSeconds: number): number {
  return Math.floor((epochSeconds + londonOffsetSeconds(epochSeconds)) / secondsPerDay);
}

/**
 * UTC epoch seconds of a local wall-clock second (seconds since 1970 as if London were UTC). An hour that the clocks skip
 * is read with the offset before the change, an hour that they repeat as its first occurrence (what `Temporal` calls
 * "compatible").
 */
export function utcOfLondon(localSeconds: number): number {
  const asSummer = localSeconds - 3_600;
  if (londonOffsetSeconds(asSummer) === 3_600) return asSummer;
  return localSeconds;
}

/** `2026-03-31T14:05:00Z` for UTC epoch seconds. */
export function isoOfEpoch(epochSeconds: number): string {
  const day = Math.floor(epochSeconds / secondsPerDay);
  const rest = epochSeconds - day * secondsPerDay;
  return `${isoOfDay(day)}T${pad(Math.floor(rest / 3_600), 2)}:${pad(Math.floor(rest / 60) % 60, 2)}:${pad(rest % 60, 2)}Z`;
}
