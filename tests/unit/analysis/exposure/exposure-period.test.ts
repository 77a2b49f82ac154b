import { describe, expect, it } from 'vitest';
import { exposurePeriod } from '#main/analysis/exposure/exposure-period.ts';
import { event, type Force, frameOf, packedOf, person, randomForce } from './force.ts';
import { dayNumber, spellOn } from './oracle.ts';

function period(force: Force, from: string, to: string) {
  return exposurePeriod({
    exposures: packedOf(force),
    people: frameOf(force.people),
    fromDay: dayNumber(from),
    toDay: dayNumber(to),
  });
}

/** Counts by a label, as the result spells it: labels in order of code points, `UNKNOWN` for no post behind them. */
function tallied(labels: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(labels, (label) => label)].map(([label, all]) => [label, all.length]));
}

const noPost = 'in no post';

describe('events of a period', () => {
  it.each([
    [1, '2024-02-15', '2026-03-31'],
    [2, '2024-02-29', '2024-02-29'],
    [3, '2023-12-31', '2024-01-01'],
    [4, '2030-01-01', '2030-06-30'],
  ] as const)('agree with counting them one by one (force %i, %s to %s)', (seed, from, to) => {
    const force = randomForce(seed, { people: 60, events: 1_500 });
    const result = period(force, from, to);
    const within = force.events.filter(({ date }) => date >= from && date <= to);
    const byName = new Map(force.people.map((each) => [each.name, each]));
    const posts = within.map(({ person: name, date }) => spellOn(byName.get(name)!, date));
    expect(result.events).toBe(within.length);
    expect(result.byCategory).toEqual(tallied(within.map(({ category }) => category)));
    expect(Object.keys(result.byCategory)).toEqual(Object.keys(result.byCategory).sort());
    // The last place is for no post; a unit may itself be called UNKNOWN.
    const label = (names: readonly string[]) => (_: unknown, at: number) =>
      at === names.length - 1 ? noPost : names[at]!;
    const named = (names: readonly string[], counts: readonly number[]): Record<string, number> => {
      const of = label(names);
      return Object.fromEntries(
        counts.map((count, at) => [of(count, at), count] as const).filter(([, count]) => count > 0),
      );
    };
    expect(named(result.roles, result.byRole)).toEqual(tallied(posts.map((post) => post?.role ?? noPost)));
    const unitTotals = result.unitMonths.map((months) => months.reduce((sum, count) => sum + count, 0));
    expect(named(result.units, unitTotals)).toEqual(tallied(posts.map((post) => post?.unit ?? noPost)));
    result.months.forEach((month, column) => {
      const inMonth = posts.filter((_, at) => within[at]!.date.startsWith(month));
      expect(
        named(
          result.units,
          result.unitMonths.map((row) => row[column]!),
        ),
        month,
      ).toEqual(tallied(inMonth.map((post) => post?.unit ?? noPost)));
    });
    expect(result.months[0]).toBe(from.slice(0, 7));
    expect(result.months.at(-1)).toBe(to.slice(0, 7));
    const serving = force.people.filter((each) => spellOn(each, to) !== null);
    expect(result.peopleInPost).toBe(serving.length);
    expect(named(result.units, result.peopleByUnit)).toEqual(tallied(serving.map((each) => spellOn(each, to)!.unit)));
    expect(named(result.roles, result.peopleByRole)).toEqual(tallied(serving.map((each) => spellOn(each, to)!.role)));
    const counts = serving.map((each) => within.filter(({ person: name }) => name === each.name).length);
    expect(result.perPerson).toEqual(counts.sort((a, b) => a - b));
  });

  it('hold both ends and nothing outside them', () => {
    const people = [person('A')];
    const dates = ['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01'];
    const force = { people, events: dates.map((date) => event('A', date)) };
    expect(period(force, '2026-01-01', '2026-01-31').events).toBe(2);
    expect(period(force, '2026-01-01', '2026-02-01').unitMonths).toEqual([
      [2, 1],
      [0, 0],
    ]);
    expect(period(force, '2026-01-02', '2026-01-30').events).toBe(0);
  });

  it('are none for an empty force', () => {
    const result = period({ people: [], events: [] }, '2026-01-01', '2026-02-28');
    expect(result).toMatchObject({
      events: 0,
      peopleInPost: 0,
      perPerson: [],
      byCategory: {},
      months: ['2026-01', '2026-02'],
    });
    expect(result.unitMonths).toEqual([[0, 0]]);
  });
});
