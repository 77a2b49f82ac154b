import { expect, it } from 'vitest';
import { evidenceTable, readEvidence } from '../../../scripts/test/security-table.ts';

const note = (row: number): string => JSON.stringify({ row, what: 'a test', measured: '3 of 3' });

it('is complete with a note for each of ten rows, and says where there is none', () => {
  const all = Array.from({ length: 10 }, (_, at) => note(at + 1)).join('\n');
  expect(evidenceTable(readEvidence(all))).toMatchObject({ complete: true });
  const missing = evidenceTable(readEvidence(`${note(1)}\n${note(1)}\n`));
  expect(missing.complete).toBe(false);
  expect(missing.lines[2]).toContain('a test: 3 of 3<br>a test: 3 of 3');
  expect(missing.lines[3]).toContain('NO EVIDENCE');
});

it('takes no note for a row that the table does not have', () => {
  expect(() => readEvidence(note(11))).toThrow();
});
