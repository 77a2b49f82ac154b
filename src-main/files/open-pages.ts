import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Dialect } from '#shared/contract/import-preview.ts';
import { openRows } from './open-rows.ts';
import { PackedPages } from './packed-pages.ts';
import type { RowPages } from './row-pages.ts';
import { TextPages } from './text-pages.ts';

const references = new Set(['.ris', '.nbib', '.bib']);

/** Whether a file is a table in plain text, so that any row can be read from the middle of it. */
async function isTextTable(path: string): Promise<boolean> {
  if (references.has(extname(path).toLowerCase())) return false;
  const handle = await open(path, 'r').catch(() => null);
  if (!handle) return true;
  try {
    const start = Buffer.alloc(2);
    await handle.read(start, 0, 2, 0);
    return start.toString('latin1') !== 'PK';
  } finally {
    await handle.close();
  }
}

/**
 * Opens a file for reading any of its rows, counted from the top of the file.
 *
 * @throws ExpectedError as the reader of the file's format does
 */
export async function openPages(path: string, dialect: Dialect): Promise<RowPages> {
  const { encoding = 'utf-8', delimiter = ',', sheet } = dialect;
  if (await isTextTable(path)) return TextPages.open(path, { encoding, delimiter });
  return new PackedPages(await openRows(path, sheet === undefined ? {} : { sheet }));
}
