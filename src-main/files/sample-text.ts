import type { FileHandle } from 'node:fs/promises';
import { ExpectedError } from '#shared/domain/result.ts';
import { createRowTable, type RowTable, tokenise, unescapeFields } from './csv-tokeniser.ts';
import { binaryFile, refuseControlCharacters, refuseMisnamed, refuseOtherFormats } from './file-guards.ts';
import { type FileSample, sampleRows } from './file-sample.ts';
import { csvLimits } from './limits.ts';
import { openForReading } from './open-file.ts';
import { type Delimiter, type Dialect, type LineEnding, sniffDialect } from './sniff-dialect.ts';
import { createTranscoder, type EncodingFound, sniffEncoding, type TextEncoding } from './text-encoding.ts';

/** A sample of a text file, with what only text has. */
export type TextSample = FileSample & {
  readonly byteOrderMark: boolean;
  /** Whether any field in the sample is quoted. */
  readonly quoted: boolean;
  readonly lineEnding: LineEnding;
  /** Whether some rows have another number of fields than most. */
  readonly uneven: boolean;
};

const sampleBytes = 1024 ** 2;
const tailBytes = 64 * 1024;
/** Places in the middle of a long file that are looked at too, so that a rare value or a later date is met. */
const middlePlaces = 7;
const middleBytes = 32 * 1024;

/** What is known of a text file beforehand; what is left out is found. */
export type TextKnown = { readonly encoding?: TextEncoding | undefined; readonly delimiter?: Delimiter | undefined };

/**
 * A sample of a text file: its first megabyte, its end, and places between.
 *
 * @throws ExpectedError NO_SUCH_FILE; BAD_FILE, by name, for a folder, an empty file, a spreadsheet, archive, PDF or other
 * binary file, or a name that promises another format; TOO_LARGE above the limit of S16
 */
export async function sampleText(path: string, known: TextKnown = {}): Promise<TextSample> {
  const { handle, sizeBytes } = await openForReading(path, csvLimits.fileBytes);
  try {
    const head = await readPart(handle, 0, Math.min(sampleBytes, sizeBytes));
    if (head.length === 0) {
      throw new ExpectedError('BAD_FILE', 'The file is empty.', 'Nothing was read. Export it again.');
    }
    refuseOtherFormats(head);
    const whole = head.length === sizeBytes;
    const sniffed = sniffEncoding(head, whole);
    const found =
      known.encoding === undefined ? sniffed : { byteOrderMark: false, ...sniffed, encoding: known.encoding };
    if (!found) throw binaryFile();
    const text = textOf(head, found, whole);
    refuseControlCharacters(text);
    refuseMisnamed(path);
    const dialect = sniffDialect(text, whole, known.delimiter);
    if (dialect.table.rowCount === 0) {
      throw new ExpectedError(
        'BAD_FILE',
        'No row could be found in the file.',
        'Nothing was read. It may be blank, or begin with a quote that is never closed.',
      );
    }
    const rows = rowsOf(text, dialect.table, 0, sampleRows);
    const later = whole ? [] : await laterRows(handle, sizeBytes, found.encoding, dialect.delimiter);
    const rest = whole ? rowsOf(text, dialect.table, Math.max(rows.length, dialect.table.rowCount - 500)) : later;
    return { ...describe(sizeBytes, found, dialect), rows, tailRows: rest, whole: whole && rest.length === 0 };
  } finally {
    await handle.close();
  }
}

function describe(sizeBytes: number, found: EncodingFound, dialect: Dialect) {
  return {
    format: 'csv',
    sizeBytes,
    encoding: found.encoding,
    byteOrderMark: found.byteOrderMark,
    delimiter: dialect.delimiter,
    quoted: dialect.quoted,
    lineEnding: dialect.lineEnding,
    uneven: dialect.uneven,
    sheets: [],
    sheet: null,
    dateColumns: new Set<number>(),
  } as const;
}

async function readPart(handle: FileHandle, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let used = 0;
  while (used < length) {
    const { bytesRead } = await handle.read(buffer, used, length - used, from + used);
    if (bytesRead === 0) break;
    used += bytesRead;
  }
  return buffer.subarray(0, used);
}

/** The sample in UTF-8 without a byte order mark. */
function textOf(sample: Buffer, found: EncodingFound, whole: boolean): Buffer {
  if (found.encoding !== 'utf-8') return createTranscoder(found.encoding)(sample, whole);
  return found.byteOrderMark ? sample.subarray(3) : sample;
}

/** Rows of a table whose fields are still escaped, from row `from` up to, not including, `to`. */
function rowsOf(text: Buffer, table: RowTable, from = 0, to = table.rowCount): string[][] {
  unescapeFields(text, table);
  table.escapedFields.length = 0;
  const rows: string[][] = [];
  for (let row = from; row < Math.min(table.rowCount, to); row += 1) {
    const cells: string[] = [];
    for (let field = table.rowFirstField[row] ?? 0; field < (table.rowFirstField[row + 1] ?? 0); field += 1) {
      cells.push(text.toString('utf8', table.starts[field], table.ends[field]));
    }
    rows.push(cells);
  }
  return rows;
}

/** Rows from places between the first megabyte and the end, and those of the end. */
async function laterRows(
  handle: FileHandle,
  sizeBytes: number,
  encoding: TextEncoding,
  delimiter: Delimiter,
): Promise<string[][]> {
  const rows: string[][] = [];
  const last = Math.max(sampleBytes, sizeBytes - tailBytes);
  const step = Math.floor((last - sampleBytes) / (middlePlaces + 1) / 2) * 2;
  for (let place = 1; step > middleBytes && place <= middlePlaces; place += 1) {
    const part = await readPart(handle, sampleBytes + place * step, middleBytes);
    rows.push(...partRows(part, encoding, delimiter, false));
  }
  const end = await readPart(handle, last - (last % 2), sizeBytes - last + (last % 2));
  rows.push(...partRows(end, encoding, delimiter, true));
  return rows;
}

/** Whole rows of a part that may begin anywhere in one. */
function partRows(part: Buffer, encoding: TextEncoding, delimiter: Delimiter, final: boolean): string[][] {
  const decoded =
    encoding === 'utf-8' ? part : Buffer.from(new TextDecoder(encoding).decode(part, { stream: !final }), 'utf8');
  const start = decoded.findIndex((byte) => byte === 10 || byte === 13);
  if (start < 0) return [];
  const table = createRowTable();
  const text = Buffer.from(decoded.subarray(start + 1));
  tokenise(text, 0, text.length, delimiter.charCodeAt(0), final, table);
  // Where the part began within quotes, its rows are cut wrongly and have odd problems: they say nothing.
  const sound = Array.from({ length: table.rowCount }, (_, row) => table.rowProblems[row] === 0);
  return sound.every(Boolean) ? rowsOf(text, table) : [];
}
