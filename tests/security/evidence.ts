import { appendFileSync } from 'node:fs';

/** Rows of the table “What the tests must show”. */
export type EvidenceRow = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10;

/**
 * Notes what a test has measured for one row of the table of security tests. Called at the end of a test, once all that it
 * expects has held; `npm run test:security` makes the table of the notes.
 */
export function evidence(row: EvidenceRow, what: string, measured: string): void {
  const file = process.env['TIDEMARK_EVIDENCE'];
  if (file !== undefined && file !== '') appendFileSync(file, `${JSON.stringify({ row, what, measured })}\n`);
}
