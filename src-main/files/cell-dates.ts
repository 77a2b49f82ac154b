import { dayOfCivil, daysInMonth, summerTimeOf } from '#shared/domain/dates.ts';
import { type CellOut, type CellStatus, cellStatus } from './cell-status.ts';
import { trimEnd, trimStart } from './cells.ts';

/** How dates are written: ISO only (canonical files), or by a mapping, day first or month first. */
export const dateOrders = ['iso', 'dmy', 'mdy'] as const;
export type DateOrder = (typeof dateOrders)[number];

const firstYear = 1900;
const lastYear = 2100;
const yearCount = lastYear - firstYear + 1;
const secondsPerDay = 86_400;
const secondsPerHour = 3_600;

/** Results of the private readers below that are no day number. */
const notADay = -1_000_000_000;
const twoDigitYear = -1_000_000_001;

const monthStart = new Int32Array(yearCount * 12);
const monthLength = new Uint8Array(yearCount * 12);
const summerFrom = new Float64Array(yearCount);
const summerTo = new Float64Array(yearCount);
for (let index = 0; index < yearCount * 12; index += 1) {
  const year = firstYear + Math.floor(index / 12);
  const month = (index % 12) + 1;
  monthStart[index] = dayOfCivil(year, month, 1);
  monthLength[index] = daysInMonth(year, month);
  const { from, to } = summerTimeOf(year);
  summerFrom[year - firstYear] = from;
  summerTo[year - firstYear] = to;
}

const monthNames = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

function dayNumberOf(year: number, month: number, day: number): number {
  if (year < firstYear || year > lastYear || month < 1 || month > 12 || day < 1) return notADay;
  const index = (year - firstYear) * 12 + month - 1;
  return day > (monthLength[index] as number) ? notADay : (monthStart[index] as number) + day - 1;
}

/** Value of `count` digits, or −1 where one of them is no digit. */
function digitsAt(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index += 1) {
    const digit = (bytes[index] as number) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function countDigits(bytes: Uint8Array, at: number, end: number): number {
  let to = at;
  while (to < end && (bytes[to] as number) >= 48 && (bytes[to] as number) <= 57) to += 1;
  return to - at;
}

function isLetter(byte: number): boolean {
  return (byte | 32) >= 97 && (byte | 32) <= 122;
}

/** 1 to 12 for `Mar`, `march`, `SEPT`; 0 for any other word. */
function monthOfWord(bytes: Uint8Array, start: number, end: number): number {
  if (end - start < 3 || end - start > 9) return 0;
  let word = '';
  for (let at = start; at < end; at += 1) word += String.fromCharCode((bytes[at] as number) | 32);
  if (word === 'sept') return 9;
  return monthNames.findIndex((name) => name === word || name.slice(0, 3) === word) + 1;
}

/**
 * Reads the dates and times of one column. Years 1900 to 2100. ISO dates are read whatever the order; `31/03/2026`,
 * `31-3-2026`, `31.03.2026` and, day first, `31-Mar-2026`, `31 March 2026` only by an order that a mapping gives.
 */
export class DateReader {
  readonly #mapped: boolean;
  readonly #dayFirst: boolean;
  /** Behind what was read last. */
  #at = 0;
  /** Of the date read last. */
  #year = 0;

  constructor(order: DateOrder) {
    this.#mapped = order !== 'iso';
    this.#dayFirst = order === 'dmy';
  }

  /** A date; leaves its day number. In a mapped column a midnight behind the date, as spreadsheets write it, is passed over. */
  date(bytes: Uint8Array, cellStart: number, cellEnd: number, out: CellOut): CellStatus {
    const start = trimStart(bytes, cellStart, cellEnd);
    const end = trimEnd(bytes, start, cellEnd);
    if (start === end) return cellStatus.empty;
    const day = this.#day(bytes, start, end);
    if (day <= notADay) return day === twoDigitYear ? cellStatus.ambiguousDate : cellStatus.badDate;
    if (this.#at < end && !(this.#mapped && this.#clock(bytes, end) === 0 && this.#at === end)) {
      return cellStatus.badDate;
    }
    out[0] = day;
    return cellStatus.ok;
  }

  /**
   * A date and a time, `2026-03-31T14:05[:06[.123]]` with a `T` or a space, and `Z`, ±hh:mm, ±hhmm or ±hh; local
   * Europe/London without an offset; a date alone is its local midnight. Leaves UTC epoch seconds, fractions dropped, and
   * the local day number. Local time before 28 October 1968 is taken as an hour ahead of UTC throughout.
   */
  time(bytes: Uint8Array, cellStart: number, cellEnd: number, out: CellOut): CellStatus {
    const start = trimStart(bytes, cellStart, cellEnd);
    const end = trimEnd(bytes, start, cellEnd);
    if (start === end) return cellStatus.empty;
    const day = this.#day(bytes, start, end);
    if (day <= notADay) return day === twoDigitYear ? cellStatus.ambiguousDate : cellStatus.badDate;
    const clock = this.#at === end ? 0 : this.#clock(bytes, end);
    if (clock < 0) return cellStatus.badDate;
    const wall = day * secondsPerDay + clock;
    const from = summerFrom[this.#year - firstYear] as number;
    const to = summerTo[this.#year - firstYear] as number;
    if (this.#at === end) {
      const asSummer = wall - secondsPerHour;
      out[0] = asSummer >= from && asSummer < to ? asSummer : wall;
      out[1] = day;
      const skipped = wall >= from && wall < from + secondsPerHour;
      const repeated = wall >= to && wall < to + secondsPerHour;
      return skipped || repeated ? cellStatus.clockChange : cellStatus.ok;
    }
    const offset = this.#offset(bytes, end);
    if (offset <= notADay) return cellStatus.badDate;
    const utc = wall - offset;
    out[0] = utc;
    // Summer time never lies within a day of the turn of the year (the winters of 1968 to 1971 are unbounded below), so
    // the written year decides even where the offset moves the moment into the next.
    out[1] = Math.floor((utc + (utc >= from && utc < to ? secondsPerHour : 0)) / secondsPerDay);
    return cellStatus.ok;
  }

  #day(bytes: Uint8Array, start: number, end: number): number {
    if (end - start >= 10 && bytes[start + 4] === 45 && bytes[start + 7] === 45) {
      const year = digitsAt(bytes, start, 4);
      const month = digitsAt(bytes, start + 5, 2);
      const day = digitsAt(bytes, start + 8, 2);
      this.#at = start + 10;
      this.#year = year;
      return dayNumberOf(year, month, day);
    }
    return this.#mapped ? this.#mappedDay(bytes, start, end) : notADay;
  }

  #mappedDay(bytes: Uint8Array, start: number, end: number): number {
    const firstLength = countDigits(bytes, start, end);
    if (firstLength < 1 || firstLength > 2) return notADay;
    let at = start + firstLength;
    const separator = at < end ? (bytes[at] as number) : 0;
    if (separator !== 47 && separator !== 45 && separator !== 46 && separator !== 32) return notADay;
    at += 1;
    const first = digitsAt(bytes, start, firstLength);
    const secondStart = at;
    const secondLength = countDigits(bytes, at, end);
    let second: number;
    if (secondLength > 0) {
      if (secondLength > 2) return notADay;
      second = digitsAt(bytes, at, secondLength);
      at += secondLength;
    } else {
      if (!this.#dayFirst) return notADay;
      while (at < end && isLetter(bytes[at] as number)) at += 1;
      second = monthOfWord(bytes, secondStart, at);
    }
    if (at >= end || bytes[at] !== separator) return notADay;
    at += 1;
    const yearLength = countDigits(bytes, at, end);
    if (yearLength === 2) return twoDigitYear;
    if (yearLength !== 4) return notADay;
    this.#year = digitsAt(bytes, at, 4);
    this.#at = at + 4;
    return this.#dayFirst ? dayNumberOf(this.#year, second, first) : dayNumberOf(this.#year, first, second);
  }

  /** Seconds since midnight of the time behind the date, or −1. Reads up to an offset or the end. */
  #clock(bytes: Uint8Array, end: number): number {
    let at = this.#at;
    if (bytes[at] !== 84 && bytes[at] !== 32) return -1;
    at += 1;
    while (this.#mapped && at < end && bytes[at] === 32) at += 1;
    const hourLength = this.#mapped ? countDigits(bytes, at, Math.min(at + 2, end)) : 2;
    if (hourLength === 0 || end - at < hourLength + 3 || bytes[at + hourLength] !== 58) return -1;
    const hour = digitsAt(bytes, at, hourLength);
    at += hourLength + 1;
    const minute = digitsAt(bytes, at, 2);
    at += 2;
    let second = 0;
    if (at < end && bytes[at] === 58) {
      if (end - at < 3) return -1;
      second = digitsAt(bytes, at + 1, 2);
      at += 3;
      if (at < end && (bytes[at] === 46 || bytes[at] === 44)) {
        const fractionLength = countDigits(bytes, at + 1, end);
        if (fractionLength < 1 || fractionLength > 9) return -1;
        at += 1 + fractionLength;
      }
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1;
    this.#at = at;
    return hour * secondsPerHour + minute * 60 + second;
  }

  /** Seconds ahead of UTC, where an offset and nothing else is left of the cell. */
  #offset(bytes: Uint8Array, end: number): number {
    const at = this.#at;
    const sign = bytes[at] as number;
    const length = end - at;
    if (length === 1) return sign === 90 || sign === 122 ? 0 : notADay;
    if (sign !== 43 && sign !== 45) return notADay;
    const colon = length === 6 && bytes[at + 3] === 58;
    if (length !== 3 && length !== 5 && !colon) return notADay;
    const hours = digitsAt(bytes, at + 1, 2);
    const minutes = length === 3 ? 0 : digitsAt(bytes, end - 2, 2);
    if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return notADay;
    const seconds = hours * secondsPerHour + minutes * 60;
    return sign === 43 ? seconds : -seconds;
  }
}
