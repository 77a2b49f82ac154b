import type { Archive } from './archive.ts';
import { cellPlace } from './cell-place.ts';

/** Cells of a column that are merged downwards: the value stands in the first of them and counts for all. */
export type MergedDown = { readonly column: number; readonly firstRow: number; readonly lastRow: number };

const mostMerges = 200_000;
const keptBytes = 16;
const longestTail = 32 * 1024 ** 2;

/**
 * The cells of a sheet that are merged downwards, in the order of their first rows. They are listed behind the rows, so the
 * part is inflated once for them alone, and only what stands behind the rows is looked through.
 */
export async function readMergedDown(archive: Archive, part: string): Promise<MergedDown[]> {
  let behindRows = false;
  let text = '';
  for await (const piece of archive.read(part)) {
    if (behindRows && text.length > longestTail) continue;
    text += piece.toString('latin1');
    if (behindRows) continue;
    const end = text.search(/<\/(?:\w+:)?sheetData\s*>/);
    behindRows = end >= 0;
    text = behindRows ? text.slice(end) : text.slice(-keptBytes * 2);
  }
  const found: MergedDown[] = [];
  for (const match of text.matchAll(/<(?:\w+:)?mergeCell\s+ref="([A-Z]{1,3}\d{1,7}):([A-Z]{1,3}\d{1,7})"/g)) {
    const from = cellPlace(match[1] as string);
    const to = cellPlace(match[2] as string);
    if (!from || !to || to.row <= from.row || found.length >= mostMerges) continue;
    found.push({ column: from.column, firstRow: from.row, lastRow: to.row });
  }
  return found.sort((a, b) => a.firstRow - b.firstRow);
}
