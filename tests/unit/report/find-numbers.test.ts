import { describe, expect, it } from 'vitest';
import { findNumbers } from '#shared/report/narrative/find-numbers.ts';

const found = (text: string): string[] => findNumbers(text).map(({ text: number }) => number);
const keys = (text: string): string[] => findNumbers(text).map(({ key }) => key);

describe('numbers in a text', () => {
  it.each<[string, readonly string[]]>([
    ['There were 184 of them.', ['184']],
    ['1,204 exposures; 12,480,001 in all', ['1,204', '12,480,001']],
    ['a mean of 12.4, up from 9.', ['12.4', '9']],
    ['12.4% of them, or 7 per cent, or 8 %', ['12.4%', '7 per cent', '8 %']],
    ['a change of −3.2 points', ['−3.2']],
    ['a change of -3.2 points (-4)', ['-3.2', '-4']],
    ['from 12.1 to 14.9', ['12.1', '14.9']],
    ['12.1–14.9, or 3-5', ['12.1', '14.9', '3', '5']],
    ['184 [they say], 12!', ['184', '12']],
    ['it cost £12,480.50', ['12,480.50']],
    ['24 of 26', ['24', '26']],
    ['2026 people', []],
    ['2,026 people', ['2,026']],
    ['in 2024–25 and 2024/25, since 1999', []],
    ['on 31 Mar 2026, 31 March and March 31', []],
    ['on 2026-03-31, 31/03/2026 at 10:30', []],
    ['12 marches, of which 12 may be held; 12 May', ['12', '12']],
    ['PHQ-9 and GAD-7 after COVID-19, B12, N2O', []],
    ['a 95% confidence interval, a 95 per cent CI, 90% interval, 95% limits', []],
    ['95% of them', ['95%']],
    ['see Table 3, figure 2, item 9 and wave 2, version 1.2.3', []],
    ['the 1st and the 184th, 12h, 3x, a 12-month plan', []],
    ['1e5 and 1.2.3 and 4/10', []],
    ['line\n184\nline', ['184']],
    ['', []],
  ])('are in “%s”', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('are the same number however they are written', () => {
    expect(keys('1,204 and 1204')).toEqual(['1204', '1204']);
    expect(keys('−3.2 and -3.2')).toEqual(['-3.2', '-3.2']);
    expect(keys('12.4%, 12.4 % and 12.4 per cent')).toEqual(['12.4%', '12.4%', '12.4%']);
    expect(keys('12.4 and 12.40')).toEqual(['12.4', '12.40']);
  });

  it('stand where they are said to', () => {
    const text = 'Up by 12.4 per cent, down by −3.';
    for (const { text: number, start, end } of findNumbers(text)) expect(text.slice(start, end)).toBe(number);
    expect(findNumbers(text)).toHaveLength(2);
  });

  it('are found in a long text at once', () => {
    const started = performance.now();
    expect(found('9'.repeat(5_000))).toEqual([]);
    findNumbers('1,'.repeat(3_000));
    findNumbers('1,111'.repeat(1_200));
    findNumbers(' - 5 per cent'.repeat(450));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
