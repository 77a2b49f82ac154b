import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { csvText } from '#main/services/csv-text.ts';

describe('CSV for people and spreadsheets', () => {
  it('neutralises texts that begin like a formula, full-width forms and controls included', () => {
    const dangerous = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx', '\0x', '＝1', '＋1', '－1', '＠x'];
    const rows = parse(
      csvText(
        ['h'],
        dangerous.map((text) => [text]),
      ),
    ) as string[][];
    expect(rows.slice(1).map(([cell]) => cell)).toEqual(dangerous.map((text) => `'${text}`));
  });

  it('leaves numbers numbers and other texts as they are', () => {
    expect(csvText(['n', 'f', 'e', 't'], [[-1.5, true, null, "it's = fine - really"]])).toBe(
      "n,f,e,t\r\n-1.5,true,,it's = fine - really\r\n",
    );
  });

  it('quotes as RFC 4180 does, so that another reader gives back the same cells', () => {
    const cells = ['a,b', 'say "x"', 'two\nlines', 'two\r\nlines', '', ' ', '"', 'plain'];
    const text = csvText(
      ['=head', 'b'],
      cells.map((cell) => [cell, 'x']),
    );
    expect(parse(text)).toEqual([["'=head", 'b'], ...cells.map((cell) => [cell, 'x'])]);
  });
});
