import { describe, expect, it } from 'vitest';
import { guidePassphrase } from '../../src-renderer/features/lock/passphrase-guidance.ts';
import { isPeriod, lastFullYear } from '../../src-renderer/features/reports/report-period.ts';

describe('guidance on a passphrase', () => {
  it('goes by length, counted as people count', () => {
    expect(guidePassphrase('harbour lanter').acceptable).toBe(false);
    expect(guidePassphrase('harbour lantern').acceptable).toBe(true);
    expect(guidePassphrase('🌊🌊 harbour 123').words).toBe('1 more character needed.');
    expect(guidePassphrase('ab'.repeat(64)).acceptable).toBe(false);
    expect(guidePassphrase(`${'quiet marsh lantern '.repeat(7)}`).words).toContain('At most');
  });

  it('asks for no kind of character', () => {
    expect(guidePassphrase('correct horse battery staple').level).toBe('good');
  });

  it('sees what repeats itself', () => {
    expect(guidePassphrase('aaaaaaaaaaaaaaaaaaaa').acceptable).toBe(false);
    expect(guidePassphrase('abcdefabcdefabcdef').acceptable).toBe(false);
  });
});

describe('the period of a report', () => {
  it.each([
    ['2026-03-31', '2025-04-01', '2026-03-31'],
    ['2026-03-30', '2025-03-01', '2026-02-28'],
    ['2026-01-15', '2025-01-01', '2025-12-31'],
    ['2024-02-29', '2023-03-01', '2024-02-29'],
    ['2025-01-01', '2024-01-01', '2024-12-31'],
  ])('of data to %s is the last twelve whole months', (latest, from, to) => {
    expect(lastFullYear(latest)).toEqual({ from, to });
  });

  it('has its first day no later than its last', () => {
    expect([
      isPeriod({ from: '2026-01-01', to: '2026-01-01' }),
      isPeriod({ from: '2026-01-02', to: '2026-01-01' }),
      isPeriod({ from: '', to: '2026-01-01' }),
    ]).toEqual([true, false, false]);
  });
});
