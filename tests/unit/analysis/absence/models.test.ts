import { describe, expect, it } from 'vitest';
import { absence } from '#main/analysis/absence/absence-result.ts';
import { absenceScript } from '#main/analysis/absence/r-script.ts';
import { absenceWarnings, readAbsence } from '#main/analysis/absence/reading.ts';
import { returnToWork } from '#main/analysis/absence/return-to-work.ts';
import { type AbsenceSpec, parseAbsenceSpec } from '#main/analysis/absence/spec.ts';
import { spellRates } from '#main/analysis/absence/spell-rates.ts';
import type { FollowedSpell, PersonGroup } from '#main/analysis/absence/tally.ts';
import { isoOfDay, lastDayOfMonth, monthIndexOfIso, monthOfDay } from '#shared/domain/dates.ts';
import { randomStream } from '#shared/domain/random.ts';
import { away, day, member, randomForce } from './oracle.ts';

const everyone = new Set(['North', 'South', 'East', 'All']);

function followed(seed: number, people: number): FollowedSpell[] {
  const stream = randomStream(seed, 'followed');
  return Array.from({ length: people }, (_, at) => {
    const entryDays = stream.nextBelow(3) === 0 ? 1 + stream.nextBelow(30) : 0;
    return {
      member: at,
      group: at % 2 === 0 ? 'North' : 'South',
      entryDays,
      exitDays: entryDays + 1 + stream.nextBelow(60),
      returned: stream.nextBelow(4) > 0,
      psychological: at % 3 === 0,
    };
  });
}

/** The product-limit by its definition: at each length, those under observation and those who return at it. */
function naiveCurve(spells: readonly FollowedSpell[], until: number): number {
  let still = 1;
  for (let length = 1; length <= until; length += 1) {
    const atRisk = spells.filter(({ entryDays, exitDays }) => entryDays < length && exitDays >= length).length;
    const back = spells.filter(({ exitDays, returned }) => returned && exitDays === length).length;
    if (back > 0) still *= 1 - back / atRisk;
  }
  return still;
}

describe('return to work', () => {
  it('is the product-limit with late entry, by group and for psychological spells', () => {
    const spells = followed(11, 400);
    const found = returnToWork(spells, everyone, 10);
    expect(found.lateEntries).toBe(spells.filter(({ entryDays }) => entryDays > 0).length);
    expect(found.groups.map(({ group }) => group)).toEqual(['North', 'South']);
    expect(found.psychological.map(({ group }) => group)).toEqual(['other', 'psychological']);
    for (const [curve, own] of [
      [found.all!, spells],
      [found.groups[0]!, spells.filter(({ group }) => group === 'North')],
      [found.psychological[1]!, spells.filter(({ psychological }) => psychological)],
    ] as const) {
      expect(curve.spells).toBe(own.length);
      for (const { day: length, atRisk, stillAbsent } of curve.points.filter((point) => point.atRisk !== null)) {
        expect(stillAbsent, `${curve.group} ${length}`).toBeCloseTo(naiveCurve(own, length), 12);
        expect(atRisk).toBe(own.filter(({ entryDays, exitDays }) => entryDays < length && exitDays >= length).length);
        expect(atRisk).toBeGreaterThanOrEqual(10);
      }
    }
    // Counting everybody from their first day would say that people come back sooner than they do.
    const early = spells.map((spell) => ({ ...spell, entryDays: 0 }));
    expect(naiveCurve(early, 28)).toBeGreaterThan(naiveCurve(spells, 28) + 0.01);
  });

  it('leaves out groups of few people, and everything where all are few', () => {
    const spells = [
      ...followed(12, 40),
      ...followed(13, 6).map((spell) => ({ ...spell, member: 100 + spell.member, group: 'East' })),
    ];
    expect(returnToWork(spells, everyone, 10).groups.map(({ group }) => group)).toEqual(['North', 'South']);
    expect(returnToWork(spells, new Set(['South']), 10).groups.map(({ group }) => group)).toEqual(['South']);
    // Ten spells of one person are one person.
    const one = followed(14, 20).map((spell) => ({ ...spell, member: 1 }));
    expect(returnToWork(one, everyone, 10)).toMatchObject({ all: null, groups: [], psychological: [] });
  });
});

describe('rates of new spells', () => {
  const persons: PersonGroup[] = [0, 1, 2, 3].flatMap((spells) =>
    Array.from({ length: 30 - 5 * spells }, (_, at) => ({
      member: spells * 100 + at,
      group: at % 2 === 0 ? 'North' : 'South',
      started: at % 2 === 0 ? spells : 2 * spells,
      availableFte: 365.25,
    })),
  );

  it('are those of a hand-worked example: spells per FTE year, and their ratio', () => {
    const found = spellRates(persons, everyone, 'North', 'calendar');
    if ('none' in found) throw new Error(found.none);
    const sum = (group: string) =>
      persons.filter((one) => one.group === group).reduce((all, { started }) => all + started, 0);
    const size = (group: string) => persons.filter((one) => one.group === group).length;
    const [north, south] = found.groups;
    expect(found).toMatchObject({ reference: 'North', clustered: false });
    // With equal offsets the likelihood's rate is the mean, whatever theta.
    expect(north!.rate).toBeCloseTo((100 * sum('North')) / size('North'), 6);
    expect(south!.rate).toBeCloseTo((100 * sum('South')) / size('South'), 6);
    expect(south!.ratio!.estimate).toBeCloseTo(sum('South') / size('South') / (sum('North') / size('North')), 6);
    expect(south!.ratio!.low!).toBeLessThan(south!.ratio!.estimate);
    expect(north!.low!).toBeLessThan(north!.rate!);
    expect(north!.ratio).toBeNull();
    expect(spellRates(persons, everyone, 'South', 'calendar')).toMatchObject({ reference: 'South' });
  });

  it('fall back to Poisson with the warning where the counts vary no more than that', () => {
    const even = persons.map((person, at) => ({ ...person, started: at % 5 === 0 ? 2 : 1 }));
    const found = spellRates(even, everyone, null, 'calendar');
    expect(found).toMatchObject({
      family: 'poisson',
      theta: null,
      warnings: [expect.stringContaining('Poisson model is given')],
    });
  });

  it('cluster by person where people were in several groups, and say what has no rate', () => {
    const moved = [...persons, { member: 0, group: 'South', started: 1, availableFte: 100 }];
    expect(spellRates(moved, everyone, null, 'calendar')).toMatchObject({ clustered: true, test: null });
    const idle = [
      ...persons,
      ...persons.map((person) => ({ ...person, member: person.member + 999, group: 'East', started: 0 })),
    ];
    const found = spellRates(idle, everyone, 'West', 'calendar');
    if ('none' in found) throw new Error(found.none);
    expect(found.groups[0]).toMatchObject({ group: 'East', rate: 0, ratio: null });
    expect(found.warnings.join(' ')).toMatch(/no group “West”.*No spell began in East/);
    expect(spellRates([], everyone, null, 'calendar')).toEqual({ none: expect.stringContaining('No spell began') });
  });
});

const monthNames = (first: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => monthOfDay(lastDayOfMonth(monthIndexOfIso(first)! + at)));

describe('the absence of a period', () => {
  const spec = (more: Partial<AbsenceSpec> = {}): AbsenceSpec => {
    const parsed = parseAbsenceSpec({ from: '2024-02-10', to: '2024-12-05', ...more });
    if (!parsed.ok) throw new Error(parsed.error.message);
    return parsed.value;
  };
  const force = randomForce(5, 200, day('2024-01-01'), 366);
  const all = (_groups: readonly string[], counts: readonly number[]) => counts.map(() => true);
  const span = { firstDay: day('2023-11-02'), lastDay: day('2024-12-04') };
  const input = { ...force, span, strangers: { people: 1, rows: 3 }, mayShow: all };

  it('adds up from its groups, and is the same bytes however often it is asked', () => {
    const ask = () => absence({ ...input, spec: spec({ by: 'unit' }) });
    const result = ask();
    expect(JSON.stringify(ask())).toBe(JSON.stringify(result));
    const sum = result.groups.reduce((total, { figures }) => total + figures!.days.fte, 0);
    expect(sum).toBeCloseTo(result.all!.days.fte, 6);
    expect(result.rows).toBeUndefined();
    const words = readAbsence(result, spec({ by: 'unit' })).join(' ');
    expect(words).toMatch(/FTE calendar days were lost to absence/);
    expect(words).toMatch(/with every unmapped reason it would be/);
    expect(words).toMatch(/nothing in it is for judging a person/);
    const warnings = absenceWarnings(result, { absences: 9, lastDay: day('2024-11-01') }, spec());
    expect(warnings.join(' ')).toMatch(/newest day in the absence extract is 1 Nov 2024.*3 absences belong to people/);
    expect(warnings.join(' ')).toMatch(/Reason codes without a rule: .*Zz/);
    // What needs rows of people stands in comments; all else is in the script itself.
    const script = absenceScript(result, spec()).split('\n');
    const commented = script.filter((line) => line.startsWith('#')).join('\n');
    expect(commented).toMatch(/persons\.csv[\s\S]*spells ~ group[\s\S]*survfit/);
    expect(script.filter((line) => !line.startsWith('#')).join('\n')).not.toMatch(/\.csv"|library/);
  });

  it('has months that add up to it, and equal each month asked about alone', () => {
    const whole = { from: '2024-02-01', to: '2024-11-30' };
    for (const days of ['calendar', 'working'] as const) {
      const { months, all: period } = absence({ ...input, spec: spec({ ...whole, days }) });
      expect(months.points.map(({ month }) => month)).toEqual(monthNames('2024-02', 10));
      months.points.forEach((point, at) => {
        const [from, to] = [day(`${point.month}-01`), lastDayOfMonth(2024 * 12 + 1 + at)];
        const alone = absence({ ...input, spec: spec({ from: isoOfDay(from), to: isoOfDay(to), days }) }).all!;
        expect(point.numerator).toBeCloseTo(alone.days.fte, 9);
        expect(point.denominator).toBeCloseTo(alone.availableFteDays, 9);
        expect(point.value).toBeCloseTo(alone.ratePercent!, 9);
        expect(point.calendarDays).toBeCloseTo(alone.days.calendar, 9);
        expect(point.spellsStarted).toBe(alone.spellsStarted);
      });
      const sum = (read: (point: (typeof months.points)[number]) => number | null) =>
        months.points.reduce((total, point) => total + read(point)!, 0);
      expect(sum(({ numerator }) => numerator)).toBeCloseTo(period!.days.fte, 6);
      expect(sum(({ spellsStarted }) => spellsStarted)).toBe(period!.spellsStarted);
    }
  });

  it('has no value for a part of a month, for one that is not held, and for one that would give a small one away', () => {
    const { months } = absence({
      ...input,
      span: { firstDay: day('2024-04-03'), lastDay: day('2024-10-30') },
      spec: spec(),
      mayShow: (names, counts) => counts.map((_, at) => names[at] !== '2024-06' && names[at] !== '2024-07'),
    });
    expect(months.points.map(({ state }) => state)).toEqual([
      ...new Array(2).fill('not measurable'),
      ...['measured', 'measured', 'withheld', 'withheld', 'measured', 'measured', 'measured'],
      ...new Array(2).fill('not measurable'),
    ]);
    expect(months.points.flatMap(({ reason }) => reason ?? [])).toEqual([
      'The period begins on 10 Feb 2024, within the month.',
      'The absences that are held begin on 3 Apr 2024.',
      ...new Array(2).fill(expect.stringContaining('could be worked out from it')),
      'The absences that are held end on 30 Oct 2024.',
      'The period ends on 5 Dec 2024, within the month.',
    ]);
    const { points } = months;
    expect(points[4]).toMatchObject({ numerator: null, denominator: null, calendarDays: null, spellsStarted: null });
    const known = points.flatMap(({ value }) => value ?? []);
    expect(months.centre).toBeCloseTo(known.reduce((total, value) => total + value, 0) / known.length, 10);
    expect(points[3]!.upper).toBe(months.upper);
    expect(points[4]!.upper).toBeNull();
  });

  it('gives single people only where asked, by pseudonym and never in the order of a factor', () => {
    const result = absence({ ...input, spec: spec({ rows: true }) });
    const names = result.rows!.map(({ person }) => person);
    expect(names).toEqual([...names].sort());
    expect(new Set(result.rows!.map(({ bradford }) => bradford)).size).toBeGreaterThan(5);
    expect(result.bradford.note).toMatch(/ranks nobody/);
  });

  it('withholds groups and parts that may not be shown, and everything of very few', () => {
    const none = absence({
      ...input,
      spec: spec({ by: 'unit' }),
      mayShow: (_groups, counts) => counts.map(() => false),
    });
    expect(none.groups.map(({ figures }) => figures)).toEqual([null, null, null]);
    expect(none).toMatchObject({ withheldGroups: 3, rates: null, ratesOmitted: expect.stringContaining('No spell') });
    expect(none.returnToWork.groups).toEqual([]);
    const few = absence({
      members: Array.from({ length: 12 }, (_, at) => member(`P${at}`)),
      absences: Array.from({ length: 12 }, (_, at) =>
        at < 3 ? [away('2024-03-01', '2024-03-02', { reason: 'Stress' })] : [],
      ),
      strangers: { people: 0, rows: 0 },
      span,
      spec: spec(),
      mayShow: all,
    });
    expect(few.all).toBeNull();
    expect(new Set(few.months.points.map(({ state }) => state))).toEqual(new Set(['withheld', 'not measurable']));
    expect(JSON.stringify([few.returnToWork, few.reasons])).not.toMatch(/"spells":3/);
    expect(readAbsence(few, spec())[0]).toMatch(/too few people/);
  });
});
