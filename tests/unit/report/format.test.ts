import { describe, expect, it } from 'vitest';
import {
  cleanText,
  formatCell,
  formatDate,
  formatInterval,
  formatNumber,
  formatShare,
  notesOf,
} from '#shared/report/format.ts';

describe('formatNumber', () => {
  it('writes numbers the British way', () => {
    expect(formatNumber(1_234_567.891, 1)).toBe('1,234,567.9');
    expect(formatNumber(999)).toBe('999');
    expect(formatNumber(1_000)).toBe('1,000');
    expect(formatNumber(-12_480.5, 1)).toBe('\u221212,480.5');
    expect(formatNumber(1234.5678, 4)).toBe('1,234.5678');
  });
  it('gives no sign to what rounds to zero, and no number to what is none', () => {
    expect(formatNumber(-0.04, 1)).toBe('0.0');
    expect(formatNumber(Number.NaN)).toBe('not assessable');
  });
});

describe('formatting', () => {
  it('writes dates, shares and intervals in words a reader knows', () => {
    expect(formatDate('2026-03-31')).toBe('31 Mar 2026');
    expect(formatDate('2026-03')).toBe('Mar 2026');
    expect(formatDate('soon')).toBe('soon');
    expect(formatShare(0.1184, 1)).toBe('11.8%');
    expect(formatInterval(-1.25, 2, 1)).toBe('\u22121.3 to 2.0');
    expect(formatCell({ kind: 'withheld', reason: 'derived' })).toBe('[c]');
  });
  it('explains the marker with the threshold, after the table’s own notes', () => {
    const table = {
      columns: [],
      rows: [{ cells: [{ kind: 'withheld', reason: 'primary' } as const] }],
      notes: ['One.'],
      threshold: 10,
    };
    expect(notesOf(table)[0]).toBe('One.');
    expect(notesOf(table)[1]).toContain('counts of 1 to 9');
    expect(notesOf({ ...table, rows: [] })).toEqual(['One.']);
  });
});

describe('cleanText', () => {
  it('takes out what cannot be seen and keeps what can', () => {
    expect(cleanText('a\u202eb\u200b\u0000c\ud800d\tE\nf')).toBe('abcd E f');
    expect(cleanText('Siân O’Brien – 5 °C ½ €')).toBe('Siân O’Brien – 5 °C ½ €');
    expect(cleanText('𝒳 👮')).toBe('𝒳 👮');
  });
});
