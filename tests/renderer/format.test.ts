import { describe, expect, it } from 'vitest';
import { joinPath, nameProblem, parentOf } from '../../src-renderer/ui/file-names.ts';
import {
  formatBytes,
  formatDate,
  formatInstant,
  formatMean,
  formatMonth,
  formatNumber,
  formatPeriod,
  formatShare,
  formatWait,
} from '../../src-renderer/ui/format.ts';
import { parseDate } from '../../src-renderer/ui/parse-date.ts';
import { readProgress } from '../../src-renderer/ui/progress-rate.ts';
import { compareValues, filterRows, type TableColumn, tableAsText } from '../../src-renderer/ui/table-model.ts';
import { isWholeMonth, wholeMonths } from '../../src-renderer/ui/whole-months.ts';

describe('words for numbers and dates', () => {
  it('writes dates as people here do', () => {
    expect([
      formatDate('2026-03-31'),
      formatDate(null),
      formatMonth('2025-09'),
      formatPeriod('2026-01-01', '2026-01-01'),
    ]).toEqual(['31 Mar 2026', '–', 'Sep 2025', '1 Jan 2026']);
  });

  it('shows instants in London time on both sides of the clock change', () => {
    expect(formatInstant('2026-03-29T00:59:59Z')).toBe('29 Mar 2026, 00:59');
    expect(formatInstant('2026-03-29T01:00:00Z')).toBe('29 Mar 2026, 02:00');
    expect(formatInstant('2026-07-31T23:30:00Z')).toBe('1 Aug 2026, 00:30');
  });

  it('never rounds a share up to the whole or down to nothing', () => {
    expect([1, 0.9999, 0.989, 0.0002, 0, null].map(formatShare)).toEqual([
      '100%',
      'over 99.9%',
      '98.9%',
      'under 0.1%',
      '0%',
      '–',
    ]);
  });

  it('tells small means apart, and gives what rounds to nothing no sign', () => {
    expect([formatMean(1.24), formatMean(9.96), formatMean(143.4), formatMean(0)]).toEqual([
      '1.2',
      '10.0',
      '143',
      '0.0',
    ]);
    expect([formatNumber(-0.004, 2), formatNumber(-0.016, 2)]).toEqual(['0.00', '−0.02']);
  });

  it('says sizes and waits', () => {
    expect([formatBytes(999), formatBytes(1_400_000), formatWait(75), formatWait(12.2)]).toEqual([
      '999 bytes',
      '1.4 MB',
      'about a minute',
      '13 seconds',
    ]);
  });
});

describe('a typed date', () => {
  it.each([
    ['31 Mar 2026', '2026-03-31'],
    ['31 march 2026', '2026-03-31'],
    ['1/2/2026', '2026-02-01'],
    ['2026-02-28', '2026-02-28'],
    ['30 Feb 2026', null],
    ['1/13/2026', null],
    ['3 m 2026', null],
    ['1/2/26', null],
    ['', null],
  ])('%s', (typed, iso) => {
    expect(parseDate(typed)).toBe(iso);
  });
});

describe('progress', () => {
  it('gives rate and time left once there is something to divide', () => {
    const progress = { stage: 'x', done: 250, total: 1_000, unit: 'rows' } as const;
    expect(readProgress(progress, 10)).toEqual({ share: 0.25, perSecond: 25, secondsLeft: 30 });
    expect(readProgress(progress, 0.1)).toEqual({ share: 0.25, perSecond: null, secondsLeft: null });
    expect(readProgress({ ...progress, total: null }, 10)).toEqual({ share: null, perSecond: 25, secondsLeft: null });
  });
});

describe('tables', () => {
  const columns: readonly TableColumn<{ a: string; b: number | null }>[] = [
    { id: 'a', header: 'A', value: (row) => row.a },
    { id: 'b', header: '=B', value: (row) => row.b },
  ];

  it('copies what a spreadsheet could run as text, and real numbers as numbers', () => {
    const rows = [
      { a: '=1+1', b: -2 },
      { a: '@x\ty\nz', b: null },
      { a: '＋1', b: 3 },
    ];
    expect(tableAsText(rows, columns)).toBe("A\t'=B\n'=1+1\t-2\n'@x y z\t\n'＋1\t3");
  });

  it('leaves out of a copy what counts rows of people', () => {
    const counting: readonly TableColumn<{ a: string; b: number | null }>[] = [
      { id: 'a', header: 'Code', value: (row) => row.a },
      { id: 'b', header: 'Rows', value: (row) => row.b, counts: true },
    ];
    expect(tableAsText([{ a: 'SD01', b: 3 }], counting)).toBe('Code\nSD01');
  });

  it('finds rows by every word, in any column', () => {
    const rows = [
      { a: 'Response North', b: 12 },
      { a: 'Response South', b: 7 },
    ];
    expect(filterRows(rows, columns, 'response 12')).toEqual([rows[0]]);
    expect(filterRows(rows, columns, '  ')).toBe(rows);
  });

  it('orders numbers as numbers', () => {
    expect([10, 9, 100].sort(compareValues)).toEqual([9, 10, 100]);
  });
});

describe('names of files', () => {
  it('keeps to the separator of the folder', () => {
    expect([
      joinPath('C:\\Data', 'x'),
      joinPath('/home/a/', 'x'),
      parentOf('C:\\x'),
      parentOf('/x'),
      parentOf('x'),
    ]).toEqual(['C:\\Data\\x', '/home/a/x', 'C:\\', '/', null]);
  });

  it('refuses what Windows would not take', () => {
    expect([nameProblem('a:b'), nameProblem('end.'), nameProblem(' ')].every((problem) => problem !== null)).toBe(true);
    expect(nameProblem('Exposure 2026-03 to 2026-04')).toBeNull();
  });
});

describe('whole months', () => {
  it('leaves out a month that the data begin late in, or end within', () => {
    expect(isWholeMonth('2024-03', '2024-03-31', '2026-03-31')).toBe(false);
    expect(isWholeMonth('2024-04', '2024-03-31', '2026-03-31')).toBe(true);
    expect(isWholeMonth('2024-04', '2024-04-02', '2026-03-31')).toBe(true);
    expect(isWholeMonth('2026-03', '2024-04-02', '2026-03-30')).toBe(false);
    expect(isWholeMonth('2024-02', '2024-03-01', '2026-03-30')).toBe(false);
  });

  it('are listed without a gap, over the end of a year too', () => {
    expect(wholeMonths('2025-11-05', '2026-02-28')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect(wholeMonths('2025-11-20', '2026-01-30')).toEqual(['2025-12']);
    expect([wholeMonths(null, '2026-01-31'), wholeMonths('2026-02-01', '2026-01-31')]).toEqual([[], []]);
  });
});
