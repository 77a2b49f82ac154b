import type { FileSample } from './file-sample.ts';
import { findHeader } from './find-header.ts';
import { columnNames, headerNames } from './table-rows.ts';
import { isTotalsCells } from './totals-row.ts';

/** The table of a file as its sample shows it: where its header is, and rows of data without totals and blank ones. */
export type TableLook = {
  readonly sample: FileSample;
  readonly rowsAbove: number;
  /** Rows that the header takes; 0 where none names the columns. */
  readonly headerRows: number;
  /** Each different; `column_1` and so on where there is no name. */
  readonly columns: readonly string[];
  /** Texts above the header. */
  readonly titles: readonly string[];
  /** Rows of data from all parts of the sample. */
  readonly rows: readonly (readonly string[])[];
  /** Rows of the sample that sum others up, tell about the export or repeat the header. */
  readonly totals: number;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
};

/** Where the header is, where that is known better than what would be found. */
export type TableKnown = { readonly rowsAbove?: number | undefined; readonly headerRows?: number | undefined };

/** Finds the table in a sample of a file of any format. */
export function lookAtTable(sample: FileSample, known: TableKnown = {}): TableLook {
  const found = findHeader(sample.rows);
  const isKnown = known.rowsAbove !== undefined || known.headerRows !== undefined;
  const rowsAbove = known.rowsAbove ?? found.rowsAbove;
  const headerRows = known.headerRows ?? (isKnown ? 1 : found.headerRows);
  const header = sample.rows.slice(rowsAbove, rowsAbove + headerRows);
  const data = [...sample.rows.slice(rowsAbove + headerRows), ...sample.tailRows];
  const width = headerRows > 0 ? Math.max(0, ...header.map((row) => row.length)) : (data[0]?.length ?? 0);
  const written =
    header.length === 1
      ? (header[0] ?? []).map((name) => name.trim())
      : header.length === 0
        ? Array.from({ length: width }, () => '')
        : headerNames(header);
  const kept = data.filter((row) => row.some((cell) => cell.trim() !== ''));
  const repeated = (row: readonly string[]): boolean =>
    row.length > 1 && written[0] !== '' && written.every((name, index) => (row[index] ?? '').trim() === name);
  const rows = kept.filter(
    (row) =>
      !isTotalsCells(
        row.map((cell) => cell.trim()),
        written.length,
      ) && !repeated(row),
  );
  const titles = sample.rows
    .slice(0, rowsAbove)
    .flatMap((row) => row.map((cell) => cell.trim()).filter((cell) => cell !== ''));
  return {
    sample,
    rowsAbove,
    headerRows,
    columns: columnNames(written),
    titles,
    rows,
    totals: kept.length - rows.length,
    warnings: warningsOf(written, rows, headerRows),
  };
}

function warningsOf(written: readonly string[], rows: readonly (readonly string[])[], headerRows: number) {
  const warnings: { code: string; message: string }[] = [];
  const names = written.filter((name) => name !== '').map((name) => name.toLowerCase());
  if (headerRows === 0) {
    warnings.push({
      code: 'NO_HEADER',
      message: 'No row names the columns; they are called column_1, column_2 and so on.',
    });
  } else {
    if (new Set(names).size < names.length) {
      warnings.push({
        code: 'DUPLICATE_COLUMN',
        message: 'Some columns have the same name; a number behind it tells them apart.',
      });
    }
    if (names.length < written.length) {
      warnings.push({ code: 'UNNAMED_COLUMN', message: 'Some columns have no name; they are called by their place.' });
    }
  }
  if (rows.some((row) => row.length < written.length || row.slice(written.length).some((cell) => cell.trim() !== ''))) {
    warnings.push({ code: 'UNEVEN_ROWS', message: 'Some rows have more or fewer cells than the header.' });
  }
  if (rows.length === 0)
    warnings.push({ code: 'NO_DATA_ROWS', message: 'There are no rows of data below the header.' });
  return warnings;
}
