import { ExpectedError } from '#shared/domain/result.ts';
import { formatOf } from './file-format.ts';
import type { FileFormat } from './file-sample.ts';
import { sampleFile } from './sample-file.ts';
import { sampleText, type TextKnown, type TextSample } from './sample-text.ts';
import { type DateOrderFound, looksLikeHeader, normaliseColumnName, sniffDateOrder } from './sniff-columns.ts';
import type { Delimiter, LineEnding } from './sniff-dialect.ts';
import { headerNames } from './table-rows.ts';
import type { TextEncoding } from './text-encoding.ts';

export type LookedColumn = {
  /** As in the header, trimmed; `column_1` and so on without one. */
  readonly name: string;
  readonly dateOrder: DateOrderFound | null;
};

export type LookWarning = 'DUPLICATE_COLUMN' | 'UNNAMED_COLUMN' | 'UNEVEN_ROWS' | 'NO_DATA_ROWS';

/** What the beginning of a file shows. */
export type FileLook = {
  readonly format: FileFormat;
  /** Sheets of a workbook that are not hidden, and the one looked at. */
  readonly sheets: readonly string[];
  readonly sheet: string | null;
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

/** What is known of a file beforehand; what is left out is found. */
export type LookKnown = TextKnown & {
  readonly sheet?: string | undefined;
  readonly rowsAbove?: number | undefined;
  readonly headerRows?: number | undefined;
};

const rowsShown = 20;
const cellCharactersShown = 1_000;

/**
 * Looks at a file without reading it whole: encoding, delimiter, quoting, line ending, header, columns and first rows.
 *
 * @throws ExpectedError as `sampleFile` does; BAD_FILE for a first line that is no row of a plain table
 */
export async function lookAtFile(path: string, known: LookKnown = {}): Promise<FileLook> {
  const format = await formatOf(path);
  if (format !== 'csv') return summarise({ ...ownFormat, ...(await sampleFile(path, known)) }, known);
  const sample = await sampleText(path, known);
  if (/^sep=.?$/i.test(sample.rows[0]?.[0] ?? '')) {
    throw new ExpectedError(
      'BAD_FILE',
      'The first line only tells Excel the delimiter (`sep=`).',
      'Nothing was read. Delete that line and look again.',
    );
  }
  return summarise(sample, known);
}

/** What only text has. */
const ownFormat = { byteOrderMark: false, quoted: false, lineEnding: 'lf', uneven: false } as const;

function summarise(sample: TextSample, known: LookKnown): FileLook {
  const { rowsAbove = 0, headerRows = 1 } = known;
  const rows = sample.rows.slice(rowsAbove, 500);
  const hasHeader = known.rowsAbove !== undefined || looksLikeHeader(rows);
  const dataRows = hasHeader ? rows.slice(headerRows) : rows;
  const first = hasHeader ? headerNames(rows.slice(0, headerRows)) : (rows[0] ?? []);
  const columns = first.map((cell, index) => ({
    name: hasHeader ? cell.trim() : `column_${index + 1}`,
    dateOrder: sniffDateOrder(dataRows.map((row) => row[index] ?? '')),
  }));
  const names = columns.map((column) => normaliseColumnName(column.name));
  const warnings: LookWarning[] = [];
  if (new Set(names).size < names.length) warnings.push('DUPLICATE_COLUMN');
  if (columns.some((column) => column.name === '')) warnings.push('UNNAMED_COLUMN');
  if (sample.uneven) warnings.push('UNEVEN_ROWS');
  if (dataRows.length === 0) warnings.push('NO_DATA_ROWS');
  const { format, sheets, sheet, sizeBytes, encoding, byteOrderMark, delimiter, quoted, lineEnding } = sample;
  return {
    format,
    sheets,
    sheet,
    sizeBytes,
    encoding,
    byteOrderMark,
    delimiter,
    quoted,
    lineEnding,
    hasHeader,
    columns,
    firstRows: dataRows.slice(0, rowsShown).map((row) => row.map((cell) => cell.slice(0, cellCharactersShown))),
    warnings,
  };
}
