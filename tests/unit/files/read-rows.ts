import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type CsvOptions, CsvRows } from '#main/files/csv-rows.ts';
import { createRowTable, rowProblemCodes, tokenise, unescapeFields } from '#main/files/csv-tokeniser.ts';

export type Tokenised = { readonly rows: string[][]; readonly problems: string[][] };

export function problemCodes(bits: number): string[] {
  return rowProblemCodes.filter(({ bit }) => (bits & bit) !== 0).map(({ code }) => code);
}

/** Rows of a text that is tokenised in one piece. */
export function tokeniseText(text: string, delimiter = ','): Tokenised {
  const bytes = Buffer.from(text);
  const table = createRowTable();
  tokenise(bytes, 0, bytes.length, delimiter.charCodeAt(0), true, table);
  unescapeFields(bytes, table);
  const rows: string[][] = [];
  const problems: string[][] = [];
  for (let row = 0; row < table.rowCount; row += 1) {
    const fields: string[] = [];
    for (let field = table.rowFirstField[row]!; field < table.rowFirstField[row + 1]!; field += 1) {
      fields.push(bytes.toString('utf8', table.starts[field], table.ends[field]));
    }
    rows.push(fields);
    problems.push(problemCodes(table.rowProblems[row]!));
  }
  return { rows, problems };
}

/** A file that is gone after the test. */
export function fileOf(content: string | Uint8Array, extension = 'csv'): string {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, `file.${extension}`);
  writeFileSync(path, content);
  return path;
}

export type FileRows = Tokenised & { readonly csv: CsvRows; readonly numbers: number[]; readonly bytesRead: number[] };

export async function readFileRows(path: string, options: Partial<CsvOptions> = {}): Promise<FileRows> {
  const csv = await CsvRows.open(path, { encoding: 'utf-8', delimiter: ',', hasHeader: false, ...options });
  const found: FileRows = { csv, rows: [], problems: [], numbers: [], bytesRead: [] };
  for await (const batch of csv.batches()) {
    found.bytesRead.push(batch.bytesRead);
    let problemsSeen = false;
    for (let row = 0; row < batch.rowCount; row += 1) {
      const fields: string[] = [];
      for (let field = batch.rowFirstField[row]!; field < batch.rowFirstField[row + 1]!; field += 1) {
        fields.push(batch.bytes.toString('utf8', batch.starts[field], batch.ends[field]));
      }
      found.rows.push(fields);
      found.problems.push(problemCodes(batch.rowProblems[row]!));
      found.numbers.push(batch.firstRow + row);
      if (batch.rowProblems[row] !== 0) problemsSeen = true;
    }
    if (problemsSeen !== batch.hasProblems) throw new Error('hasProblems disagrees with the rows');
  }
  return found;
}
