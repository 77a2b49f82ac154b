import { type FileSample, sampleRows } from '../file-sample.ts';
import type { RowBatch } from '../table-rows.ts';
import { chooseSheet, openSheet, openWorkbook, readSheet, visibleSheets } from './workbook.ts';

/** Of a longer sheet no more than this many bytes of XML is looked at. */
const lookedAtBytes = 48 * 1024 ** 2;
const everyNth = 40;
const lastRows = 200;
const mostTailRows = 2_000;

/**
 * A sample of a sheet of a workbook: its first rows as they are, some from farther on, and the last where it is not too long.
 *
 * @throws ExpectedError as `openWorkbook` and `chooseSheet` do
 */
export async function sampleWorkbook(path: string, sheetName?: string): Promise<FileSample> {
  const workbook = await openWorkbook(path);
  const sheet = await chooseSheet(workbook, sheetName);
  const reader = await openSheet(workbook, sheet, { rowsAbove: 0, headerRows: 0 });
  const lookedAt = lookedAtBytes / Math.max(1, workbook.archive.sizeOf(sheet.part));
  const rows: string[][] = [];
  const some: string[][] = [];
  let last: string[][] = [];
  const take = (batch: RowBatch): void => {
    for (let row = 0; row < batch.rowCount; row += 1) {
      if (rows.length < sampleRows) {
        rows.push(cellsOf(batch, row));
        continue;
      }
      if ((batch.firstRow + row) % everyNth === 0 && some.length < mostTailRows) some.push(cellsOf(batch, row));
      else if (row >= batch.rowCount - lastRows) last.push(cellsOf(batch, row));
    }
    last = last.slice(-lastRows);
  };
  let whole = true;
  for await (const share of readSheet(workbook, sheet, reader)) {
    if (reader.rows.full) take(reader.take(0));
    whole = share < lookedAt || share === 1;
    if (!whole) break;
  }
  take(reader.take(0));
  const tailRows = [...some, ...last];
  return {
    format: 'xlsx',
    sizeBytes: workbook.sizeBytes,
    encoding: 'utf-8',
    delimiter: ',',
    rows,
    tailRows,
    whole: whole && tailRows.length === 0,
    sheets: visibleSheets(workbook).map(({ name }) => name),
    sheet: sheet.name,
    dateColumns: reader.dateColumns,
  };
}

function cellsOf(batch: RowBatch, row: number): string[] {
  const cells: string[] = [];
  for (let field = batch.rowFirstField[row] as number; field < (batch.rowFirstField[row + 1] as number); field += 1) {
    cells.push(batch.bytes.toString('utf8', batch.starts[field], batch.ends[field]));
  }
  return cells;
}
