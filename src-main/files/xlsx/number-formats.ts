import { dayOfCivil, isoOfDay } from '#shared/domain/dates.ts';

/** How a number is shown, as far as it says what the number is. */
export type NumberFormat =
  | { readonly shows: 'number' }
  /** Whole numbers filled up with zeros to `digits`, such as collar numbers. */
  | { readonly shows: 'digits'; readonly digits: number }
  /** A date, a time of day, or both; `timeOnly` where no day, month or year is shown. */
  | { readonly shows: 'date'; readonly timeOnly: boolean }
  /** Hours or minutes that run on past a day. */
  | { readonly shows: 'elapsed' };

const plain: NumberFormat = { shows: 'number' };

/** Formats that have a number and no text of their own in the file (ECMA-376 part 1, 18.8.30), those of East Asia included. */
export function builtinFormat(id: number): NumberFormat {
  if (id >= 18 && id <= 21) return { shows: 'date', timeOnly: true };
  if (id === 45 || id === 47) return { shows: 'date', timeOnly: true };
  if (id === 46) return { shows: 'elapsed' };
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) {
    return { shows: 'date', timeOnly: false };
  }
  return plain;
}

/** What a format code such as `dd/mm/yyyy hh:mm;@` shows. */
export function formatOfCode(code: string): NumberFormat {
  const first = code
    .slice(0, 1_000)
    .replace(/"[^"]*"?|\\.|_.|\*./g, '')
    .split(';', 1)[0] as string;
  if (/\[(?:h+|m+|s+)\]/i.test(first)) return { shows: 'elapsed' };
  const letters = first
    .replace(/\[[^\]]*\]/g, '')
    .replace(/general/gi, '')
    .trim();
  if (/^0{2,15}$/.test(letters)) return { shows: 'digits', digits: letters.length };
  if (!/[ymdhs]/i.test(letters)) return plain;
  return { shows: 'date', timeOnly: !/[yd]/i.test(letters) && /[hs]/i.test(letters) };
}

const secondsPerDay = 86_400;
/** 31 December 9999, beyond which Excel shows no date. */
const lastSerial = 2_958_465;
/** Excel takes 1900 for a leap year, as Lotus 1-2-3 did: serial 60 is a day that never was. */
const dayThatNeverWas = 60;
const firstDay1900 = dayOfCivil(1899, 12, 30);
const firstDay1904 = dayOfCivil(1904, 1, 1);

function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/**
 * A number shown as a date: `2026-03-31`, `2026-03-31T14:05:00` where it has a time too, rounded to the second as Excel
 * shows it; `14:05:00` where it is less than a day. Null where Excel shows none.
 */
function dateText(serial: number, is1904: boolean, timeOnly: boolean): string | null {
  if (!(serial >= 0) || serial >= lastSerial + 1) return null;
  const moment = Math.round(serial * secondsPerDay);
  const day = Math.floor(moment / secondsPerDay);
  const time = clock(moment % secondsPerDay);
  if (serial < 1 && day === 0 && (!is1904 || timeOnly)) return time;
  const behind = moment % secondsPerDay === 0 ? '' : `T${time}`;
  if (is1904) return `${isoOfDay(firstDay1904 + day)}${behind}`;
  if (day === dayThatNeverWas) return `1900-02-29${behind}`;
  return `${isoOfDay(firstDay1900 + day + (day < dayThatNeverWas ? 1 : 0))}${behind}`;
}

/** The number of a cell as text, and whether it was written as a date. */
export function numberText(
  written: string,
  format: NumberFormat,
  is1904: boolean,
): { readonly text: string; readonly isDate: boolean } {
  const value = Number(written);
  if (written.trim() === '' || !Number.isFinite(value)) return { text: written, isDate: false };
  if (format.shows === 'date') {
    const text = dateText(value, is1904, format.timeOnly);
    if (text !== null) return { text, isDate: true };
  }
  if (format.shows === 'elapsed' && value >= 0 && value < lastSerial) {
    return { text: clock(Math.round(value * secondsPerDay)), isDate: false };
  }
  const text = String(value);
  if (format.shows === 'digits' && Number.isSafeInteger(value) && value >= 0) {
    return { text: text.padStart(format.digits, '0'), isDate: false };
  }
  return { text: value === 0 ? '0' : text, isDate: false };
}

/** A cell that is a date in ISO itself; a sheet knows no time zone, so the `Z` that some programs write says nothing. */
export function isoCellText(written: string): string {
  const text = written.trim().replace(/Z$/i, '');
  return text.replace(/T00:00(?::00(?:\.0+)?)?$/, '').replace(/(:\d{2})\.0+$/, '$1');
}
