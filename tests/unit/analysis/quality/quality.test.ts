import { describe, expect, it } from 'vitest';
import { codeDrift, shiftOf } from '#main/analysis/quality/code-drift.ts';
import { gapOf } from '#main/analysis/quality/coverage.ts';
import { type BatchFacts, type KindFacts, wholeMonths } from '#main/analysis/quality/facts.ts';
import { cadenceOf, freshnessOf, graceOf } from '#main/analysis/quality/freshness.ts';
import { coverageOf, unitMonths } from '#main/analysis/quality/in-post.ts';
import { stoppedAt } from '#main/analysis/quality/missingness.ts';
import { kindVolume, signalWords } from '#main/analysis/quality/volumes.ts';
import { dayOfCivil, lastDayOfMonth } from '#shared/domain/dates.ts';
import { randomStream } from '#shared/domain/random.ts';

const firstMonth = 2024 * 12;
const firstDay = dayOfCivil(2024, 1, 1);

function factsOf(given: Partial<KindFacts>): KindFacts {
  const months = given.monthRows?.length ?? 0;
  return {
    kind: 'incidents',
    rows: (given.monthRows ?? []).reduce((sum, rows) => sum + rows, 0),
    firstDay,
    lastDay: months === 0 ? null : lastDayOfMonth(firstMonth + months - 1),
    rowsAhead: 0,
    firstMonth,
    monthRows: [],
    columns: [],
    codes: [],
    units: null,
    basis: 'people',
    unknownPeople: 0,
    unknownRows: 0,
    ...given,
  };
}

function batchesTo(...lastDays: readonly number[]): BatchFacts[] {
  return lastDays.map((lastDay, at) => ({
    batch: at + 1,
    kind: 'incidents',
    fileName: 'f',
    importedAt: '2026-01-01T00:00:00.000Z',
    importedBy: 'a',
    read: 1,
    duplicate: 0,
    firstDay: lastDay - 6,
    lastDay,
  }));
}

describe('freshness', () => {
  it('takes the rhythm from three different days on, whatever the order and however often one came', () => {
    expect(cadenceOf(batchesTo(10, 17))).toBeNull();
    expect(cadenceOf(batchesTo(10, 17, 17))).toBeNull();
    expect(cadenceOf(batchesTo(24, 10, 17))).toBe(7);
    expect(cadenceOf(batchesTo(10, 17, 24, 124))).toBe(7);
  });

  it('is late beyond the rhythm and its grace, counted from the day it was due', () => {
    const facts = factsOf({ monthRows: [100], lastDay: 24 });
    const late = (asOf: number): number | null => freshnessOf(facts, 'I', batchesTo(10, 17, 24), asOf).lateDays;
    expect(graceOf(7)).toBe(2);
    expect([late(24), late(31), late(33), late(34), late(60)]).toEqual([0, 0, 0, 3, 29]);
  });
});

describe('who is in post where', () => {
  it('takes the spell that reaches into the month and began last', () => {
    const months = [0, 1].map((at) => ({
      first: lastDayOfMonth(firstMonth + at - 1) + 1,
      last: lastDayOfMonth(firstMonth + at),
    }));
    const day = (month: number, of: number): number => months[month]!.first + of - 1;
    const spells = [
      { person: 1, from: Number.NEGATIVE_INFINITY, to: day(0, 10), unit: 0 },
      { person: 1, from: day(0, 11), to: Number.POSITIVE_INFINITY, unit: 1 },
      { person: 2, from: day(1, 1), to: day(1, 1), unit: 0 },
      { person: 3, from: day(0, 31), to: day(0, 31), unit: 0 },
    ];
    const posted = unitMonths(spells, 4, months);
    expect([...posted.units]).toEqual([-1, 1, -1, 0, -1, 1, 0, -1]);
    const seen = Uint8Array.from([0, 1, 1, 0, 0, 0, 1, 1]);
    expect(coverageOf(posted, seen, 2, 2)).toEqual([
      { people: [1, 1], covered: [0, 1] },
      { people: [1, 1], covered: [1, 0] },
    ]);
  });

  it('calls a month a gap only where chance would hardly leave it empty', () => {
    expect(gapOf(40, 0, 0.5)).toBe('none');
    expect(gapOf(9, 0, 1)).toBeNull(); // too few people
    expect(gapOf(40, 0, 0.05)).toBeNull(); // 0.95^40 = 0.13
    expect(gapOf(100, 0, 0.05)).toBe('none'); // 0.006
    expect(gapOf(40, 6, 0.5)).toBe('low'); // 20 expected
    expect(gapOf(40, 7, 0.5)).toBeNull();
    expect(gapOf(40, 0, null)).toBeNull();
  });
});

describe('whole months', () => {
  it('end by the day asked about and by the rows themselves', () => {
    const facts = factsOf({ monthRows: [300, 300, 300], lastDay: dayOfCivil(2024, 3, 30) });
    expect(wholeMonths(facts, dayOfCivil(2024, 3, 31), lastDayOfMonth)).toBe(3);
    expect(wholeMonths(facts, dayOfCivil(2024, 3, 30), lastDayOfMonth)).toBe(2);
    const short = factsOf({ monthRows: [300, 300, 200], lastDay: dayOfCivil(2024, 3, 20) });
    expect(wholeMonths(short, dayOfCivil(2024, 6, 1), lastDayOfMonth)).toBe(2);
    // One row a week: the last may lie well before the end.
    const rare = factsOf({ monthRows: [4, 4, 4], lastDay: dayOfCivil(2024, 3, 20) });
    expect(wholeMonths(rare, dayOfCivil(2024, 6, 1), lastDayOfMonth)).toBe(3);
  });
});

describe('fields that stopped being filled', () => {
  it('are empty to the end over enough rows, and were mostly filled before', () => {
    expect(stoppedAt([30, 30, 30, 30], [0, 3, 30, 29])).toBe(2);
    expect(stoppedAt([30, 30, 30, 30], [0, 3, 30, 20])).toBeNull(); // filled again
    expect(stoppedAt([30, 30, 5, 5], [0, 3, 5, 5])).toBeNull(); // ten rows
    expect(stoppedAt([30, 30, 30, 30], [20, 20, 30, 30])).toBeNull(); // mostly empty before
    expect(stoppedAt([30, 30], [30, 30])).toBeNull(); // never filled
    expect(stoppedAt([30, 30, 0, 30], [0, 0, 0, 30])).toBe(2); // a month without rows says nothing
  });
});

describe('codes', () => {
  it('compares shares with the spread of the months before: the statistic is that of R’s quasi-binomial idea by hand', () => {
    // Pooled share 0.22 of 1,000; before 100 of 600 in six equal months without spread: z = (0.3 − 1/6) / √(0.22·0.78·(1/600 + 1/400)).
    const even = { before: [17, 16, 17, 17, 16, 17], rowsBefore: [100, 100, 100, 100, 100, 100] };
    const p = shiftOf({ ...even, recent: [40, 40, 40], rowsRecent: [134, 133, 133] })!;
    expect(p).toBeGreaterThan(0.0005);
    expect(p).toBeLessThan(0.005);
    // The same shares among months that jump about are no news.
    const jumpy = { before: [2, 40, 5, 36, 1, 16], rowsBefore: even.rowsBefore };
    expect(shiftOf({ ...jumpy, recent: [40, 40, 40], rowsRecent: [134, 133, 133] })!).toBeGreaterThan(0.05);
    expect(shiftOf({ ...even, before: [0, 0, 0, 0, 0, 0], recent: [0, 0, 0], rowsRecent: [10, 10, 10] })).toBeNull();
  });

  it('finds nothing in codes that only vary by chance', () => {
    const stream = randomStream(7, 'codes');
    const months = 18;
    const values = Array.from({ length: 60 }, (_, at) => `C${at}`);
    const counts = values.map(() => new Array<number>(months).fill(0));
    for (let month = 0; month < months; month += 1) {
      for (let row = 0; row < 3_000; row += 1) {
        const code = counts[Math.floor(values.length * stream.nextUniform() ** 2)]!;
        code[month] = code[month]! + 1;
      }
    }
    const tallies = values.map((value, at) => ({
      value,
      firstDay,
      lastDay: lastDayOfMonth(firstMonth + months - 1),
      months: counts[at]!,
    }));
    const facts = factsOf({
      monthRows: new Array<number>(months).fill(3_000),
      codes: [{ column: 'opened_code', tallies }],
    });
    const drift = codeDrift([{ facts, label: 'Incidents', whole: months, newestFrom: null }]);
    expect(drift).toEqual({ changes: [], seen: 60, tested: 60 });
    // One that doubles its share is found, and it alone.
    const doubled = tallies.map((tally, at) =>
      at === 3 ? { ...tally, months: tally.months.map((count, month) => (month >= 15 ? count * 2 : count)) } : tally,
    );
    const found = codeDrift([
      {
        facts: { ...facts, codes: [{ column: 'opened_code', tallies: doubled }] },
        label: 'I',
        whole: months,
        newestFrom: null,
      },
    ]);
    expect(found.changes.map(({ code, change }) => `${code} ${change}`)).toEqual(['C3 more']);
    expect(found.changes[0]!.q!).toBeLessThan(0.01);
  });

  it('tells what appeared with the newest batch even in a short time', () => {
    const tally = { value: 'NEW', firstDay: firstDay + 40, lastDay: firstDay + 50, months: [0, 6] };
    const facts = factsOf({ monthRows: [50, 50], codes: [{ column: 'opened_code', tallies: [tally] }] });
    const of = (newestFrom: number | null): string[] =>
      codeDrift([{ facts, label: 'I', whole: 2, newestFrom }]).changes.map(({ change }) => change);
    expect(of(firstDay + 31)).toEqual(['appeared']);
    expect(of(null)).toEqual([]);
  });
});

describe('volumes', () => {
  it('needs a year for limits, and names in words what the rules find', () => {
    expect(kindVolume(factsOf({ monthRows: new Array<number>(11).fill(100) }), 'I', 11, null)!.limits).toBeNull();
    const rows = [100, 103, 98, 101, 99, 104, 97, 102, 100, 98, 103, 99, 101, 60, 61, 59];
    const volume = kindVolume(factsOf({ monthRows: [...rows, 20] }), 'I', 16, null)!;
    expect(volume).toMatchObject({ measure: 'rows', lastIsWhole: false });
    expect(volume.signals.filter(({ rule }) => rule === 'outside')).toMatchObject([
      { direction: 'low', from: '2025-02', to: '2025-04', current: true },
    ]);
    expect(volume.signals[0]!.words).toBe('three months below the lower limit since Feb 2025');
    // The month that has begun is shown, and judged by nothing.
    expect(volume.months.at(-1)).toBe('2025-05');
    expect(volume.limits!.mean).toBeCloseTo(rows.slice(0, 13).reduce((sum, value) => sum + value, 0) / 13, 10);
  });

  it('counts for each 100 people and 30 days where it is known who was in post', () => {
    const facts = factsOf({ monthRows: [310, 290] });
    const volume = kindVolume(facts, 'I', 2, [100, 100])!;
    expect(volume.measure).toBe('rate');
    expect(volume.values).toEqual([300, 300]); // 31 and 29 days
    expect(kindVolume(facts, 'I', 2, [100, 5])!.measure).toBe('rows');
  });

  it('says a run, a trend and a single point each its own way', () => {
    const from = firstMonth + 7;
    expect(signalWords('shift', 'high', from, from + 7, true)).toBe('eight months above the mean since Aug 2024');
    expect(signalWords('shift', 'low', from, from + 7, false)).toBe(
      'eight months below the mean from Aug 2024 to Mar 2025',
    );
    expect(signalWords('trend', 'high', from, from + 6, true)).toBe(
      'seven months each above the one before since Aug 2024',
    );
    expect(signalWords('outside', 'low', from, from, false)).toBe('Aug 2024 below the lower limit');
  });
});
