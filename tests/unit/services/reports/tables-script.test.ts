import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { tablesScript } from '#main/services/reports/tables-script.ts';
import type { ReportDocument, TableCellValue } from '#shared/report/document.ts';

const runsR = spawnSync('Rscript', ['--version']).status === 0;

const number = (value: number): TableCellValue => ({ kind: 'number', value, decimals: 0 });

function documentWith(share: number): ReportDocument {
  return {
    ...{ title: 'Two quarters', subtitle: '', marking: 'OFFICIAL', language: 'en-GB', dataTo: '2026-03-31', about: '' },
    sections: [
      {
        id: 'answers',
        heading: 'Answers',
        blocks: [
          {
            kind: 'table',
            caption: 'Who answered',
            columns: [
              { label: 'Invited', align: 'end' },
              { label: 'Answered', align: 'end' },
              { label: 'Share', align: 'end' },
            ],
            rows: [
              { cells: [number(40), number(30), { kind: 'share', value: share, decimals: 1 }] },
              { cells: [{ kind: 'text', text: 'none' }, { kind: 'not-assessable' }, { kind: 'not-assessable' }] },
            ],
            notes: [],
            derived: [{ column: 2, by: 'ratio', of: 1, over: 0 }],
          },
        ],
      },
    ],
  };
}

function run(document: ReportDocument) {
  const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' };
  return spawnSync('Rscript', ['--vanilla', '-'], { input: tablesScript(document), encoding: 'utf8', env });
}

describe.skipIf(!runsR)('the script for R of a table with a word among its counts', () => {
  it('works out what follows from the others, and keeps the word', () => {
    const { status, stdout } = run(documentWith(0.75));
    expect(stdout).toContain('none');
    expect(stdout).toContain('1 figures worked out again from the counts that are printed, 0 not the same');
    expect(status).toBe(0);
  });

  it('finds one that does not follow', () => {
    const { status, stdout } = run(documentWith(0.8));
    expect(stdout).toContain('NOT THE SAME: table1 / Share row 1');
    expect(status).toBe(1);
  });
});
