import type { Mapping } from '#shared/contract/mapping.ts';
import { CsvRows } from './csv-rows.ts';
import type { TableRows } from './table-rows.ts';

/**
 * Opens the table of a file as a mapping says it lies in it.
 *
 * @throws ExpectedError as the reader of the file's format does
 */
export function openRows(path: string, mapping: Mapping): Promise<TableRows> {
  return CsvRows.open(path, {
    encoding: mapping.encoding ?? 'utf-8',
    delimiter: mapping.delimiter ?? ',',
    hasHeader: true,
    rowsAbove: mapping.rowsAbove ?? 0,
    headerRows: mapping.headerRows ?? 1,
  });
}
