import { describe, expect, it } from 'vitest';
import { exposureLoad } from '#main/analysis/exposure/exposure-load.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import { parseTriggerRule } from '#shared/domain/trigger-rules.ts';
import { compiled, countV1, event, type Force, frameOf, packedOf, person, tieredV1 } from './force.ts';
import { dayNumber, isoDate } from './oracle.ts';

const asOf = '2026-03-31';

function triggers(force: Force, rules: readonly string[], scheme: Scheme = countV1) {
  const rows = exposureLoad({
    exposures: packedOf(force),
    people: frameOf(force.people),
    uncounted: { unmapped: 0, notTraumatic: 0 },
    compiled: compiled({ ...scheme, review_triggers: rules.map((rule) => ({ rule })) }),
    asOfDay: dayNumber(asOf),
    windowsDays: [28],
    halfLifeDays: 180,
    rows: true,
  }).rows;
  return new Map(rows?.map((row) => [row.person, row.triggers]));
}

function ago(name: string, days: number, category?: string) {
  return event(name, isoDate(dayNumber(asOf) - days), category);
}

const many = (count: number, make: (index: number) => ReturnType<typeof event>) =>
  Array.from({ length: count }, (_, index) => make(index));

describe('count and tier rules', () => {
  const force = {
    people: [person('A'), person('B')],
    events: [...many(9, (k) => ago('A', k * 20)), ...many(7, (k) => ago('B', k)), ago('B', 180), ago('B', -1)],
  };

  it('fire at the count inside the window, whatever the windows of the result, and say so', () => {
    const found = triggers(force, ['count>=8 in 180d']);
    expect(found.get('A')).toEqual([
      {
        rule: 'count>=8 in 180d',
        words: '8 or more exposures in 180 days: 9 recorded; a reason to offer support.',
      },
    ]);
    expect(found.get('B')).toEqual([]);
    expect(triggers(force, ['count>=8 in 181d']).get('B')).toHaveLength(1);
  });

  it('count events, never weights', () => {
    const two = {
      people: [person('A')],
      events: [ago('A', 1, 'TERROR'), ago('A', 1, 'TERROR'), ago('A', 1, 'DOG_ANIMAL')],
    };
    const rules = ['count>=4 in 28d', 'A>=3 in 28d', 'A>=2 in 28d', 'B>=1 in 28d'];
    expect(triggers(two, rules, tieredV1).get('A')).toEqual([
      {
        rule: 'A>=2 in 28d',
        words: '2 or more exposures of tier A in 28 days: 2 recorded; a reason to offer support.',
      },
    ]);
  });
});

describe('single-event rules', () => {
  it('look back over the cool-down and name the latest day', () => {
    const force = {
      people: [person('A'), person('B')],
      events: [ago('A', 27, 'LETHAL_FORCE'), ago('A', 40, 'LETHAL_FORCE'), ago('B', 28, 'LETHAL_FORCE'), ago('B', 1)],
    };
    const found = triggers(force, ['single:LETHAL_FORCE']);
    expect(found.get('A')?.map(({ words }) => words)).toEqual([
      'Use of lethal force in the last 28 days: 1 recorded, the latest on 4 Mar 2026; a reason to offer support.',
    ]);
    expect(found.get('B')).toEqual([]);
  });

  it('look at the day itself where there is no cool-down', () => {
    const force = { people: [person('A'), person('B')], events: [ago('A', 0, 'TERROR'), ago('B', 1, 'TERROR')] };
    const found = triggers(force, ['single:TERROR'], { ...countV1, cooldown_days: 0 });
    expect([found.get('A')?.length, found.get('B')?.length]).toEqual([1, 0]);
  });
});

describe('percentile rules', () => {
  const rule = 'pctile>=95 within role in 180d';
  /** `size` people of a role of whom `top` have `count` events and the others one. */
  const force = (size: number, top: number, count: number): Force => ({
    people: Array.from({ length: size }, (_, k) => person(`P${String(k).padStart(3, '0')}`)),
    events: Array.from({ length: size }, (_, k) =>
      many(k < top ? count : 1, (index) => ago(`P${String(k).padStart(3, '0')}`, index)),
    ).flat(),
  });
  const fired = (of: Force, rules = [rule], scheme?: Scheme) =>
    [...triggers(of, rules, scheme)].filter(([, list]) => list.length > 0).map(([name]) => name);

  it('fire with 20 people in role, 3 events and 95% strictly below', () => {
    expect(fired(force(20, 1, 3))).toEqual(['P000']);
    expect(triggers(force(20, 1, 3), [rule]).get('P000')?.[0]?.words).toBe(
      'More exposure in 180 days than at least 95% of the 20 people in the same role: 3 recorded; a reason to offer support.',
    );
    expect(fired(force(40, 2, 3))).toEqual(['P000', 'P001']);
  });

  it('stay silent with fewer people, fewer events, or more people level with the person', () => {
    expect(fired(force(19, 1, 3))).toEqual([]);
    expect(fired(force(20, 1, 2))).toEqual([]);
    expect(fired(force(20, 2, 3))).toEqual([]);
    expect(fired(force(39, 2, 3))).toEqual([]);
  });

  it('count only people of the role in post', () => {
    const other = force(20, 1, 3);
    const people = other.people.map((who, k) => (k === 19 ? person(who.name, 'cid') : who));
    expect(fired({ ...other, people })).toEqual([]);
  });

  it('compare loads under the scheme but need three events', () => {
    const base = force(20, 0, 1);
    const heavy = { ...base, events: [...base.events, ago('P003', 5, 'TERROR'), ago('P003', 6, 'TERROR')] };
    const light = { ...base, events: [...base.events, ago('P003', 5, 'TERROR')] };
    expect(fired(heavy, [rule], tieredV1)).toEqual(['P003']);
    expect(fired(light, [rule], tieredV1)).toEqual([]);
  });

  it('take the percentage of the rule', () => {
    expect(fired(force(20, 1, 3), ['pctile>=95.1 within role in 180d'])).toEqual([]);
    expect(fired(force(20, 2, 3), ['pctile>=90 within role in 180d'])).toEqual(['P000', 'P001']);
  });
});

describe('parseTriggerRule', () => {
  it.each([
    '',
    'count>=8',
    'count>8 in 180d',
    'count>=0 in 180d',
    'count>=8 in 0d',
    'count>=8 in 99999d',
    'count>=-1 in 28d',
    'count>=8 in 28 d',
    'Z>=1 in 28d',
    'pctile>=95 in 180d',
    'pctile>=0 within role in 180d',
    'pctile>=101 within role in 180d',
    'pctile>=95 within role in 0d',
    'pctile>=95 within unit in 180d',
    'pctile>=95 in role in 180d',
    'single:RAIN',
    'single:UNMAPPED',
    'single: TERROR',
    'count>=8 in 180d ',
  ])('refuses "%s" by name', (rule) => {
    const result = parseTriggerRule(rule, ['A', 'B'], 28);
    expect(result.ok ? null : result.error.code).toBe('BAD_SPEC');
    expect(result.ok ? '' : result.error.message).toContain(`"${rule}"`);
  });

  it('reads the four forms', () => {
    const parsed = ['A>=2 in 28d', 'count>=8 in 180d', 'pctile>=97.5 within role in 90d', 'single:TERROR'].map(
      (rule) => {
        const result = parseTriggerRule(rule, ['A'], 14);
        return result.ok ? result.value : null;
      },
    );
    expect(parsed).toMatchObject([
      { kind: 'tier', tier: 'A', least: 2, windowDays: 28 },
      { kind: 'count', least: 8, windowDays: 180 },
      { kind: 'percentile', percent: 97.5, windowDays: 90 },
      { kind: 'single', category: 'TERROR', windowDays: 14 },
    ]);
  });
});
