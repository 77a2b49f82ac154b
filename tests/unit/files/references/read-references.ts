import { type ReferenceFormat, ReferenceRows } from '#main/files/references/reference-rows.ts';
import { fileOf, problemCodes } from '../read-rows.ts';
import { rowsOfBatch } from '../xlsx/read-workbook.ts';

export type ReadReference = Record<string, string>;

/** Records by column, empty ones left out; `problems` where a record has any. */
export async function readReferences(content: string | Uint8Array, format: ReferenceFormat): Promise<ReadReference[]> {
  const table = await ReferenceRows.open(fileOf(content, format), format);
  const found: ReadReference[] = [];
  for await (const batch of table.batches()) {
    rowsOfBatch(batch).forEach((cells, row) => {
      const filled = cells.flatMap((cell, column) => (cell === '' ? [] : [[table.header[column]!, cell] as const]));
      const problems = problemCodes(batch.rowProblems[row]!).join(' ');
      found.push({ ...Object.fromEntries(filled), ...(problems === '' ? {} : { problems }) });
    });
  }
  return found;
}
