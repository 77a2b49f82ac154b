import type { Mapping } from '#shared/contract/mapping.ts';
import { CsvRows } from './csv-rows.ts';
import { formatOf } from './file-format.ts';
import { ReferenceRows } from './references/reference-rows.ts';
import type { TableRows } from './table-rows.ts';
import { WorkbookRows } from './xlsx/workbook-rows.ts';

/** What of a mapping says how a table lies in its file. */
export type TableShape = Pick<Mapping, 'encoding' | 'delimiter' | 'sheet' | 'rowsAbove' | 'headerRows'>;

/**
 * Opens the table of a file of any format as a mapping says it lies in it. With no header rows a workbook's rows come as they
 * are, each with its own number of cells.
 *
 * @throws ExpectedError as `formatOf` and the reader of the file's format do
 */
export async function openRows(path: string, shape: TableShape): Promise<TableRows> {
  const { rowsAbove = 0, headerRows = 1, sheet } = shape;
  const format = await formatOf(path);
  if (format === 'xlsx') {
    return WorkbookRows.open(path, { rowsAbove, headerRows, ...(sheet === undefined ? {} : { sheet }) });
  }
  if (format !== 'csv') return ReferenceRows.open(path, format);
  const { encoding = 'utf-8', delimiter = ',' } = shape;
  return CsvRows.open(path, { encoding, delimiter, hasHeader: true, rowsAbove, headerRows });
}
