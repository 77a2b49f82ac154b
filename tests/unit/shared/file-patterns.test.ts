import { describe, expect, it } from 'vitest';
import { matchesPattern, patternOfFileName } from '#shared/domain/file-patterns.ts';

describe('pattern of a file name', () => {
  it.each([
    ['absence_2026-03.csv', 'absence_*.csv'],
    ['absence 31.03.2026 (1).xlsx', 'absence *.xlsx'],
    ['HR Absence March 2026.csv', 'HR Absence *.csv'],
    ['duties-Sept-26.tsv', 'duties-*.tsv'],
    ['marching-orders.csv', 'marching-orders.csv'],
    ['20260331.csv', '*.csv'],
    ['extract', 'extract'],
    ['.2026', '.*'],
  ])('leaves open in %s what changes', (name, pattern) => {
    expect(patternOfFileName(name)).toBe(pattern);
    expect(matchesPattern(name, pattern)).toBe(true);
  });

  it.each([
    ['ABSENCE_2026-04.CSV', 'absence_*.csv', true],
    ['absence_2026-04.csv.part', 'absence_*.csv', false],
    ['absences_2026-04.csv', 'absence_*.csv', false],
    ['anything at all', '*', true],
    ['', '*', true],
    ['', '?', false],
    ['wk12.csv', 'wk??.csv', true],
    ['wk1.csv', 'wk??.csv', false],
    ['a.b.csv', 'a.?.csv', true],
    ['axb', 'a.b', false],
    ['aab', '*ab', true],
    // One é written in two ways.
    ['caf\u00e9_1.csv', 'cafe\u0301_*.csv', true],
  ])('%s against %s', (name, pattern, matches) => {
    expect(matchesPattern(name, pattern)).toBe(matches);
  });

  it('takes no longer for a pattern of many wildcards', () => {
    const started = process.cpuUsage();
    expect(matchesPattern('a'.repeat(250), `${'*a'.repeat(120)}b`)).toBe(false);
    expect(process.cpuUsage(started).user / 1_000).toBeLessThan(100);
  });
});
