import { describe, expect, it } from 'vitest';
import { type OffersOfPeriod, offersPart } from '#main/services/reports/added/offers-part.ts';
import { changeOfCount, changeOfRate, comparedWords } from '#main/services/reports/force-quarterly/change-words.ts';
import { quartersOf, yearTo } from '#main/services/reports/force-quarterly/quarter.ts';
import { monthEvents, quarterEvents } from '#main/services/reports/force-quarterly/quarterly-counts.ts';

const template = 'force-quarterly';

describe('the quarter that a report is about', () => {
  it('is that of the calendar, beside the one before and that of the year before', () => {
    const made = quartersOf({ template, quarter: '2026-Q1' });
    expect(made).toEqual({
      ok: true,
      value: {
        now: {
          from: '2026-01-01',
          to: '2026-03-31',
          months: ['2026-01', '2026-02', '2026-03'],
          name: 'Jan to Mar 2026',
        },
        before: {
          from: '2025-10-01',
          to: '2025-12-31',
          months: ['2025-10', '2025-11', '2025-12'],
          name: 'Oct to Dec 2025',
        },
        yearBefore: {
          from: '2025-01-01',
          to: '2025-03-31',
          months: ['2025-01', '2025-02', '2025-03'],
          name: 'Jan to Mar 2025',
        },
      },
    });
  });

  it('may begin with any month, and names both years where it lies in two', () => {
    const made = quartersOf({ template, from: '2023-12-01', to: '2024-02-29' });
    if (!made.ok) throw new Error(made.error.message);
    expect(made.value.now.name).toBe('Dec 2023 to Feb 2024');
    expect(made.value.yearBefore).toMatchObject({ from: '2022-12-01', to: '2023-02-28' });
    expect(yearTo(made.value.now)).toBe('2023-03-01');
  });

  it.each([
    { says: 'neither', spec: { template } as const },
    { says: 'both', spec: { template, quarter: '2026-Q1', from: '2026-01-01', to: '2026-03-31' } as const },
    { says: 'days', spec: { template, from: '2026-01-02', to: '2026-03-31' } as const },
    { says: 'two months', spec: { template, from: '2026-01-01', to: '2026-02-28' } as const },
    { says: 'no such day', spec: { template, from: '2026-01-01', to: '2026-03-32' } as const },
  ])('is refused where $says are named, with how to write it', ({ spec }) => {
    expect(quartersOf(spec)).toMatchObject({
      ok: false,
      error: { code: 'BAD_SPEC', hint: expect.stringContaining('2026-Q1') as string },
    });
  });

  it('is counted by the names that other reports use, so that they are judged together', () => {
    const made = quartersOf({ template, quarter: '2026-Q1' });
    if (!made.ok) throw new Error(made.error.message);
    expect(quarterEvents({ category: 'RTC_FATAL' }, made.value.now)).toEqual({
      ...{ group: 'events by count-v1|category=RTC_FATAL', from: '2026-01-01', to: '2026-03-31' },
    });
    expect(monthEvents('2024-02')).toEqual({ group: 'events by count-v1', from: '2024-02-01', to: '2024-02-29' });
  });
});

describe('what has changed, in words', () => {
  it('says more, fewer and as many, and nothing where there is nothing to compare with', () => {
    expect(changeOfCount(112, 100)).toBe('12% more than');
    expect(changeOfCount(97, 100)).toBe('3% fewer than');
    expect(changeOfCount(100, 100)).toBe('as many as');
    expect(changeOfCount(1_001, 1_000)).toBe('about as many as');
    expect(changeOfCount(5, 0)).toBeNull();
    expect(changeOfCount(null, 100)).toBeNull();
    expect(changeOfRate(4.4, 4.1, 'days')).toBe('0.3 days more than');
    expect(changeOfRate(4.12, 4.1)).toBe('about the same as');
  });

  it('names the quarter that a difference is from, and leaves out one that is withheld', () => {
    const written = (value: number): string => String(value);
    expect(comparedWords(110, [100, null], changeOfCount, written)).toBe('10% more than the quarter before (100)');
    expect(comparedWords(110, [null, null], changeOfCount, written)).toBeNull();
  });
});

describe('signals and offers', () => {
  const period = (signalled: number, offered: number): OffersOfPeriod => ({
    ...{ name: 'Jan to Mar 2026', from: '2026-01-01', to: '2026-03-31' },
    ...{ signalled, offered },
  });

  it('are counted from ten people on, and never named below', () => {
    const { section, counts, withheld } = offersPart([period(14, 9)], 10, true);
    const text = JSON.stringify(section);
    expect(counts.clinical.map(({ group, value }) => [group, value])).toEqual([['people with a signal', 14]]);
    expect(withheld).toBe(1);
    expect(text).toContain('"value":14');
    expect(text).not.toContain('"value":9');
  });

  it('say where they come from when there are none', () => {
    expect(JSON.stringify(offersPart([period(0, 0)], 10, false).section)).toContain('No signal was raised');
  });
});
