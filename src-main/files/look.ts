import { ExpectedError } from '#shared/domain/result.ts';
import { unescapeFields } from './csv-tokeniser.ts';
import { binaryFile, refuseControlCharacters, refuseMisnamed, refuseOtherFormats } from './file-guards.ts';
import { csvLimits } from './limits.ts';
import { openForReading } from './open-file.ts';
import { type DateOrderFound, looksLikeHeader, normaliseColumnName, sniffDateOrder } from './sniff-columns.ts';
import { type Delimiter, type Dialect, type LineEnding, sniffDialect } from './sniff-dialect.ts';
import { createTranscoder, type EncodingFound, sniffEncoding, type TextEncoding } from './text-encoding.ts';

export type LookedColumn = {
  /** As in the header, trimmed; `column_1` and so on without one. */
  readonly name: string;
  readonly dateOrder: DateOrderFound | null;
};

export type LookWarning = 'DUPLICATE_COLUMN' | 'UNNAMED_COLUMN' | 'UNEVEN_ROWS' | 'NO_DATA_ROWS';

/** What the first megabyte of a text file shows. */
export type FileLook = {
  readonly sizeBytes: number;
  readonly encoding: TextEncoding;
  readonly byteOrderMark: boolean;
  readonly delimiter: Delimiter;
  /** Whether any field in the sample is quoted. */
  readonly quoted: boolean;
  readonly lineEnding: LineEnding;
  readonly hasHeader: boolean;
  readonly columns: readonly LookedColumn[];
  /** The first data rows as read, at most 20, long cells cut. */
  readonly firstRows: readonly (readonly string[])[];
  readonly warnings: readonly LookWarning[];
};

const sampleBytes = 1024 ** 2;
const rowsShown = 20;
const rowsWeighed = 500;
const cellCharactersShown = 1_000;

/**
 * Looks at a file without reading it whole: encoding, delimiter, quoting, line ending, header, columns and first rows.
 *
 * @throws ExpectedError NO_SUCH_FILE; BAD_FILE, by name, for a folder, an empty file, a spreadsheet, archive, PDF or other
 * binary file, or a name that promises another format; TOO_LARGE above the limit of S16
 */
export async function lookAtFile(path: string): Promise<FileLook> {
  const { sample, sizeBytes } = await readSample(path);
  if (sample.length === 0) {
    throw new ExpectedError('BAD_FILE', 'The file is empty.', 'Nothing was read. Export it again.');
  }
  refuseOtherFormats(sample);
  const whole = sample.length === sizeBytes;
  const found = sniffEncoding(sample, whole);
  if (!found) throw binaryFile();
  const text = textOf(sample, found, whole);
  refuseControlCharacters(text);
  refuseMisnamed(path);
  if (/^sep=.[\r\n]/i.test(text.toString('latin1', 0, 8))) {
    throw new ExpectedError(
      'BAD_FILE',
      'The first line only tells Excel the delimiter (`sep=`).',
      'Nothing was read. Delete that line and look again.',
    );
  }
  const dialect = sniffDialect(text, whole);
  if (dialect.table.rowCount === 0) {
    throw new ExpectedError(
      'BAD_FILE',
      'No row could be found in the file.',
      'Nothing was read. It may be blank, or begin with a quote that is never closed.',
    );
  }
  return summarise(sizeBytes, found, dialect, rowsOf(text, dialect));
}

async function readSample(path: string): Promise<{ readonly sample: Buffer; readonly sizeBytes: number }> {
  const { handle, sizeBytes } = await openForReading(path, csvLimits.fileBytes);
  try {
    const buffer = Buffer.alloc(Math.min(sampleBytes, sizeBytes));
    let used = 0;
    while (used < buffer.length) {
      const { bytesRead } = await handle.read(buffer, used, buffer.length - used, used);
      if (bytesRead === 0) break;
      used += bytesRead;
    }
    return { sample: buffer.subarray(0, used), sizeBytes };
  } finally {
    await handle.close();
  }
}

/** The sample in UTF-8 without a byte order mark. */
function textOf(sample: Buffer, found: EncodingFound, whole: boolean): Buffer {
  if (found.encoding !== 'utf-8') return createTranscoder(found.encoding)(sample, whole);
  return found.byteOrderMark ? sample.subarray(3) : sample;
}

function rowsOf(text: Buffer, dialect: Dialect): string[][] {
  const { table } = dialect;
  unescapeFields(text, table);
  const rows: string[][] = [];
  for (let row = 0; row < Math.min(table.rowCount, rowsWeighed); row += 1) {
    const cells: string[] = [];
    for (let field = table.rowFirstField[row] ?? 0; field < (table.rowFirstField[row + 1] ?? 0); field += 1) {
      cells.push(text.toString('utf8', table.starts[field], table.ends[field]));
    }
    rows.push(cells);
  }
  return rows;
}

function summarise(sizeBytes: number, found: EncodingFound, dialect: Dialect, rows: readonly string[][]): FileLook {
  const hasHeader = looksLikeHeader(rows);
  const dataRows = hasHeader ? rows.slice(1) : rows;
  const first = rows[0] ?? [];
  const columns = first.map((cell, index) => ({
    name: hasHeader ? cell.trim() : `column_${index + 1}`,
    dateOrder: sniffDateOrder(dataRows.map((row) => row[index] ?? '')),
  }));
  const names = columns.map((column) => normaliseColumnName(column.name));
  const warnings: LookWarning[] = [];
  if (new Set(names).size < names.length) warnings.push('DUPLICATE_COLUMN');
  if (columns.some((column) => column.name === '')) warnings.push('UNNAMED_COLUMN');
  if (dialect.uneven) warnings.push('UNEVEN_ROWS');
  if (dataRows.length === 0) warnings.push('NO_DATA_ROWS');
  return {
    sizeBytes,
    encoding: found.encoding,
    byteOrderMark: found.byteOrderMark,
    delimiter: dialect.delimiter,
    quoted: dialect.quoted,
    lineEnding: dialect.lineEnding,
    hasHeader,
    columns,
    firstRows: dataRows.slice(0, rowsShown).map((row) => row.map((cell) => cell.slice(0, cellCharactersShown))),
    warnings,
  };
}
