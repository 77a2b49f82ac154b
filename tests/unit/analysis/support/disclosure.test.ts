import { describe, expect, it } from 'vitest';
import { parseSupportUptakeSpec } from '#main/analysis/support/spec.ts';
import { type ServiceUptake, type SupportUptake, supportUptake } from '#main/analysis/support/support-uptake.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import { firstDay, lastDay, type RandomSupport, randomSupport, safeRows } from './random-support.ts';

const forces = 120;
const least = 10;

const directory = [
  { service: 'TRiM', cost: { gbp: 40, basis: 'contact' as const }, capacityPerMonth: 6 },
  { service: 'Counselling', cost: { gbp: 900, basis: 'month' as const }, capacityPerMonth: null },
];

function run(force: RandomSupport, comparison: unknown): SupportUptake {
  const spec = parseSupportUptakeSpec({
    from: isoOfDay(firstDay),
    to: isoOfDay(lastDay),
    by: ['role', 'unit', 'sex', 'part_time'],
    change: { on: isoOfDay(firstDay + 365), service: 'TRiM', comparison },
  });
  if (!spec.ok) throw new Error(spec.error.message);
  return supportUptake({ ...force, untilDay: lastDay, spec: spec.value, directory, costs: [], rowsToShow: safeRows });
}

const isSmall = (count: number): boolean => count > 0 && count < least;

/** Every number under a key of that name, wherever it stands. */
function numbersUnder(value: unknown, key: string): number[] {
  if (Array.isArray(value)) return value.flatMap((item) => numbersUnder(item, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    name === key && typeof item === 'number' ? [item] : numbersUnder(item, key),
  );
}

/** Numbers of people of which each is part of the one that it stands beside. */
function nestedCounts({ funnel }: ServiceUptake): [number, number][] {
  const count = (name: string): number | null => funnel.find(({ step }) => step === name)?.people ?? null;
  const chain = ['started', 'contacted', 'engaged', 'completed'].map(count).filter((known) => known !== null);
  const pairs = chain.flatMap((outer, at) => chain.slice(at + 1).map((inner): [number, number] => [outer, inner]));
  const started = count('started');
  const beside = ['offered', 'referred', 'declined', 'missed'].map(count).filter((known) => known !== null);
  return [...pairs, ...(started === null ? [] : beside.map((inner): [number, number] => [started, inner]))];
}

/** What a reader works out of the groups that are withheld: the sum of all of them, from the totals and the groups that are shown. */
function withheldSums({ funnel, groups }: ServiceUptake) {
  const count = (name: string): number | null => funnel.find(({ step }) => step === name)?.people ?? null;
  const [people, took] = [count('started'), count('contacted')];
  if (people === null || took === null) return [];
  return groups.map(({ by, groups: list }) => {
    const shown = list.flatMap(({ people: n, uptake }) =>
      n === null || uptake === null ? [] : [{ n, took: Math.round(n * uptake.share) }],
    );
    const sum = (read: (one: { n: number; took: number }) => number) => shown.reduce((all, one) => all + read(one), 0);
    const left = { people: people - sum(({ n }) => n), took: took - sum((one) => one.took) };
    return { by, withheld: list.length - shown.length, shown, ...left };
  });
}

describe('what support uptake lets out', () => {
  const results = Array.from({ length: forces }, (_, seed) => {
    const force = randomSupport(1_000 + seed, 15 + seed * 7);
    return run(force, seed % 2 === 0 ? { service: 'Counselling' } : { units: ['North'] });
  });
  const services = results.flatMap((result) => result.services);

  it('holds no small number of people', () => {
    const people = numbersUnder(results, 'people');
    expect(people.length).toBeGreaterThan(1_000);
    expect(people.filter(isSmall)).toEqual([]);
  });

  it('lets no small number follow from two numbers of a funnel', () => {
    const pairs = services.flatMap(nestedCounts);
    expect(pairs.length).toBeGreaterThan(500);
    expect(pairs.filter(([outer, inner]) => isSmall(outer - inner))).toEqual([]);
    const beside = services.flatMap(({ people, wait }) =>
      people === null || wait === null ? [] : [wait.people - people],
    );
    expect(beside.filter(isSmall)).toEqual([]);
  });

  it('gives no share from which a small number follows, of those who did or of those who did not', () => {
    const implied = services.flatMap(({ funnel, groups }) => [
      ...funnel.flatMap(({ share, people }) =>
        share === null || people === null || share === 0 ? [] : [people, Math.round(people / share) - people],
      ),
      ...groups.flatMap(({ groups: list }) =>
        list.flatMap(({ people, uptake }) =>
          people === null || uptake === null
            ? []
            : [people, Math.round(uptake.share * people), Math.round((1 - uptake.share) * people)],
        ),
      ),
    ]);
    const started = services.flatMap(({ funnel }) => funnel.filter(({ step }) => step !== 'started'));
    expect(started.length).toBeGreaterThan(0);
    expect(implied.filter(isSmall)).toEqual([]);
  });

  it('withholds a second group where one alone would follow from the totals, and enough in all', () => {
    const groupings = services.flatMap(withheldSums);
    const withheld = groupings.filter((grouping) => grouping.withheld > 0 && grouping.shown.length > 0);
    expect(withheld.length).toBeGreaterThan(20);
    for (const { withheld: groups, people, took } of withheld) {
      expect(groups).toBeGreaterThan(1);
      expect(people).toBeGreaterThanOrEqual(least);
      for (const sum of [took, people - took]) expect(isSmall(sum)).toBe(false);
    }
  });

  it('gives no contacts or completions that are few, or few more or fewer than those of the funnel', () => {
    const counts = services.flatMap(({ usage, funnel }) => {
      const people = (name: string) => funnel.find(({ step }) => step === name)?.people ?? null;
      return [
        { own: usage.contacts, beside: people('contacted') },
        { own: usage.completed, beside: people('completed') },
      ];
    });
    const shown = counts.flatMap(({ own, beside }) => (own === null ? [] : [own, Math.abs(own - (beside ?? own))]));
    expect(shown.length).toBeGreaterThan(100);
    expect(shown.filter(isSmall)).toEqual([]);
    for (const { usage } of services) {
      if (usage.contacts === null)
        expect([usage.contactsPerMonth, usage.shareOfCapacity, usage.costPerContact]).toEqual([null, null, null]);
      if (usage.completed === null) expect(usage.costPerCompleted).toBeNull();
    }
  });

  it('shows a curve only at days between which nobody or enough people were contacted', () => {
    const waits = services.flatMap(({ wait }) => (wait === null ? [] : [wait]));
    expect(waits.length).toBeGreaterThan(100);
    for (const { people, curve, marks, left } of waits) {
      const shares = [...curve, ...marks.filter(({ contacted }) => contacted !== null)]
        .sort((a, b) => a.day - b.day)
        .map(({ contacted }) => contacted ?? Number.NaN);
      let before = 0;
      // Those who left or are still waiting take the curve a little off whole people: never by half of the least.
      for (const share of shares) {
        const between = (share - before) * people;
        expect(between < 1e-9 || between > least * 0.8, `${between}`).toBe(true);
        before = share;
      }
      expect((1 - before) * people > least * 0.8 || before === 1).toBe(true);
      expect(left === null || left.share === 0 || left.share * people > least * 0.8).toBe(true);
    }
  });

  it('gives no month’s share that few stand behind, and lists nobody in a script', () => {
    const months = results.flatMap(({ change }) => change?.months ?? []);
    expect(months.length).toBeGreaterThan(1_000);
    const shown = months.flatMap(({ share }) => (share === null ? [] : [share]));
    // At most 70 people are offered it in a month of these forces, so ten on either side are a seventh of them or more.
    expect(shown.filter((share) => share > 0 && share < 1).length).toBeGreaterThan(20);
    for (const share of shown) expect(share === 0 || share === 1 || (share >= 1 / 7 && share <= 6 / 7)).toBe(true);
    for (const { change, services: own } of results) {
      for (const script of [change?.series?.r, change?.compared?.r, ...own.map(({ wait }) => wait?.r)]) {
        expect(script ?? '').not.toMatch(/("?\d+"?, ){10}/);
        expect((script ?? '').length).toBeLessThan(4_500);
      }
    }
  });
});
