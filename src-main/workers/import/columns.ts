import { Buffer } from 'node:buffer';
import { createPseudonymiser } from '#main/crypto/pseudonym.ts';
import { ByteInterner } from '#main/files/byte-interner.ts';
import { DateReader } from '#main/files/cell-dates.ts';
import {
  type CellOut,
  type CellStatus,
  cellStatus,
  cellStatusCodes,
  createCellOut,
  hasValue,
} from '#main/files/cell-status.ts';
import { parseFlag, parseInteger, parseNumber, trimEnd, trimStart } from '#main/files/cells.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import { civilOfDay } from '#shared/domain/dates.ts';
import { exposureCategories, notTraumatic } from '#shared/domain/exposure-categories.ts';
import type { ExtractColumn } from '#shared/domain/extract-kinds/index.ts';
import { isNullWord, isOpenEnd, mendCell } from './cell-rules.ts';
import type { ChunkBuilder } from './chunk-builder.ts';
import type { CodeBook } from './code-book.ts';

/** Reads one column of a row into its slot. Gives '' when all is well, else the code of the problem. */
export type ColumnReader = (bytes: Buffer, start: number, end: number, base: number) => string;

export type ColumnContext = {
  readonly builder: ChunkBuilder;
  readonly codeBook: CodeBook;
  readonly pseudonymKey: Uint8Array;
  readonly mapping: Mapping;
  /** Year of the import, by which years of two digits are told. */
  readonly thisYear: number;
  /** Keyed hash of a token in its own domain. */
  readonly tokenOf: (domain: string, text: string) => string;
  readonly warn: (code: string, column: string) => void;
  /** Canonical code of an instrument, however it is spelt. */
  readonly instrumentCode: (text: string) => string;
  /** Whether a required column that the mapping lacks is read as empty instead of being refused. */
  readonly partial: boolean;
};

const longestCode = 80;
const longestCodes = 400;
const longestReference = 200;
const longestText = 32_768;
const invalid = -1;
const tooLong = -2;
const nothing = -3;
const countedCategories: ReadonlySet<string> = new Set([
  ...exposureCategories.map((category) => category.code),
  notTraumatic,
]);

/** Texts of a column that repeat: each different one is understood once. */
function internedReader(
  context: ColumnContext,
  column: ExtractColumn,
  slot: number,
  understand: (text: string) => number,
  bytesLimit = longestCode,
): ColumnReader {
  const interner = new ByteInterner();
  const understood: number[] = [];
  const mapped = context.mapping.values?.[column.name];
  const nullWords = context.mapping.rules?.[column.name]?.includes('null-words') ?? false;
  const blank = mapped && Object.hasOwn(mapped, '') ? understand(mapped[''] ?? '') : nothing;
  const forgiving =
    !column.required && (context.mapping.rules?.[column.name]?.includes('empty-if-unreadable') ?? false);
  const fallback = column.fallback === undefined ? Number.NaN : understand(column.fallback);
  return (bytes, cellStart, cellEnd, base) => {
    const start = trimStart(bytes, cellStart, cellEnd);
    const end = trimEnd(bytes, start, cellEnd);
    if (start === end && blank >= 0) {
      context.builder.numbers[base + slot] = blank;
      return '';
    }
    if (start === end) {
      if (!Number.isNaN(fallback)) context.builder.numbers[base + slot] = fallback;
      else if (column.required) return 'EMPTY_REQUIRED';
      return '';
    }
    if (end - start > bytesLimit) return 'TOO_LONG';
    const id = interner.idOf(bytes, start, end);
    let value = understood[id];
    if (value === undefined) {
      const text = interner.textOf(id);
      const meant = mapped && Object.hasOwn(mapped, text) ? (mapped[text] ?? '') : text;
      value = meant === '' || (nullWords && isNullWord(meant)) ? nothing : understand(meant);
      understood[id] = value;
    }
    if (value === nothing) {
      if (!Number.isNaN(fallback)) context.builder.numbers[base + slot] = fallback;
      else if (column.required) return 'EMPTY_REQUIRED';
      return '';
    }
    if (value === invalid) return forgiving ? '' : 'NOT_IN_LIST';
    if (value === tooLong) return 'TOO_LONG';
    context.builder.numbers[base + slot] = value;
    return '';
  };
}

/** How a reference of a person is compared: composed, and without leading zeros where the mapping says so. */
function referenceText(context: ColumnContext, column: ExtractColumn): (text: string) => string {
  const zeros = context.mapping.rules?.[column.name]?.includes('no-leading-zeros') ?? false;
  return (text) => {
    const composed = text.normalize('NFC');
    return zeros ? composed.replace(/^0+(?=.)/, '') : composed;
  };
}

function personReader(context: ColumnContext, column: ExtractColumn, slot: number): ColumnReader {
  const pseudonymOf = createPseudonymiser(context.pseudonymKey);
  const spell = referenceText(context, column);
  const understand = (text: string): number => context.codeBook.person(pseudonymOf(Buffer.from(spell(text), 'utf8')));
  return internedReader(context, column, slot, understand, longestReference);
}

/** Texts that are stored as something made of them: each different one is made once. */
function madeTextReader(
  context: ColumnContext,
  column: ExtractColumn,
  slot: number,
  make: (text: string) => string,
): ColumnReader {
  const interner = new ByteInterner();
  const made: Buffer[] = [];
  const nullWords = context.mapping.rules?.[column.name]?.includes('null-words') ?? false;
  return (bytes, cellStart, cellEnd, base) => {
    const start = trimStart(bytes, cellStart, cellEnd);
    const end = trimEnd(bytes, start, cellEnd);
    if (start === end) return column.required ? 'EMPTY_REQUIRED' : '';
    if (end - start > longestReference) return 'TOO_LONG';
    const id = interner.idOf(bytes, start, end);
    let text = made[id];
    if (text === undefined) {
      const given = interner.textOf(id);
      text = Buffer.from(nullWords && isNullWord(given) ? '' : make(given), 'utf8');
      made[id] = text;
    }
    if (text.length === 0) return column.required ? 'EMPTY_REQUIRED' : '';
    context.builder.putText(base + slot, text, 0, text.length);
    return '';
  };
}

function aliasReader(context: ColumnContext, column: ExtractColumn, slot: number): ColumnReader {
  const pseudonymOf = createPseudonymiser(context.pseudonymKey);
  const spell = referenceText(context, column);
  return madeTextReader(context, column, slot, (text) => pseudonymOf(Buffer.from(spell(text), 'utf8')));
}

function tokenReader(context: ColumnContext, column: ExtractColumn, slot: number): ColumnReader {
  const domain = column.list ?? column.name;
  return madeTextReader(context, column, slot, (text) => context.tokenOf(domain, text.normalize('NFC')));
}

function codeReader(context: ColumnContext, column: ExtractColumn, slot: number): ColumnReader {
  const spell = column.name === 'instrument' ? context.instrumentCode : (text: string): string => text;
  const list = column.list ?? column.name;
  return internedReader(context, column, slot, (text) => context.codeBook.code(list, spell(text)));
}

/** Several codes in one cell, however they are separated: `A;B`, each once, in the order given. */
function codesReader(context: ColumnContext, column: ExtractColumn, slot: number): ColumnReader {
  const list = column.list ?? column.name;
  const separator = context.mapping.separators?.[column.name] ?? ';';
  const mapped = context.mapping.values?.[column.name];
  const understand = (text: string): number => {
    const parts = text
      .split(separator)
      .map((part) => part.replace(/\s+/g, ' ').trim())
      .map((part) => (mapped && Object.hasOwn(mapped, part) ? (mapped[part] ?? '') : part))
      .filter((part) => part !== '' && !isNullWord(part));
    if (parts.some((part) => part.length > longestCode)) return tooLong;
    return parts.length === 0 ? nothing : context.codeBook.code(list, [...new Set(parts)].join(';'));
  };
  return internedReader(context, column, slot, understand, longestCodes);
}

function categoryReader(context: ColumnContext, column: ExtractColumn, slot: number): ColumnReader {
  const uncounted = new Set<number>();
  const read = internedReader(context, column, slot, (text) => {
    const code = text.toUpperCase();
    const id = context.codeBook.code('category', code);
    if (!countedCategories.has(code)) uncounted.add(id);
    return id;
  });
  return (bytes, start, end, base) => {
    const problem = read(bytes, start, end, base);
    if (problem === '' && uncounted.size > 0 && uncounted.has(context.builder.numbers[base + slot] as number)) {
      context.warn('UNMAPPED_CODE', column.name);
    }
    return problem;
  };
}

function choiceReader(context: ColumnContext, column: ExtractColumn, slot: number): ColumnReader {
  const choices = column.choices ?? [];
  const plain = (text: string): string => text.toLowerCase().replace(/[\s-]+/g, '_');
  return internedReader(context, column, slot, (text) => {
    const index = choices.indexOf(plain(text));
    return index < 0 ? invalid : index + 1;
  });
}

function textReader(context: ColumnContext, column: ExtractColumn, slot: number, longest: number): ColumnReader {
  const nullWords = context.mapping.rules?.[column.name]?.includes('null-words') ?? false;
  return (bytes, cellStart, cellEnd, base) => {
    const start = trimStart(bytes, cellStart, cellEnd);
    const end = trimEnd(bytes, start, cellEnd);
    const nothing = start === end || (nullWords && end - start < 20 && isNullWord(bytes.toString('utf8', start, end)));
    if (nothing && column.required) return 'EMPTY_REQUIRED';
    if (end - start > longest) return 'TOO_LONG';
    if (nothing) {
      context.builder.putText(base + slot, bytes, start, start);
      return '';
    }
    context.builder.putText(base + slot, bytes, start, end);
    return '';
  };
}

type CellParser = (bytes: Buffer, start: number, end: number, out: CellOut) => CellStatus;

type ParsedColumn = {
  readonly parse: CellParser;
  /** Year of a cell that is a date, for the rule that takes it. */
  readonly yearOf: (text: string) => number | null;
  /** Where a time's local day goes, or null. */
  readonly daySlot: number | null;
};

function parsedReader(context: ColumnContext, column: ExtractColumn, slot: number, how: ParsedColumn): ColumnReader {
  const { parse, yearOf, daySlot } = how;
  const out = createCellOut();
  const least = column.min ?? Number.NEGATIVE_INFINITY;
  const most = column.max ?? Number.POSITIVE_INFINITY;
  const mapped = context.mapping.values?.[column.name];
  const rules = context.mapping.rules?.[column.name] ?? [];
  const factor = context.mapping.scale?.[column.name] ?? 1;
  const back = column.type === 'date' && rules.includes('day-before') ? 1 : 0;
  const put = (status: CellStatus, base: number): string => {
    if (status === cellStatus.empty) return column.required ? 'EMPTY_REQUIRED' : '';
    if (status === cellStatus.clockChange) context.warn('CLOCK_CHANGE', column.name);
    else if (status !== cellStatus.ok) return cellStatusCodes[status] ?? 'BAD_NUMBER';
    const value = factor === 1 ? (out[0] as number) - back : (out[0] as number) * factor;
    if (value < least || value > most) return 'OUT_OF_RANGE';
    context.builder.numbers[base + slot] = column.type === 'integer' ? Math.round(value) : value;
    if (daySlot !== null) context.builder.numbers[base + daySlot] = out[1] as number;
    return '';
  };
  const parseText = (text: string): CellStatus => {
    const bytes = Buffer.from(text, 'utf8');
    return parse(bytes, 0, bytes.length, out);
  };
  const read: ColumnReader = mapped
    ? (bytes, start, end, base) => {
        const text = bytes.toString('utf8', start, end).trim();
        const known = Object.hasOwn(mapped, text) ? mapped[text] : undefined;
        return put(known === undefined ? parse(bytes, start, end, out) : parseText(known), base);
      }
    : (bytes, start, end, base) => put(parse(bytes, start, end, out), base);
  if (rules.length === 0) return read;
  // What stands for an open end may be a date that can be read, and 1,234 a number with a decimal comma.
  const always = rules.includes('decimal-comma');
  const openEnds = rules.includes('open-end');
  return (bytes, start, end, base) => {
    if (openEnds && isOpenEnd(bytes.toString('utf8', start, end).trim())) return put(cellStatus.empty, base);
    const problem = always ? 'BAD_NUMBER' : read(bytes, start, end, base);
    if (problem === '' || problem === 'EMPTY_REQUIRED') return problem;
    const text = bytes.toString('utf8', start, end).trim();
    const mended = put(parseText(mendCell(text, rules, context.thisYear, yearOf)), base);
    return mended !== '' && !column.required && rules.includes('empty-if-unreadable') ? '' : mended;
  };
}

/** The reader of dates of a column, in the order and zone that the mapping gives. */
export function dateReaderFor(mapping: Mapping, column: string): DateReader {
  return new DateReader(mapping.dateOrders?.[column] ?? mapping.dateOrder ?? 'iso', mapping.timeZone);
}

/** Reads days; of a date with a time of day its local day, where that is asked for. */
function daysOf(dates: DateReader, ofTimes: boolean): CellParser {
  return (bytes, start, end, out) => {
    const status = dates.date(bytes, start, end, out);
    if (status !== cellStatus.badDate || !ofTimes) return status;
    const timed = dates.time(bytes, start, end, out);
    if (!hasValue(timed)) return status;
    out[0] = out[1] as number;
    return cellStatus.ok;
  };
}

/** The reader of one column. `daySlot` is where a time's local day goes, or null. */
export function columnReader(
  context: ColumnContext,
  column: ExtractColumn,
  slot: number,
  daySlot: number | null,
): ColumnReader {
  const dates = dateReaderFor(context.mapping, column.name);
  const yearOf = (text: string): number | null => {
    const out = createCellOut();
    const bytes = Buffer.from(text, 'utf8');
    if (!hasValue(dates.time(bytes, 0, bytes.length, out))) return null;
    return civilOfDay(out[1] as number).year;
  };
  const parsed = (parse: CellParser, day: number | null = null): ColumnReader =>
    parsedReader(context, column, slot, { parse, yearOf, daySlot: day });
  switch (column.type) {
    case 'person':
      return personReader(context, column, slot);
    case 'alias':
      return aliasReader(context, column, slot);
    case 'token':
      return tokenReader(context, column, slot);
    case 'code':
      return codeReader(context, column, slot);
    case 'codes':
      return codesReader(context, column, slot);
    case 'category':
      return categoryReader(context, column, slot);
    case 'choice':
      return choiceReader(context, column, slot);
    case 'reference':
      return textReader(context, column, slot, longestReference);
    case 'text':
      return textReader(context, column, slot, longestText);
    case 'date':
      return parsed(daysOf(dates, context.mapping.rules?.[column.name]?.includes('day-of-time') ?? false));
    case 'time':
      return parsed((b, s, e, out) => dates.time(b, s, e, out), daySlot);
    case 'flag':
      return parsed(parseFlag);
    case 'integer':
    case 'number':
      return parsed(
        column.type === 'integer' && context.mapping.scale?.[column.name] === undefined ? parseInteger : parseNumber,
      );
    case 'sealed':
    case 'sealed-flag':
      return () => '';
  }
}
