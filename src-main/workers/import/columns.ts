import { Buffer } from 'node:buffer';
import { createPseudonymiser } from '#main/crypto/pseudonym.ts';
import { ByteInterner } from '#main/files/byte-interner.ts';
import { type DateOrder, DateReader } from '#main/files/cell-dates.ts';
import { type CellOut, type CellStatus, cellStatus, cellStatusCodes, createCellOut } from '#main/files/cell-status.ts';
import { parseFlag, parseInteger, parseNumber, trimEnd, trimStart } from '#main/files/cells.ts';
import type { Mapping } from '#shared/contract/imports.ts';
import { exposureCategories, notTraumatic } from '#shared/domain/exposure-categories.ts';
import type { ExtractColumn } from '#shared/domain/extract-kinds.ts';
import type { ChunkBuilder } from './chunk-builder.ts';
import type { CodeBook } from './code-book.ts';

/** Reads one column of a row into its slot. Gives '' when all is well, else the code of the problem. */
export type ColumnReader = (bytes: Buffer, start: number, end: number, base: number) => string;

export type ColumnContext = {
  readonly builder: ChunkBuilder;
  readonly codeBook: CodeBook;
  readonly pseudonymKey: Uint8Array;
  readonly dateOrder: DateOrder;
  readonly values: Mapping['values'];
  readonly warn: (code: string) => void;
  /** Canonical code of an instrument, however it is spelt. */
  readonly instrumentCode: (text: string) => string;
};

const longestCode = 80;
const longestReference = 200;
const invalid = -1;
const tooLong = -2;
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
  const mapped = context.values?.[column.name];
  const fallback = column.fallback === undefined ? Number.NaN : understand(column.fallback);
  return (bytes, cellStart, cellEnd, base) => {
    const start = trimStart(bytes, cellStart, cellEnd);
    const end = trimEnd(bytes, start, cellEnd);
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
      value = understand(mapped?.[text] ?? text);
      understood[id] = value;
    }
    if (value === invalid) return 'NOT_IN_LIST';
    if (value === tooLong) return 'TOO_LONG';
    context.builder.numbers[base + slot] = value;
    return '';
  };
}

function personReader(context: ColumnContext, column: ExtractColumn, slot: number): ColumnReader {
  const pseudonymOf = createPseudonymiser(context.pseudonymKey);
  const understand = (text: string): number =>
    context.codeBook.person(pseudonymOf(Buffer.from(text.normalize('NFC'), 'utf8')));
  return internedReader(context, column, slot, understand, longestReference);
}

function codeReader(context: ColumnContext, column: ExtractColumn, slot: number): ColumnReader {
  const spell = column.name === 'instrument' ? context.instrumentCode : (text: string): string => text;
  return internedReader(context, column, slot, (text) => context.codeBook.code(column.name, spell(text)));
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
      context.warn('UNMAPPED_CODE');
    }
    return problem;
  };
}

function choiceReader(context: ColumnContext, column: ExtractColumn, slot: number): ColumnReader {
  const choices = column.choices ?? [];
  return internedReader(context, column, slot, (text) => {
    const index = choices.indexOf(text.toLowerCase());
    return index < 0 ? invalid : index + 1;
  });
}

function referenceReader(context: ColumnContext, column: ExtractColumn, slot: number): ColumnReader {
  return (bytes, cellStart, cellEnd, base) => {
    const start = trimStart(bytes, cellStart, cellEnd);
    const end = trimEnd(bytes, start, cellEnd);
    if (start === end && column.required) return 'EMPTY_REQUIRED';
    if (end - start > longestReference) return 'TOO_LONG';
    context.builder.putText(base + slot, bytes, start, end);
    return '';
  };
}

type CellParser = (bytes: Buffer, start: number, end: number, out: CellOut) => CellStatus;

function parsedReader(
  context: ColumnContext,
  column: ExtractColumn,
  slot: number,
  parse: CellParser,
  daySlot: number | null,
): ColumnReader {
  const out = createCellOut();
  const least = column.min ?? Number.NEGATIVE_INFINITY;
  const most = column.max ?? Number.POSITIVE_INFINITY;
  const mapped = context.values?.[column.name];
  return (bytes, start, end, base) => {
    let status: CellStatus;
    const replacement = mapped?.[bytes.toString('utf8', start, end).trim()];
    if (replacement === undefined) {
      status = parse(bytes, start, end, out);
    } else {
      const text = Buffer.from(replacement, 'utf8');
      status = parse(text, 0, text.length, out);
    }
    if (status === cellStatus.empty) return column.required ? 'EMPTY_REQUIRED' : '';
    if (status === cellStatus.clockChange) context.warn('CLOCK_CHANGE');
    else if (status !== cellStatus.ok) return cellStatusCodes[status] ?? 'BAD_NUMBER';
    const value = out[0] as number;
    if (value < least || value > most) return 'OUT_OF_RANGE';
    context.builder.numbers[base + slot] = value;
    if (daySlot !== null) context.builder.numbers[base + daySlot] = out[1] as number;
    return '';
  };
}

/** The reader of one column. `daySlot` is where a time's local day goes, or null. */
export function columnReader(
  context: ColumnContext,
  column: ExtractColumn,
  slot: number,
  daySlot: number | null,
): ColumnReader {
  const dates = new DateReader(context.dateOrder);
  switch (column.type) {
    case 'person':
      return personReader(context, column, slot);
    case 'code':
      return codeReader(context, column, slot);
    case 'category':
      return categoryReader(context, column, slot);
    case 'choice':
      return choiceReader(context, column, slot);
    case 'reference':
      return referenceReader(context, column, slot);
    case 'date':
      return parsedReader(context, column, slot, (b, s, e, out) => dates.date(b, s, e, out), null);
    case 'time':
      return parsedReader(context, column, slot, (b, s, e, out) => dates.time(b, s, e, out), daySlot);
    case 'flag':
      return parsedReader(context, column, slot, parseFlag, null);
    case 'integer':
      return parsedReader(context, column, slot, parseInteger, null);
    case 'number':
      return parsedReader(context, column, slot, parseNumber, null);
    case 'sealed':
      return () => '';
  }
}
