import type { Dialect } from '#shared/contract/import-preview.ts';
import { formatOf } from './file-format.ts';
import { openRows } from './open-rows.ts';
import { PackedPages } from './packed-pages.ts';
import type { RowPages } from './row-pages.ts';
import { TextPages } from './text-pages.ts';

/**
 * Opens a file for reading any of its rows, counted from the top of the file.
 *
 * @throws ExpectedError as the reader of the file's format does
 */
export async function openPages(path: string, dialect: Dialect): Promise<RowPages> {
  const { encoding = 'utf-8', delimiter = ',', sheet } = dialect;
  if ((await formatOf(path)) === 'csv') return TextPages.open(path, { encoding, delimiter });
  return new PackedPages(await openRows(path, { headerRows: 0, ...(sheet === undefined ? {} : { sheet }) }));
}
