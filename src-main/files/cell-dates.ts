import { dayOfCivil, daysInMonth, summerTimeOf } from '#shared/domain/dates.ts';
import { type CellOut, type CellStatus, cellStatus } from './cell-status.ts';
import { trimEnd, trimStart } from './cells.ts';

/** How dates are written: ISO only (canonical files), or by a mapping, day first, month first or year first. */
export const dateOrders = ['iso', 'dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof dateOrders)[number];

/** What a time without an offset is in. */
export type ClockZone = 'Europe/London' | 'UTC';

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

/** A slash, hyphen, full stop or space between the parts of a date. */
function isSeparator(byte: number): boolean {
  return byte === 47 || byte === 45 || byte === 46 || byte === 32;
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

function isPm(byte: number): boolean {
  return (byte | 32) === 112;
}

/**
 * Reads the dates and times of one column. Years 1900 to 2100. ISO dates are read whatever the order; only by an order that
 * a mapping gives `31/03/2026`, `31-3-2026`, `31.03.2026`, and by any of them what cannot be misread: `31-Mar-2026`,
 * `31 March 2026`, `Mar 31 2026`, `2026/03/31`, `20260331`, `20260331140500`. A mapped time may end in AM or PM.
 */
export class DateReader {
  readonly #mapped: boolean;
  readonly #dayFirst: boolean;
  readonly #utc: boolean;
  /** Behind what was read last. */
  #at = 0;
  /** Of the date read last. */
  #year = 0;

  constructor(order: DateOrder, zone: ClockZone = 'Europe/London') {
    this.#mapped = order !== 'iso';
    this.#dayFirst = order !== 'mdy';
    this.#utc = zone === 'UTC';
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
    if (this.#at === end && this.#utc) {
      out[0] = wall;
      out[1] = Math.floor((wall + (wall >= from && wall < to ? secondsPerHour : 0)) / secondsPerDay);
      return cellStatus.ok;
    }
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
    if (isLetter(bytes[start] as number)) return this.#wordFirst(bytes, start, end);
    const firstLength = countDigits(bytes, start, end);
    if (firstLength === 8 || firstLength === 12 || firstLength === 14) return this.#compact(bytes, start);
    if (firstLength === 4) return this.#yearFirst(bytes, start, end);
    if (firstLength < 1 || firstLength > 2) return notADay;
    let at = start + firstLength;
    const separator = at < end ? (bytes[at] as number) : 0;
    if (!isSeparator(separator)) return notADay;
    at += 1;
    const first = digitsAt(bytes, start, firstLength);
    const secondStart = at;
    const secondLength = countDigits(bytes, at, end);
    let second: number;
    let dayFirst = this.#dayFirst;
    if (secondLength > 0) {
      if (secondLength > 2) return notADay;
      second = digitsAt(bytes, at, secondLength);
      at += secondLength;
    } else {
      while (at < end && isLetter(bytes[at] as number)) at += 1;
      second = monthOfWord(bytes, secondStart, at);
      dayFirst = true;
    }
    if (at >= end || bytes[at] !== separator) return notADay;
    at += 1;
    const yearLength = countDigits(bytes, at, end);
    if (yearLength === 2) return twoDigitYear;
    if (yearLength !== 4) return notADay;
    this.#year = digitsAt(bytes, at, 4);
    this.#at = at + 4;
    return dayFirst ? dayNumberOf(this.#year, second, first) : dayNumberOf(this.#year, first, second);
  }

  /** `20260331`, with or without a time behind it. */
  #compact(bytes: Uint8Array, start: number): number {
    this.#year = digitsAt(bytes, start, 4);
    this.#at = start + 8;
    return dayNumberOf(this.#year, digitsAt(bytes, start + 4, 2), digitsAt(bytes, start + 6, 2));
  }

  /** `2026/3/31`. */
  #yearFirst(bytes: Uint8Array, start: number, end: number): number {
    const separator = start + 4 < end ? (bytes[start + 4] as number) : 0;
    const monthLength = countDigits(bytes, start + 5, end);
    if (!isSeparator(separator) || monthLength < 1 || monthLength > 2) return notADay;
    const at = start + 5 + monthLength;
    if (at >= end || bytes[at] !== separator) return notADay;
    const dayLength = countDigits(bytes, at + 1, end);
    if (dayLength < 1 || dayLength > 2) return notADay;
    this.#year = digitsAt(bytes, start, 4);
    this.#at = at + 1 + dayLength;
    return dayNumberOf(this.#year, digitsAt(bytes, start + 5, monthLength), digitsAt(bytes, at + 1, dayLength));
  }

  /** `Mar 31 2026`, `March 31, 2026`, `Mar  1 2026 2:05PM`. */
  #wordFirst(bytes: Uint8Array, start: number, end: number): number {
    let at = start;
    while (at < end && isLetter(bytes[at] as number)) at += 1;
    const month = monthOfWord(bytes, start, at);
    while (at < end && isSeparator(bytes[at] as number)) at += 1;
    const dayLength = countDigits(bytes, at, end);
    if (month === 0 || dayLength < 1 || dayLength > 2) return notADay;
    const day = digitsAt(bytes, at, dayLength);
    at += dayLength;
    if (at < end && bytes[at] === 44) at += 1;
    while (at < end && isSeparator(bytes[at] as number)) at += 1;
    if (countDigits(bytes, at, end) !== 4) return notADay;
    this.#year = digitsAt(bytes, at, 4);
    this.#at = at + 4;
    return dayNumberOf(this.#year, month, day);
  }

  /** Seconds since midnight of the time behind the date, or −1. Reads up to an offset or the end. */
  #clock(bytes: Uint8Array, end: number): number {
    let at = this.#at;
    if (this.#mapped && countDigits(bytes, at, end) > 0) return this.#compactClock(bytes, end);
    if (bytes[at] !== 84 && bytes[at] !== 32) return -1;
    at += 1;
    while (this.#mapped && at < end && bytes[at] === 32) at += 1;
    const hourLength = this.#mapped ? countDigits(bytes, at, Math.min(at + 2, end)) : 2;
    if (hourLength === 0 || end - at < hourLength + 3 || bytes[at + hourLength] !== 58) return -1;
    let hour = digitsAt(bytes, at, hourLength);
    at += hourLength + 1;
    const minute = digitsAt(bytes, at, 2);
    at += 2;
    let second = 0;
    if (at < end && bytes[at] === 58) {
      if (end - at < 3) return -1;
      second = digitsAt(bytes, at + 1, 2);
      at += 3;
      // SQL Server writes 02:05:06:123PM.
      const fraction = at < end ? (bytes[at] as number) : 0;
      if (fraction === 46 || fraction === 44 || (this.#mapped && fraction === 58)) {
        const fractionLength = countDigits(bytes, at + 1, end);
        if (fractionLength < 1 || fractionLength > 9) return -1;
        at += 1 + fractionLength;
      }
    }
    if (this.#mapped && at < end) {
      const half = bytes[at] === 32 ? at + 1 : at;
      if (end - half >= 2 && ((bytes[half + 1] as number) | 32) === 109) {
        const pm = isPm(bytes[half] as number);
        if ((!pm && ((bytes[half] as number) | 32) !== 97) || hour < 1 || hour > 12) return -1;
        hour = (hour % 12) + (pm ? 12 : 0);
        at = half + 2;
      }
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1;
    this.#at = at;
    return hour * secondsPerHour + minute * 60 + second;
  }

  /** `1405` or `140506` straight behind the date. */
  #compactClock(bytes: Uint8Array, end: number): number {
    const length = countDigits(bytes, this.#at, end);
    if (length !== 4 && length !== 6) return -1;
    const hour = digitsAt(bytes, this.#at, 2);
    const minute = digitsAt(bytes, this.#at + 2, 2);
    const second = length === 6 ? digitsAt(bytes, this.#at + 4, 2) : 0;
    if (hour > 23 || minute > 59 || second > 59) return -1;
    this.#at += length;
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
