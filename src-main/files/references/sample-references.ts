import { type FileSample, sampleRows } from '../file-sample.ts';
import { referenceColumns } from './reference.ts';
import { type ReferenceFormat, ReferenceRows } from './reference-rows.ts';

/** References that are looked at: each is a whole record, and BibTeX takes a millisecond for each. */
const lookedAt = Math.min(500, sampleRows - 1);

/**
 * A sample of a file of references: the columns of the studies extract as its header, and its first records.
 *
 * @throws ExpectedError as `ReferenceRows` does
 */
export async function sampleReferences(path: string, format: ReferenceFormat): Promise<FileSample> {
  const table = await ReferenceRows.open(path, format);
  const rows: string[][] = [[...referenceColumns]];
  let whole = true;
  for await (const batch of table.batches()) {
    for (let row = 0; row < batch.rowCount && rows.length <= lookedAt; row += 1) {
      const first = batch.rowFirstField[row] as number;
      rows.push(
        referenceColumns.map((_, column) =>
          batch.bytes.toString('utf8', batch.starts[first + column], batch.ends[first + column]),
        ),
      );
    }
    whole = rows.length <= lookedAt;
    if (!whole) break;
  }
  return {
    format,
    sizeBytes: table.sizeBytes,
    encoding: table.encoding,
    delimiter: ',',
    rows,
    tailRows: [],
    whole,
    sheets: [],
    sheet: null,
    dateColumns: new Set(),
  };
}
