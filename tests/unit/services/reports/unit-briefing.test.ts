import { describe, expect, it } from 'vitest';
import { keyOf } from '#main/disclosure/released-counts.ts';
import { judgeTogether } from '#main/services/reports/judge-counts.ts';
import { thisWeekSection } from '#main/services/reports/unit-briefing/help-sections.ts';
import { unitEvents, unitWorkforce } from '#main/services/reports/unit-briefing/unit-counts.ts';
import type { UnitFacts } from '#main/services/reports/unit-briefing/unit-facts.ts';

const units = ['East', 'North', 'South', 'UNKNOWN'];

/** Three units over two months, of one kind of exposure; as many in South as asked. */
function factsOf(unit: string, inSouth: number): UnitFacts {
  const unitMonths = [
    [20, 30],
    [25, 15],
    [inSouth, 0],
    [0, 0],
  ];
  const total = 90 + inSouth;
  return {
    spec: {
      ...{ template: 'unit-briefing', unit, from: '2026-01-01', to: '2026-02-28', title: '', marking: '', version: '' },
      ...{ threshold: 5, clinicalThreshold: 10 },
    },
    row: units.indexOf(unit),
    exposure: {
      ...{ months: ['2026-01', '2026-02'], units, unitMonths, events: total, byCategory: { RTC_FATAL: total } },
      ...{ peopleInPost: 60, peopleByUnit: [20, 20, 20, 0] },
    },
    kinds: {
      charts: units.map((group, row) => ({
        ...{ group, category: 'RTC_FATAL' },
        points: (unitMonths[row] ?? []).map((count) => ({ count })),
      })),
    },
  } as unknown as UnitFacts;
}

const signal = new AbortController().signal;

describe('the counts of a briefing', () => {
  it('are those of its unit and of the force, and of no other unit', async () => {
    const facts = factsOf('North', 40);
    const { shown, released } = await judgeTogether(unitWorkforce(facts), [], signal);
    expect(shown.get(keyOf(unitEvents({ unit: 'North' }, facts)))).toEqual({ value: 40, reason: null });
    expect(shown.get(keyOf(unitEvents({ unit: 'North', month: '2026-01' }, facts)))?.value).toBe(25);
    expect([...shown.keys()].filter((key) => /unit=(?:East|South)/.test(key))).toEqual([]);
    const published = released.cells.filter((cell) => cell.published);
    expect(published.some(({ group }) => group.includes('South'))).toBe(false);
  });

  it('are refused where a unit too small to be told of would follow from the briefings of all others', async () => {
    const first = await judgeTogether(unitWorkforce(factsOf('East', 3)), [], signal);
    const second = judgeTogether(unitWorkforce(factsOf('North', 3)), [first.released], signal);
    await expect(second).rejects.toMatchObject({ error: { code: 'DISCLOSURE' } });
  });

  it('stand beside the briefings of the others where no unit is small', async () => {
    const first = await judgeTogether(unitWorkforce(factsOf('East', 40)), [], signal);
    const facts = factsOf('North', 40);
    const { shown } = await judgeTogether(unitWorkforce(facts), [first.released], signal);
    expect(shown.get(keyOf(unitEvents({ unit: 'North' }, facts)))?.value).toBe(40);
  });
});

describe('what can be done this week', () => {
  it('names for every step what it rests on', () => {
    const [list, sources] = thisWeekSection().blocks;
    if (list?.kind !== 'list' || sources?.kind !== 'paragraph') throw new Error('no list');
    const text = String(sources.text);
    expect(list.items.length).toBeGreaterThanOrEqual(5);
    list.items.forEach((item, at) => {
      expect(JSON.stringify(item)).toContain(`[${at + 1}]`);
      expect(text).toMatch(new RegExp(`\\[${at + 1}\\] \\S+`));
    });
  });
});
