import { ExpectedError } from '#shared/domain/result.ts';
import { ByteInterner } from './byte-interner.ts';
import { cellStatus } from './cell-status.ts';
import { parseNumber, trimEnd, trimStart } from './cells.ts';
import { CsvRows } from './csv-rows.ts';
import { rowProblemCodes } from './csv-tokeniser.ts';
import { lookAtFile } from './look.ts';
import { openRows } from './open-rows.ts';
import type { RowBatch, TableRows } from './table-rows.ts';

export type ReadColumn =
  | { readonly kind: 'numeric'; readonly name: string; readonly values: Float64Array }
  | {
      readonly kind: 'categorical';
      readonly name: string;
      readonly codes: Int32Array;
      readonly levels: readonly string[];
      readonly firstText: { readonly row: number; readonly value: string } | null;
    };

export type ReadTable = {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, ReadColumn>;
  /** Every name of the header, also of columns that were not read. */
  readonly names: readonly string[];
};

export type ReadTableOptions = {
  /** Columns to read; all without it. Names that the header does not have are passed over. */
  readonly columns?: readonly string[];
  /** Columns whose values are labels even where all are numbers: `01` stays `01`. */
  readonly labels?: readonly string[];
  readonly signal?: AbortSignal;
  readonly progress?: (bytesRead: number, sizeBytes: number) => void;
};

/**
 * Reads a CSV with a header, or the first sheet of a workbook, as columns. A column is numeric when every value that is not missing is a number; a value is missing
 * when it is empty, `NA` or `NaN`; `Inf` is a number, to be refused by name where it cannot be used. Blank lines are passed over,
 * space around a value too. Levels stand in code-point order.
 *
 * @throws ExpectedError as `lookAtFile` and `CsvRows` do; BAD_FILE for a row of another length or with a broken quote.
 */
export async function readTable(path: string, options: ReadTableOptions = {}): Promise<ReadTable> {
  const { format, encoding, delimiter } = await lookAtFile(path);
  const dialect = { encoding, delimiter, hasHeader: true, ...(options.signal ? { signal: options.signal } : {}) };
  const texts = new Set<number>();
  for (;;) {
    const rows = format === 'csv' ? await CsvRows.open(path, dialect) : await openRows(path, {});
    const names = rows.headerAsWritten ?? rows.header;
    for (const [place, name] of names.entries()) if (options.labels?.includes(name)) texts.add(place);
    const builders = await builderList(rows, options.columns, texts);
    let count = 0;
    let fileRow = 0;
    for await (const batch of rows.batches()) {
      count = takeBatch(batch, builders, count, names.length, fileRow);
      fileRow += batch.rowCount;
      options.progress?.(batch.bytesRead, rows.sizeBytes);
    }
    const found = builders.filter((builder) => builder.isText && !texts.has(builder.place));
    if (found.length > 0) {
      // What was read as numbers before the first text is read again as text.
      for (const builder of found) texts.add(builder.place);
      continue;
    }
    return { rows: count, names, columns: new Map(builders.map((builder) => [builder.name, builder.column(count)])) };
  }
}

async function builderList(
  rows: TableRows,
  wanted: readonly string[] | undefined,
  texts: ReadonlySet<number>,
): Promise<ColumnBuilder[]> {
  const builders: ColumnBuilder[] = [];
  const header = rows.headerAsWritten ?? rows.header;
  for (const [place, name] of header.entries()) {
    if (wanted && !wanted.includes(name)) continue;
    if (header.indexOf(name) !== place) {
      await rows.close();
      throw new ExpectedError(
        'BAD_FILE',
        `Two columns are called “${name}”.`,
        'Nothing was computed. Give each column a name of its own.',
      );
    }
    builders.push(new ColumnBuilder(name, place, texts.has(place)));
  }
  return builders;
}

function takeBatch(
  batch: RowBatch,
  builders: readonly ColumnBuilder[],
  before: number,
  width: number,
  rowsBefore: number,
): number {
  const { bytes, starts, ends, rowFirstField } = batch;
  let count = before;
  for (let row = 0; row < batch.rowCount; row += 1) {
    const first = rowFirstField[row] as number;
    const fields = (rowFirstField[row + 1] as number) - first;
    if (fields === 1 && isBlank(bytes, starts[first] as number, ends[first] as number)) continue;
    if (batch.hasProblems && batch.rowProblems[row] !== 0) {
      throw badRow(batch.rowProblems[row] as number, rowsBefore + row + 1, fields, width);
    }
    for (const builder of builders) {
      const field = first + builder.place;
      builder.add(count, bytes, starts[field] as number, ends[field] as number);
    }
    count += 1;
  }
  return count;
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  return trimStart(bytes, start, end) === end;
}

function badRow(problems: number, row: number, fields: number, width: number): ExpectedError {
  const code = rowProblemCodes.find(({ bit }) => (problems & bit) !== 0)?.code ?? 'BAD_ROW';
  const what =
    {
      FIELD_COUNT: `has ${fields === 1 ? '1 value' : `${fields} values`} where the header has ${width}`,
      BAD_ENCODING: 'holds bytes that are not text in this encoding',
      BAD_QUOTE: 'has text behind a closing quote',
      OPEN_QUOTE: 'opens a quote that is never closed',
      NUL_BYTE: 'holds a NUL byte',
      NO_STORED_VALUE: 'has a formula without a stored value',
    }[code] ?? 'cannot be read';
  return new ExpectedError('BAD_FILE', `Data row ${row} ${what}.`, 'Nothing was computed. Correct the row.', { row });
}

const missingText = /^(NA|NaN)?$/;
const infiniteText = /^([+-]?)(Inf|Infinity|inf|infinity)$/;
/** A number that ends in its point, as some programs write whole numbers: `760.`, `1.e5`. */
const pointedNumber = /^[+-]?\d+\.(?:[eE][+-]?\d+)?$/;
const firstCapacity = 1_024;

class ColumnBuilder {
  readonly name: string;
  readonly place: number;
  /** Whether a text was met, or the column is read as text from the start. */
  isText: boolean;
  readonly #asText: boolean;
  readonly #interner = new ByteInterner();
  readonly #number = new Float64Array(1);
  #values: Float64Array;
  #codes: Int32Array;
  #firstText: { readonly row: number; readonly value: string } | null = null;

  constructor(name: string, place: number, asText: boolean) {
    this.name = name;
    this.place = place;
    this.isText = asText;
    this.#asText = asText;
    this.#values = new Float64Array(asText ? 0 : firstCapacity);
    this.#codes = new Int32Array(asText ? firstCapacity : 0);
  }

  add(row: number, bytes: Buffer, cellStart: number, cellEnd: number): void {
    if (this.#asText) {
      this.#addText(row, bytes, cellStart, cellEnd);
      return;
    }
    if (this.isText) return;
    if (row === this.#values.length) this.#values = grown(this.#values, Float64Array);
    switch (parseNumber(bytes, cellStart, cellEnd, this.#number)) {
      case cellStatus.ok:
        this.#values[row] = this.#number[0] as number;
        return;
      case cellStatus.empty:
        this.#values[row] = Number.NaN;
        return;
      default:
        this.#addUnusual(row, bytes.toString('utf8', cellStart, cellEnd).trim());
    }
  }

  #addUnusual(row: number, text: string): void {
    const infinite = infiniteText.exec(text);
    if (infinite) this.#values[row] = infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    else if (missingText.test(text)) this.#values[row] = Number.NaN;
    else if (pointedNumber.test(text) && Number.isFinite(Number(text))) this.#values[row] = Number(text);
    else this.isText = true;
  }

  #addText(row: number, bytes: Buffer, cellStart: number, cellEnd: number): void {
    if (row === this.#codes.length) this.#codes = grown(this.#codes, Int32Array);
    const start = trimStart(bytes, cellStart, cellEnd);
    const end = trimEnd(bytes, start, cellEnd);
    const isMissing = start === end || (end - start === 2 && bytes[start] === 78 && bytes[start + 1] === 65);
    if (isMissing) {
      this.#codes[row] = -1;
      return;
    }
    this.#codes[row] = this.#interner.idOf(bytes, start, end);
    if (this.#firstText === null && parseNumber(bytes, start, end, this.#number) !== cellStatus.ok) {
      const value = bytes.toString('utf8', start, end);
      const isNumber = infiniteText.test(value) || pointedNumber.test(value);
      if (!missingText.test(value) && !isNumber) this.#firstText = { row: row + 1, value };
    }
  }

  column(rows: number): ReadColumn {
    const { name } = this;
    if (!this.#asText) return { kind: 'numeric', name, values: this.#values.slice(0, rows) };
    const { texts } = this.#interner;
    const levels = [...texts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
    const placeOf = new Map(levels.map((level, index) => [level, index]));
    const placeOfId = Int32Array.from(texts, (text) => placeOf.get(text) ?? -1);
    const codes = this.#codes.slice(0, rows);
    for (let row = 0; row < rows; row += 1) {
      const id = codes[row] as number;
      if (id >= 0) codes[row] = placeOfId[id] as number;
    }
    return { kind: 'categorical', name, codes, levels, firstText: this.#firstText };
  }
}

function grown<T extends Float64Array | Int32Array>(array: T, Type: new (length: number) => T): T {
  const larger = new Type(Math.max(firstCapacity, array.length * 2));
  larger.set(array);
  return larger;
}
