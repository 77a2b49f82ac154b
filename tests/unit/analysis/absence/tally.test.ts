import { describe, expect, it } from 'vitest';
import { figuresOf, partCounts } from '#main/analysis/absence/figures.ts';
import { groupReader } from '#main/analysis/absence/groups.ts';
import { reasonReader } from '#main/analysis/absence/reasons.ts';
import type { AbsenceRow } from '#main/analysis/absence/spells.ts';
import type { StaffMember } from '#main/analysis/absence/staff-timeline.ts';
import { tallyAbsence } from '#main/analysis/absence/tally.ts';
import { workingDays } from '#main/analysis/absence/working-days.ts';
import { away, day, member, naiveDays, randomForce } from './oracle.ts';

const reasonOf = reasonReader({ own: {}, codeSets: null });

function tally(
  people: readonly (readonly [StaffMember, readonly AbsenceRow[]])[],
  from: string,
  to: string,
  more: Partial<Parameters<typeof tallyAbsence>[0]> = {},
) {
  return tallyAbsence({
    members: people.map(([person]) => person),
    absences: people.map(([, rows]) => rows),
    fromDay: day(from),
    toDay: day(to),
    days: 'calendar',
    gapDays: 0,
    bridgeWeekends: false,
    reasonOf,
    groupOf: groupReader('unit', day(from)),
    ...more,
  });
}

describe('days lost and available', () => {
  it('equal a count day by day, whatever people do', () => {
    for (const [seed, days] of [
      [1, 'calendar'],
      [2, 'working'],
      [3, 'calendar'],
    ] as const) {
      const [from, to] = ['2024-02-10', '2024-12-05'];
      const force = randomForce(seed, 150, day('2024-01-01'), 366);
      const naive = naiveDays(force, day(from), day(to), days, (reason) => reason === 'Stress');
      const found = tally(
        force.members.map((person, at) => [person, force.absences[at]!]),
        from,
        to,
        { days },
      );
      expect([...found.groups.keys()].sort()).toEqual([...naive.keys()].sort());
      for (const [unit, sums] of found.groups) {
        const oracle = naive.get(unit)!;
        expect(sums.availableFte, `${unit} ${seed}`).toBeCloseTo(oracle.available, 8);
        expect(sums.lostFte).toBeCloseTo(oracle.lost, 8);
        expect(sums.calendarDays).toBeCloseTo(oracle.calendar, 8);
        expect(sums.psychologicalFte).toBeCloseTo(oracle.psychological, 8);
        expect(sums.personDays).toBe(oracle.personDays);
      }
      expect(found.all.lostFte).toBeGreaterThan(100);
    }
  });

  it('counts a spell that crosses the ends of February in a leap year by its overlap', () => {
    const rows = [away('2024-01-20', '2024-03-10')];
    expect(tally([[member('a'), rows]], '2024-02-01', '2024-02-29').all).toMatchObject({
      calendarDays: 29,
      lostFte: 29,
      spells: 1,
      started: 0,
      open: 1,
      // 20 January to 29 February: 41 days by then.
      long: 1,
      absentAtEnd: 1,
      longAtEnd: 1,
    });
    expect(tally([[member('a'), rows]], '2023-02-01', '2023-02-28').all.calendarDays).toBe(0);
    // Month by month nothing is lost or counted twice.
    const months = ['2024-01', '2024-02', '2024-03'].map((month, at) =>
      tally([[member('a'), rows]], `${month}-01`, `${month}-${[31, 29, 31][at]}`),
    );
    expect(months.map(({ all }) => all.calendarDays)).toEqual([12, 29, 10]);
    expect(months.map(({ all }) => all.started)).toEqual([1, 0, 0]);
  });

  it('loses nothing and everything at the very ends of a period', () => {
    const lost = (start: string, end: string | null) =>
      tally([[member('a'), [away(start, end)]]], '2025-04-01', '2025-04-30').all.calendarDays;
    expect(lost('2025-03-01', '2025-03-31')).toBe(0);
    expect(lost('2025-03-01', '2025-04-01')).toBe(1);
    expect(lost('2025-04-30', null)).toBe(1);
    expect(lost('2025-05-01', null)).toBe(0);
    expect(lost('2025-01-01', null)).toBe(30);
  });

  it('takes the part of a day that the extract gives, and only for one day', () => {
    const of = (fte: number, row: AbsenceRow) => tally([[member('a', { fte }), [row]]], '2025-04-01', '2025-04-30').all;
    expect(of(1, away('2025-04-07', '2025-04-07', { fteDays: 0.5 }))).toMatchObject({
      calendarDays: 0.5,
      lostFte: 0.5,
    });
    expect(of(0.8, away('2025-04-07', '2025-04-07', { fteDays: 0.4 }))).toMatchObject({
      calendarDays: 0.5,
      lostFte: 0.4,
    });
    expect(of(0.8, away('2025-04-07', '2025-04-07', { fteDays: 0.8 }))).toMatchObject({
      calendarDays: 1,
      lostFte: 0.8,
    });
    expect(of(1, away('2025-04-07', '2025-04-08', { fteDays: 0.5 }))).toMatchObject({ calendarDays: 2, lostFte: 2 });
  });

  it('follows FTE and unit through postings in the middle of a spell, and falls back on the people extract', () => {
    const person = member('a', {
      fte: 0.6,
      postings: [
        { fromDay: day('2025-04-11'), toDay: day('2025-04-20'), unit: 'South', role: 'Response', fte: 0.5 },
        { fromDay: day('2025-04-16'), toDay: null, unit: 'East', role: 'Response', fte: null },
      ],
    });
    const found = tally([[person, [away('2025-04-01', '2025-04-30')]]], '2025-04-01', '2025-04-30');
    const lost = Object.fromEntries([...found.groups].map(([unit, { lostFte }]) => [unit, lostFte]));
    expect(lost['North']).toBeCloseTo(10 * 0.6, 10);
    expect(lost['South']).toBeCloseTo(5 * 0.5, 10);
    expect(lost['East']).toBeCloseTo(15 * 0.6, 10);
    expect(found.all).toMatchObject({ people: 1, absent: 1, spells: 1, started: 1 });
    expect(found.groups.get('East')).toMatchObject({ inPostAtEnd: 1, absentAtEnd: 1, spells: 0 });
    expect(found.groups.get('North')).toMatchObject({ inPostAtEnd: 0, spells: 1 });
  });

  it('counts Monday to Friday alone where asked', () => {
    expect(workingDays(day('2025-04-05'), day('2025-04-06'))).toBe(0);
    expect(workingDays(day('2025-04-04'), day('2025-04-07'))).toBe(2);
    expect(workingDays(day('2025-04-01'), day('2025-04-30'))).toBe(22);
    const { all } = tally([[member('a'), [away('2025-04-04', '2025-04-07')]]], '2025-04-01', '2025-04-30', {
      days: 'working',
    });
    expect(all).toMatchObject({ availableFte: 22, lostFte: 2, calendarDays: 4, workingDays: 2 });
  });
});

describe('the figures of a group', () => {
  it('are those of the hand-worked example', () => {
    // Two whole people and one who joins for the last ten days of thirty: headcount 70 ÷ 30.
    const found = tally(
      [
        [member('a'), [away('2025-03-01', '2025-04-05', { reason: 'Stress' }), away('2025-04-10', '2025-04-11')]],
        [member('b', { fte: 0.5 }), [away('2025-04-21', '2025-04-30', { reason: 'Back pain' })]],
        [member('c', { serviceStart: day('2025-04-21') }), []],
      ],
      '2025-04-01',
      '2025-04-30',
    );
    const figures = figuresOf(found.all, 30, new Set(partCounts));
    expect(figures).toMatchObject({
      people: 3,
      peopleAbsent: 2,
      averageHeadcount: 70 / 30,
      availableFteDays: 30 + 15 + 10,
      days: { calendar: 5 + 2 + 10, fte: 5 + 2 + 5 },
      ratePercent: (100 * 12) / 55,
      spells: 3,
      spellsStarted: 2,
      frequency: 2 / (70 / 30),
      severityDays: 17 / 3,
      long: { spells: 1, fteDays: 5 },
      short: { spells: 2, fteDays: 7 },
      psychological: { people: 1, spells: 1, fteDays: 5, share: 5 / 12, unmappedFteDays: 2, highestShare: 7 / 12 },
      openSpells: 0,
      lastDay: { inPost: 3, absent: 1, longTerm: 0 },
    });
    expect(figuresOf(found.all, 30, new Set())).toMatchObject({
      long: null,
      short: null,
      psychological: null,
      openSpells: null,
    });
  });

  it('follow each spell from where it is first seen, and take leaving for no return', () => {
    const { followed } = tally(
      [
        [member('a'), [away('2025-03-22', '2025-04-05')]],
        [member('b'), [away('2025-04-10', null)]],
        [member('c', { serviceEnd: day('2025-04-15') }), [away('2025-04-11', null)]],
        [member('d', { serviceEnd: day('2025-04-15') }), [away('2025-04-11', '2025-04-15')]],
        [member('e'), [away('2025-04-30', '2025-04-30')]],
        [member('f'), [away('2025-04-30', '2025-05-02')]],
      ],
      '2025-04-01',
      '2025-04-30',
    );
    expect(followed.map(({ entryDays, exitDays, returned }) => [entryDays, exitDays, returned])).toEqual([
      [10, 15, true],
      [0, 21, false],
      [0, 5, false],
      [0, 5, false],
      [0, 1, true],
      [0, 1, false],
    ]);
  });

  it('leave out days outside service, and say how many', () => {
    const found = tally(
      [
        [
          member('a', { serviceStart: day('2025-04-11'), serviceEnd: day('2025-04-20') }),
          [away('2025-04-01', '2025-04-30')],
        ],
      ],
      '2025-04-01',
      '2025-04-30',
    );
    expect(found.all).toMatchObject({ personDays: 10, lostFte: 10, started: 0, inPostAtEnd: 0, open: 0 });
    expect(found.notes.daysOutsideService).toBe(20);
  });
});
