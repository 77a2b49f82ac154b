import { Buffer, isUtf8 } from 'node:buffer';
import type { FileHandle } from 'node:fs/promises';
import { ExpectedError } from '#shared/domain/result.ts';
import { createRowTable, type RowTable, rowProblem, tokenise, unescapeFields } from './csv-tokeniser.ts';
import { csvLimits } from './limits.ts';
import { openForReading } from './open-file.ts';
import { RowIndex } from './row-index.ts';
import type { RowPage, RowPages } from './row-pages.ts';
import { createTranscoder, type TextEncoding } from './text-encoding.ts';

type Sizes = {
  /** Bytes read at a time for the index, and at first for a page. */
  readonly chunkBytes: number;
  readonly pageBytes: number;
  /** A row is marked after so many rows or bytes, whichever come first. */
  readonly markRows: number;
  readonly markBytes: number;
};
const usualSizes: Sizes = { chunkBytes: 1024 ** 2, pageBytes: 192 * 1024, markRows: 1_000, markBytes: 256 * 1024 };
/** A page is never made of more text than this; the rows that fit are given. */
const mostPageBytes = 16 * 1024 ** 2;

type TextDialect = { readonly encoding: TextEncoding; readonly delimiter: string };

/** Length in the file of a stretch of the text as UTF-8. */
function fileLength(bytes: Uint8Array, from: number, to: number, encoding: TextEncoding): number {
  if (encoding === 'utf-8') return to - from;
  let units = 0;
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number;
    if ((byte & 0xc0) === 0x80) continue;
    // In UTF-16 a character of four bytes of UTF-8 takes two units.
    units += encoding !== 'windows-1252' && byte >= 0xf0 ? 2 : 1;
  }
  return encoding === 'windows-1252' ? units : units * 2;
}

/** Where a row begins: before the quote of a quoted first field. */
function rowStart(bytes: Uint8Array, table: RowTable, row: number): number {
  const start = table.starts[table.rowFirstField[row] as number] as number;
  return start > 0 && bytes[start - 1] === 34 ? start - 1 : start;
}

function isUtf8Mark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/**
 * Any rows of a text file. An index of its rows is made in the background, a chunk at a time, while pages of what has been
 * found are given; a page is one short read from the mark before it.
 */
export class TextPages implements RowPages {
  readonly widthCounts = true;
  stopped: string | null = null;
  readonly #handle: FileHandle;
  readonly #dialect: TextDialect;
  readonly #sizes: Sizes;
  readonly #index = new RowIndex();
  readonly #indexing: Promise<void>;
  readonly #waiting = new Set<() => void>();
  #closed = false;
  #reading: Promise<unknown> = Promise.resolve();

  private constructor(handle: FileHandle, dialect: TextDialect, sizes: Sizes) {
    this.#handle = handle;
    this.#sizes = sizes;
    this.#dialect = dialect;
    this.#indexing = this.#buildIndex()
      .catch((error: unknown) => {
        this.stopped = error instanceof ExpectedError ? error.error.message : 'The file could not be read to its end.';
      })
      .finally(() => {
        this.#index.done = true;
        this.#wake();
      });
  }

  /** @throws ExpectedError as `openForReading` */
  static async open(path: string, dialect: TextDialect, sizes = usualSizes): Promise<TextPages> {
    const { handle } = await openForReading(path, csvLimits.fileBytes);
    return new TextPages(handle, dialect, sizes);
  }

  get rowCount(): number {
    return this.#index.rowCount;
  }

  get done(): boolean {
    return this.#index.done;
  }

  async reach(rows: number, limitMs: number): Promise<void> {
    const until = performance.now() + limitMs;
    while (!this.done && this.rowCount < rows) {
      const left = until - performance.now();
      if (left <= 0) return;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          this.#waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, left);
        this.#waiting.add(wake);
      });
    }
  }

  page(first: number, count: number): Promise<RowPage> {
    const next = this.#reading.then(() => this.#page(first, count));
    this.#reading = next.catch(() => undefined);
    return next;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#indexing;
    await this.#reading;
    await this.#handle.close();
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake();
  }

  async #buildIndex(): Promise<void> {
    const { encoding, delimiter } = this.#dialect;
    const { chunkBytes } = this.#sizes;
    const transcode = encoding === 'utf-8' ? null : createTranscoder(encoding);
    const raw = Buffer.allocUnsafe(chunkBytes);
    const table = createRowTable();
    let text = Buffer.alloc(0);
    let position = 0;
    // Where `text` begins in the file; a mark of two bytes is not part of the text that is decoded.
    let offset = 0;
    let begun = false;
    for (let final = false; !final && !this.#closed; ) {
      const { bytesRead } = await this.#handle.read(raw, 0, chunkBytes, position);
      position += bytesRead;
      final = bytesRead === 0;
      const chunk = raw.subarray(0, bytesRead);
      if (!begun && bytesRead > 0) {
        begun = true;
        offset = markLength(chunk, encoding);
      }
      const added = transcode ? transcode(chunk, final) : chunk.subarray(position === bytesRead ? offset : 0);
      text = Buffer.concat([text, added]);
      const used = tokenise(text, 0, text.length, delimiter.charCodeAt(0), final, table);
      offset = this.#markRows(text, table, offset, used);
      text = text.subarray(used);
      if (text.length > csvLimits.rowBytes) throw tooLong(this.rowCount + 1);
      this.#wake();
    }
  }

  /** Marks the rows of a chunk and gives where the text behind them begins in the file. */
  #markRows(text: Uint8Array, table: RowTable, from: number, used: number): number {
    const { encoding } = this.#dialect;
    const { markRows, markBytes } = this.#sizes;
    let offset = from;
    let at = 0;
    let { row: lastRow, offset: lastOffset } = this.#index.last;
    const begun = this.#index.rowCount > 0;
    for (let row = 0; row < table.rowCount; row += 1) {
      const number = this.#index.rowCount + row;
      const start = rowStart(text, table, row);
      const isFirst = !begun && row === 0;
      const far = number - lastRow >= markRows || offset + (start - at) - lastOffset >= markBytes;
      if (!isFirst && !far) continue;
      offset += fileLength(text, at, start, encoding);
      at = start;
      this.#index.mark(number, offset);
      lastRow = number;
      lastOffset = offset;
    }
    this.#index.rowCount += table.rowCount;
    return offset + fileLength(text, at, used, encoding);
  }

  async #page(first: number, count: number): Promise<RowPage> {
    const { encoding, delimiter } = this.#dialect;
    if (this.#closed) throw new ExpectedError('CANCELLED', 'The preview was closed.', 'Nothing was changed.');
    const wanted = Math.max(0, Math.min(count, this.rowCount - first));
    if (wanted === 0) return emptyPage(first);
    const mark = this.#index.before(first);
    const skipped = first - mark.row;
    for (let size = this.#sizes.pageBytes; ; size *= 4) {
      const raw = Buffer.allocUnsafe(size);
      const { bytesRead } = await this.#handle.read(raw, 0, size, mark.offset);
      const final = bytesRead < size;
      const chunk = raw.subarray(0, bytesRead);
      const text = encoding === 'utf-8' ? chunk : createTranscoder(encoding)(chunk, final);
      const table = createRowTable();
      tokenise(text, 0, text.length, delimiter.charCodeAt(0), final, table);
      const whole = table.rowCount >= skipped + wanted || final || size >= mostPageBytes;
      if (whole) return pageOf(text, table, skipped, Math.min(wanted, table.rowCount - skipped), first);
    }
  }
}

function markLength(chunk: Uint8Array, encoding: TextEncoding): number {
  if (encoding === 'utf-8') return isUtf8Mark(chunk) ? 3 : 0;
  if (encoding === 'windows-1252') return 0;
  const [first, second] = encoding === 'utf-16le' ? [0xff, 0xfe] : [0xfe, 0xff];
  return chunk[0] === first && chunk[1] === second ? 2 : 0;
}

function emptyPage(first: number): RowPage {
  return {
    bytes: Buffer.alloc(0),
    rowCount: 0,
    firstRow: first,
    starts: new Int32Array(0),
    ends: new Int32Array(0),
    rowFirstField: new Int32Array(1),
    rowProblems: new Uint8Array(0),
    hasProblems: false,
  };
}

function pageOf(text: Buffer, table: RowTable, skipped: number, count: number, first: number): RowPage {
  if (count <= 0) throw tooLong(first + 1);
  for (let row = skipped; row < skipped + count; row += 1) {
    const start = table.starts[table.rowFirstField[row] as number] as number;
    const end = table.ends[(table.rowFirstField[row + 1] as number) - 1] as number;
    const bytes = text.subarray(start, end);
    if (!isUtf8(bytes)) table.rowProblems[row] = (table.rowProblems[row] as number) | rowProblem.badEncoding;
    if (bytes.includes(0)) table.rowProblems[row] = (table.rowProblems[row] as number) | rowProblem.nulByte;
  }
  unescapeFields(text, table);
  return {
    bytes: text,
    rowCount: count,
    firstRow: first,
    starts: table.starts,
    ends: table.ends,
    rowFirstField: table.rowFirstField.subarray(skipped, skipped + count + 1),
    rowProblems: table.rowProblems.subarray(skipped, skipped + count),
    hasProblems: true,
  };
}

function tooLong(row: number): ExpectedError {
  return new ExpectedError(
    'TOO_LARGE',
    `Row ${row} of the file is longer than ${csvLimits.rowBytes / 1024 ** 2} MiB.`,
    'What comes before it is shown. Look for a quote that is never closed, or a wrong delimiter.',
  );
}
