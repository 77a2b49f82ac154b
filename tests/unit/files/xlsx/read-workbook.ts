import type { RowBatch } from '#main/files/table-rows.ts';
import { type WorkbookOptions, WorkbookRows } from '#main/files/xlsx/workbook-rows.ts';
import { type WorkbookXml, workbookOf } from '#tests/fixtures/files/workbook.ts';
import type { ZipEntry } from '#tests/fixtures/files/zip.ts';
import { fileOf, problemCodes } from '../read-rows.ts';

export type SheetRows = {
  readonly header: readonly string[];
  readonly rows: string[][];
  readonly problems: string[][];
  readonly numbers: number[];
  readonly batches: number;
  readonly sha256: string | null;
};

export function rowsOfBatch(batch: RowBatch): string[][] {
  return Array.from({ length: batch.rowCount }, (_, row) => {
    const cells: string[] = [];
    for (let field = batch.rowFirstField[row]!; field < batch.rowFirstField[row + 1]!; field += 1) {
      cells.push(batch.bytes.toString('utf8', batch.starts[field], batch.ends[field]));
    }
    return cells;
  });
}

export async function readWorkbookFile(path: string, options: WorkbookOptions = {}): Promise<SheetRows> {
  const table = await WorkbookRows.open(path, options);
  const rows: string[][] = [];
  const problems: string[][] = [];
  const numbers: number[] = [];
  let batches = 0;
  for await (const batch of table.batches()) {
    batches += 1;
    rows.push(...rowsOfBatch(batch));
    for (let row = 0; row < batch.rowCount; row += 1) {
      problems.push(problemCodes(batch.rowProblems[row]!));
      numbers.push(batch.firstRow + row);
    }
  }
  return { header: table.header, rows, problems, numbers, batches, sha256: table.sha256 };
}

/** Rows of a workbook written by hand. */
export function readBook(book: WorkbookXml, options: WorkbookOptions = {}, more: readonly ZipEntry[] = []) {
  return readWorkbookFile(fileOf(workbookOf(book, more), 'xlsx'), options);
}

/** `CODE: message` of a refusal, or `accepted`. */
export async function refusalOf(content: Uint8Array, extension = 'xlsx', options: WorkbookOptions = {}) {
  return readWorkbookFile(fileOf(content, extension), options).then(
    () => 'accepted',
    (error) => (error.error ? `${error.error.code}: ${error.message}` : `${error.stack}`),
  );
}
