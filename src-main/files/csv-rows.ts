import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { ExpectedError } from '#shared/domain/result.ts';
import { createRowTable, type RowTable, rowProblem, tokenise, unescapeFields } from './csv-tokeniser.ts';
import { type CsvLimits, csvLimits } from './limits.ts';
import { openForReading, tooLargeFile } from './open-file.ts';
import { columnNames, headerNames, type RowBatch, type TableRows } from './table-rows.ts';
import { createTranscoder, type TextEncoding, type Transcoder } from './text-encoding.ts';

export type CsvOptions = {
  readonly encoding: TextEncoding;
  /** One ASCII character. */
  readonly delimiter: string;
  /** Whether the first row names the columns. */
  readonly hasHeader: boolean;
  /** Rows above the header that are passed over; blank lines are no rows. */
  readonly rowsAbove?: number;
  /** Rows that the header takes; 1 without it. With 0 the columns are `column_1` and so on. */
  readonly headerRows?: number;
  readonly chunkBytes?: number;
  readonly limits?: CsvLimits;
  readonly signal?: AbortSignal;
};

const defaultChunkBytes = 1024 ** 2;
const mebibyte = 1024 ** 2;

function tooLargeRow(limits: CsvLimits, rowNumber: number, why: 'row' | 'cell' | 'columns'): ExpectedError {
  const what = {
    row: `is longer than ${limits.rowBytes / mebibyte} MiB`,
    cell: `has a cell longer than ${limits.cellBytes / mebibyte} MiB`,
    columns: `has more than ${limits.columns} columns`,
  }[why];
  const where = rowNumber <= 0 ? 'The header row' : `Data row ${rowNumber}`;
  return new ExpectedError(
    'TOO_LARGE',
    `${where} ${what}.`,
    'Nothing was kept. Look for a quote that is never closed, or a wrong delimiter.',
    { row: rowNumber, limit: why },
  );
}

/**
 * A CSV file as a stream of batches of rows, one per chunk read. The next chunk is read from disk while the consumer works
 * on a batch. Open it, iterate `batches()` once, and the file is closed, also when the loop is left early.
 */
export class CsvRows implements TableRows {
  /** Names of the columns, each different; empty without a header. */
  header: readonly string[] = [];
  /** Names of the columns as written, trimmed. */
  headerAsWritten: readonly string[] = [];
  /** Fields in the first row; a row with another number has the problem `fieldCount`. */
  width = 0;
  /** SHA-256 of the file's bytes in hex, once the last batch has been given. */
  sha256: string | null = null;
  readonly sizeBytes: number;

  readonly #handle: FileHandle;
  readonly #options: CsvOptions;
  readonly #limits: CsvLimits;
  readonly #chunkBytes: number;
  readonly #transcode: Transcoder | null;
  readonly #raw: Buffer;
  readonly #hash = createHash('sha256');
  readonly #table: RowTable = createRowTable();
  readonly #stream: AsyncGenerator<RowBatch, undefined>;
  #first: RowBatch | null = null;
  #reading: Promise<number> | null = null;
  #rowsGiven = 0;
  #bytesArrived = 0;

  private constructor(handle: FileHandle, sizeBytes: number, options: CsvOptions) {
    this.#handle = handle;
    this.sizeBytes = sizeBytes;
    this.#options = options;
    this.#limits = options.limits ?? csvLimits;
    this.#chunkBytes = options.chunkBytes ?? defaultChunkBytes;
    this.#transcode = options.encoding === 'utf-8' ? null : createTranscoder(options.encoding);
    this.#raw = this.#transcode ? Buffer.allocUnsafe(this.#chunkBytes) : Buffer.alloc(0);
    this.#stream = this.#run();
  }

  /**
   * Opens a file and reads its first rows.
   *
   * @throws ExpectedError NO_SUCH_FILE; BAD_FILE for a folder, an unreadable file, no rows or a header that is no
   * text; TOO_LARGE beyond
   * a limit of S16; CANCELLED by the signal. `batches()` throws the same.
   */
  static async open(path: string, options: CsvOptions): Promise<CsvRows> {
    const limits = options.limits ?? csvLimits;
    const { handle, sizeBytes } = await openForReading(path, limits.fileBytes);
    const rows = new CsvRows(handle, sizeBytes, options);
    try {
      const first = await rows.#stream.next();
      if (first.done)
        throw new ExpectedError('BAD_FILE', 'The file has no rows.', 'Nothing was read. Export it again.');
      rows.#first = options.hasHeader ? rows.#takeHeader(first.value) : first.value;
    } catch (error) {
      await rows.close();
      throw error;
    }
    return rows;
  }

  async *batches(): AsyncGenerator<RowBatch, undefined> {
    try {
      const first = this.#first;
      this.#first = null;
      if (first && first.rowCount > 0) yield first;
      yield* this.#stream;
    } finally {
      await this.close();
    }
  }

  /** Closes the file; for a consumer that opened it and never iterates. May be called twice. */
  async close(): Promise<void> {
    await this.#reading?.catch(() => 0);
    this.#reading = null;
    await this.#handle.close();
  }

  async *#run(): AsyncGenerator<RowBatch, undefined> {
    let current = Buffer.allocUnsafe(this.#chunkBytes * 2);
    let spare = Buffer.allocUnsafe(this.#chunkBytes * 2);
    let used = 0;
    let from = 0;
    let markSeen = false;
    let final = false;
    this.#startReading(current, 0);
    while (!final) {
      const arrived = await this.#arrival();
      final = arrived === 0;
      const bytesRead = this.#bytesArrived;
      if (this.#transcode) {
        const text = this.#transcode(this.#raw.subarray(0, arrived), final);
        current = withRoom(current, used, text.length);
        used += text.copy(current, used);
      } else {
        this.#hash.update(current.subarray(used, used + arrived));
        used += arrived;
      }
      if (!markSeen && (used >= 3 || final)) {
        markSeen = true;
        from = current[0] === 0xef && current[1] === 0xbb && current[2] === 0xbf && used >= 3 ? 3 : 0;
      }
      const rowsEnd = markSeen ? this.#split(current, from, used, final) : 0;
      spare = withRoom(spare, 0, used - rowsEnd + this.#chunkBytes);
      used = current.copy(spare, 0, rowsEnd, used);
      if (!final) this.#startReading(spare, used);
      if (this.#table.rowCount > 0) yield this.#batch(current, bytesRead);
      [current, spare] = [spare, current];
      if (markSeen) from = 0;
    }
    this.sha256 = this.#hash.digest('hex');
  }

  #startReading(target: Buffer, offset: number): void {
    const [buffer, position] = this.#transcode ? [this.#raw, 0] : [target, offset];
    this.#reading = this.#handle.read(buffer, position, this.#chunkBytes).then((result) => result.bytesRead);
    // The failure is met when the read is awaited; until then it must not count as unhandled.
    this.#reading.catch(() => 0);
  }

  async #arrival(): Promise<number> {
    const arrived = (await this.#reading?.catch(() => null)) ?? null;
    this.#reading = null;
    if (this.#options.signal?.aborted) {
      throw new ExpectedError('CANCELLED', 'Reading was cancelled.', 'Nothing was kept.');
    }
    if (arrived === null) {
      throw new ExpectedError('BAD_FILE', 'The file could not be read to its end.', 'Nothing was kept. Try again.');
    }
    if (this.#transcode) this.#hash.update(this.#raw.subarray(0, arrived));
    this.#bytesArrived += arrived;
    if (this.#bytesArrived > this.#limits.fileBytes) throw tooLargeFile(this.#limits.fileBytes);
    return arrived;
  }

  /** Splits what is in the buffer, checks limits and text, and returns where the complete rows end. */
  #split(bytes: Buffer, from: number, used: number, final: boolean): number {
    const table = this.#table;
    const rowsEnd = tokenise(bytes, from, used, this.#options.delimiter.charCodeAt(0), final, table);
    const rowNumber = this.#rowsGiven + 1 - this.#rowsBeforeData;
    this.#checkLimits(table, rowNumber);
    if (used - rowsEnd > this.#limits.rowBytes) throw tooLargeRow(this.#limits, rowNumber + table.rowCount, 'row');
    const text = bytes.subarray(from, rowsEnd);
    if (!isUtf8(text)) markRows(bytes, table, rowProblem.badEncoding, (row) => !isUtf8(row));
    if (text.includes(0)) markRows(bytes, table, rowProblem.nulByte, (row) => row.includes(0));
    unescapeFields(bytes, table);
    return rowsEnd;
  }

  #checkLimits(table: RowTable, firstRow: number): void {
    const limits = this.#limits;
    const { starts, ends, rowFirstField } = table;
    const widest = table.mostFields > limits.columns;
    const longest = table.longestField > limits.cellBytes;
    const bulky = table.rowCount > 0 && (ends[(rowFirstField[table.rowCount] ?? 1) - 1] ?? 0) > limits.rowBytes;
    if (!widest && !longest && !bulky) return;
    for (let row = 0; row < table.rowCount; row += 1) {
      const first = rowFirstField[row] ?? 0;
      const last = rowFirstField[row + 1] ?? 0;
      if (last - first > limits.columns) throw tooLargeRow(limits, firstRow + row, 'columns');
      if ((ends[last - 1] ?? 0) - (starts[first] ?? 0) > limits.rowBytes) {
        throw tooLargeRow(limits, firstRow + row, 'row');
      }
      for (let field = first; longest && field < last; field += 1) {
        if ((ends[field] ?? 0) - (starts[field] ?? 0) > limits.cellBytes) {
          throw tooLargeRow(limits, firstRow + row, 'cell');
        }
      }
    }
  }

  #batch(bytes: Buffer, bytesRead: number): RowBatch {
    const { rowCount, starts, ends, rowFirstField, rowProblems } = this.#table;
    if (this.width === 0) {
      const first = this.#options.headerRows === 0 ? this.#rowsBeforeData : this.#rowsBeforeData - 1;
      const row = Math.min(rowCount - 1, Math.max(0, first));
      this.width = (rowFirstField[row + 1] ?? 0) - (rowFirstField[row] ?? 0);
    }
    let hasProblems = false;
    for (let row = 0; row < rowCount; row += 1) {
      const fields = (rowFirstField[row + 1] as number) - (rowFirstField[row] as number);
      if (fields !== this.width) rowProblems[row] = (rowProblems[row] as number) | rowProblem.fieldCount;
      if (rowProblems[row] !== 0) hasProblems = true;
    }
    const firstRow = this.#rowsGiven + 1 - this.#rowsBeforeData;
    this.#rowsGiven += rowCount;
    return { bytes, rowCount, firstRow, starts, ends, rowFirstField, rowProblems, hasProblems, bytesRead };
  }

  /** Where the header ends: rows of the file before the first data row. */
  get #rowsBeforeData(): number {
    const { hasHeader, rowsAbove = 0, headerRows = 1 } = this.#options;
    return hasHeader ? rowsAbove + headerRows : 0;
  }

  #takeHeader(batch: RowBatch): RowBatch {
    const { rowsAbove = 0 } = this.#options;
    const before = this.#rowsBeforeData;
    if (batch.rowCount < before) {
      throw new ExpectedError(
        'BAD_FILE',
        'The file ends, or goes on too long, before the row that should name its columns.',
        'Nothing was kept. Look at the file again and say in which row its header is.',
      );
    }
    const rows: string[][] = [];
    for (let row = rowsAbove; row < before; row += 1) {
      if (((batch.rowProblems[row] ?? 0) & ~rowProblem.fieldCount) !== 0) {
        throw new ExpectedError(
          'BAD_FILE',
          'The header row cannot be read: it has a broken quote or bytes that are not text.',
          'Nothing was kept. Correct the first line, or choose another encoding.',
        );
      }
      const cells: string[] = [];
      const end = batch.rowFirstField[row + 1] ?? 0;
      for (let field = batch.rowFirstField[row] ?? 0; field < end; field += 1) {
        cells.push(batch.bytes.toString('utf8', batch.starts[field], batch.ends[field]));
      }
      rows.push(cells);
    }
    this.headerAsWritten = rows.length === 1 ? (rows[0] ?? []).map((name) => name.trim()) : headerNames(rows);
    const nameless = rows.length === 0 ? Array.from({ length: this.width }, () => '') : this.headerAsWritten;
    this.header = columnNames(nameless);
    return {
      ...batch,
      rowCount: batch.rowCount - before,
      firstRow: 1,
      rowFirstField: batch.rowFirstField.subarray(before),
      rowProblems: batch.rowProblems.subarray(before),
      hasProblems: batch.rowProblems.subarray(before, batch.rowCount).some((problems) => problems !== 0),
    };
  }
}

/** The same buffer, or a longer one with the same first `used` bytes, with room for `more` bytes behind them. */
function withRoom(buffer: Buffer, used: number, more: number): Buffer<ArrayBuffer> {
  if (buffer.length >= used + more) return buffer as Buffer<ArrayBuffer>;
  const larger = Buffer.allocUnsafe(Math.max(used + more, Math.ceil(buffer.length * 1.5)));
  buffer.copy(larger, 0, 0, used);
  return larger;
}

function markRows(bytes: Buffer, table: RowTable, bit: number, isBad: (row: Buffer) => boolean): void {
  for (let row = 0; row < table.rowCount; row += 1) {
    const start = table.starts[table.rowFirstField[row] ?? 0] ?? 0;
    const end = table.ends[(table.rowFirstField[row + 1] ?? 1) - 1] ?? 0;
    if (isBad(bytes.subarray(start, end))) table.rowProblems[row] = (table.rowProblems[row] ?? 0) | bit;
  }
}
