/** Parsers of cells that are ranges of UTF-8 bytes. They make no strings on the happy path. */

import { type CellOut, type CellStatus, cellStatus } from './cell-status.ts';

const zero = 48;

/** Index of the first byte that is not white space (space, tab, line breaks, no-break space), or `end`. */
export function trimStart(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const byte = bytes[at] as number;
    if (byte === 32 || (byte >= 9 && byte <= 13)) at += 1;
    else if (byte === 0xc2 && at + 1 < end && bytes[at + 1] === 0xa0) at += 2;
    else break;
  }
  return at;
}

/** Index behind the last byte that is not white space, or `start`. Call it with a start from `trimStart`. */
export function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start) {
    const byte = bytes[at - 1] as number;
    if (byte === 32 || (byte >= 9 && byte <= 13)) at -= 1;
    else if (byte === 0xa0 && at - 2 >= start && bytes[at - 2] === 0xc2) at -= 2;
    else break;
  }
  return at;
}

/** Powers of ten that are exact doubles. */
const exactPowers = Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
const plainNumber = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;

function textOf(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 1) text += String.fromCharCode(bytes[at] as number);
  return text;
}

/** Long mantissas, exponents and whatever is no number: slower, and as exact as `Number`. */
function parseUnusualNumber(bytes: Uint8Array, start: number, end: number, out: CellOut): CellStatus {
  if (end - start > 400) return cellStatus.badNumber;
  const text = textOf(bytes, start, end);
  const value = plainNumber.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) return cellStatus.badNumber;
  out[0] = value === 0 ? 0 : value;
  return cellStatus.ok;
}

/**
 * A decimal number: a sign, digits, a decimal point, an exponent; the nearest double to what is written. No thousands
 * separators, no hexadecimal, no `NaN`, nothing that overflows.
 */
export function parseNumber(bytes: Uint8Array, cellStart: number, cellEnd: number, out: CellOut): CellStatus {
  const start = trimStart(bytes, cellStart, cellEnd);
  const end = trimEnd(bytes, start, cellEnd);
  if (start === end) return cellStatus.empty;
  let at = start;
  const negative = bytes[at] === 45;
  if (negative || bytes[at] === 43) at += 1;
  const firstDigit = at;
  let mantissa = 0;
  let point = -1;
  for (; at < end; at += 1) {
    const digit = (bytes[at] as number) - zero;
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
    else if (digit === -2 && point < 0 && at > firstDigit && at + 1 < end) point = at;
    else return parseUnusualNumber(bytes, start, end, out);
  }
  const digits = end - firstDigit - (point < 0 ? 0 : 1);
  if (digits === 0 || digits > 15) return parseUnusualNumber(bytes, start, end, out);
  // Mantissa and power are exact doubles, so that the division rounds once (Clinger 1990).
  const value = point < 0 ? mantissa : mantissa / (exactPowers[end - point - 1] as number);
  out[0] = negative && value !== 0 ? -value : value;
  return cellStatus.ok;
}

/** A whole number, also written `12.0`, as programs write a column of whole numbers with gaps; within ±(2^53 − 1). */
export function parseInteger(bytes: Uint8Array, start: number, end: number, out: CellOut): CellStatus {
  const status = parseNumber(bytes, start, end, out);
  if (status === cellStatus.ok && !Number.isSafeInteger(out[0])) return cellStatus.badNumber;
  return status;
}

function flagOf(text: string): number {
  switch (text.toLowerCase()) {
    case '1':
    case 'y':
    case 'yes':
    case 'true':
      return 1;
    case '0':
    case 'n':
    case 'no':
    case 'false':
      return 0;
    default:
      return -1;
  }
}

/** 1, true, yes, y or 0, false, no, n in any case; leaves 1 or 0. */
export function parseFlag(bytes: Uint8Array, cellStart: number, cellEnd: number, out: CellOut): CellStatus {
  const start = trimStart(bytes, cellStart, cellEnd);
  const end = trimEnd(bytes, start, cellEnd);
  if (start === end) return cellStatus.empty;
  const digit = (bytes[start] as number) - zero;
  const flag = end - start === 1 && (digit === 0 || digit === 1) ? digit : flagLongerThanDigit(bytes, start, end);
  if (flag < 0) return cellStatus.badFlag;
  out[0] = flag;
  return cellStatus.ok;
}

function flagLongerThanDigit(bytes: Uint8Array, start: number, end: number): number {
  return end - start > 5 ? -1 : flagOf(textOf(bytes, start, end));
}
