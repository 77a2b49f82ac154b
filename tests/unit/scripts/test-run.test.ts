import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chosenSteps, steps } from '../../../scripts/test/steps.ts';
import { summaryOf, tallyOfCheck, tallyOfVitest } from '../../../scripts/test/tally.ts';

type Case = readonly [status: string, ...ancestors: string[]];

function report(...files: readonly (readonly [status: string, ...cases: Case[]])[]): string {
  return JSON.stringify({
    testResults: files.map(([status, ...cases], index) => ({
      name: `file-${index}.test.ts`,
      status,
      assertionResults: cases.map(([caseStatus, ...ancestorTitles]) => ({
        status: caseStatus,
        ancestorTitles,
        title: 'it',
      })),
    })),
  });
}

describe('counting a run', () => {
  it('counts passed, failed and skipped tests and says why some were skipped', () => {
    const given = report(
      ['failed', ['passed', 'a'], ['failed', 'a'], ['skipped', 'a']],
      [
        'passed',
        ['skipped', 'the desktop (no runtime)', 'deep'],
        ['todo', 'the desktop (no runtime)'],
        ['passed', 'b'],
      ],
    );
    expect(tallyOfVitest(given, 1)).toEqual({
      passed: 2,
      failed: 1,
      skipped: 3,
      notes: ['skipped: a › it', 'skipped: the desktop (no runtime)'],
    });
  });

  it('lets nothing pass by not having run', () => {
    expect(tallyOfVitest(null, 0)).toMatchObject({ passed: 0, failed: 1 });
    expect(tallyOfVitest(report(), 0)).toMatchObject({ passed: 0, failed: 1, notes: ['no tests were found'] });
    expect(tallyOfVitest(report(['passed', ['passed', 'a']], ['failed']), 1)).toMatchObject({ passed: 1, failed: 1 });
    expect(tallyOfVitest(report(['passed', ['passed', 'a']]), 1)).toMatchObject({ passed: 1, failed: 1 });
    expect(tallyOfVitest(report(['passed', ['passed', 'a']]), null)).toMatchObject({ passed: 1, failed: 1 });
  });

  it('counts a check as one', () => {
    expect(tallyOfCheck(0)).toMatchObject({ passed: 1, failed: 0 });
    expect([tallyOfCheck(2), tallyOfCheck(null)].map((tally) => tally.failed)).toEqual([1, 1]);
  });

  it('ends with the sum', () => {
    const tally = { passed: 3, failed: 1, skipped: 2, notes: ['skipped: no browser'] };
    const summary = summaryOf([
      { name: 'unit', seconds: 1.25, tally },
      { name: 'integration', seconds: 60, tally: { ...tally, notes: [] } },
    ]).split('\n');
    expect(summary.at(-1)).toBe('6 passed, 2 failed, 4 skipped');
    expect(summary).toContain('unit: skipped: no browser');
  });
});

describe('choosing steps', () => {
  it('takes all of them, or those named, in the usual order', () => {
    expect(chosenSteps([])).toBe(steps);
    expect(chosenSteps(['--only', 'unit,layers']).map((step) => step.name)).toEqual(['layers', 'unit']);
    expect(chosenSteps(['--only=lint']).map((step) => step.name)).toEqual(['lint']);
  });

  it.each([[['--only']], [['--fast']], [['--only', 'unit', 'lint']], [['--only', 'speed']]])('refuses %j', (given) => {
    expect(() => chosenSteps(given)).toThrow(/types, lint, layers/);
  });

  it('names scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8'));
    const named = steps.flatMap((step) => (step.kind === 'check' ? [step.script] : []));
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
  });
});
