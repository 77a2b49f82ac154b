import { describe, expect, it } from 'vitest';
import { type ExposureLoadResult, exposureLoad } from '#main/analysis/exposure/exposure-load.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import {
  compiled,
  countV1,
  event,
  type Force,
  frameOf,
  packedOf,
  person,
  randomForce,
  randomFrom,
  shuffled,
  tieredV1,
} from './force.ts';
import {
  dayLoads,
  dayNumber,
  decayedLoad,
  inWindow,
  isoDate,
  percentile,
  spellOn,
  spread,
  windowLoad,
} from './oracle.ts';

const windows = [28, 90, 180, 365];
const halfLifeDays = 180;

function load(
  force: Force,
  asOf: string,
  scheme: Scheme = countV1,
  more: Partial<Parameters<typeof exposureLoad>[0]> = {},
) {
  return exposureLoad({
    exposures: packedOf(force),
    people: frameOf(force.people),
    uncounted: { unmapped: 0, notTraumatic: 0 },
    compiled: compiled(scheme),
    asOfDay: dayNumber(asOf),
    windowsDays: windows,
    halfLifeDays,
    rows: true,
    ...more,
  });
}

/** Relative to 1e-9, as the agreement with other implementations is stated. */
function near(actual: number | undefined, expected: number): void {
  expect(Math.abs((actual ?? Number.NaN) - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1e-3, Math.abs(expected)));
}

function tally(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

function expectAsOracle(force: Force, asOf: string, scheme: Scheme, result: ExposureLoadResult): void {
  const inPost = force.people
    .map((who) => ({ who, spell: spellOn(who, asOf) }))
    .flatMap(({ who, spell }) =>
      spell === null ? [] : [{ who, spell, loads: dayLoads(force.events, who.name, scheme) }],
    );
  const past = force.events.filter((e) => e.date <= asOf);
  const postOf = (name: string) => inPost.find(({ who }) => who.name === name)?.spell;
  expect(result.people).toBe(inPost.length);
  expect(result.events).toBe(past.length);
  expect(result.eventsInPost).toBe(past.filter((e) => postOf(e.person) !== undefined).length);
  expect(result.totals).toEqual({
    category: tally(past.map((e) => e.category)),
    role: tally(past.map((e) => postOf(e.person)?.role ?? 'UNKNOWN')),
    unit: tally(past.map((e) => postOf(e.person)?.unit ?? 'UNKNOWN')),
    month: tally(past.map((e) => e.date.slice(0, 7))),
  });
  const decayed = inPost.map(({ loads }) => decayedLoad(loads, asOf, halfLifeDays));
  const measures = [...windows.map(String), 'decayed'].map((key) => ({
    key,
    values: key === 'decayed' ? decayed : inPost.map(({ loads }) => windowLoad(loads, asOf, Number(key))),
  }));
  expect(Object.keys(result.distribution).sort()).toEqual(measures.map(({ key }) => key).sort());
  for (const { key, values } of measures) {
    const found = result.distribution[key];
    if (values.length === 0) {
      expect(found).toBeNull();
      continue;
    }
    for (const [name, value] of Object.entries(spread(values))) near(found?.[name as 'mean'], value);
  }
  const rows = result.rows ?? [];
  expect(rows.map((row) => row.person)).toEqual(inPost.map(({ who }) => who.name));
  rows.forEach((row, k) => {
    const { who, spell } = inPost[k]!;
    expect([row.role, row.unit]).toEqual([spell.role, spell.unit]);
    near(row.decayed, decayed[k]!);
    for (const { key, values } of measures.slice(0, -1)) {
      near(row.counts[key], values[k]!);
      expect(row.events[key]).toBe(
        past.filter((e) => e.person === who.name && inWindow(e.date, asOf, Number(key))).length,
      );
      near(
        row.percentiles[key],
        percentile(
          values[k]!,
          values.filter((_, j) => inPost[j]!.spell.role === spell.role),
        ),
      );
    }
  });
}

describe('exposureLoad against a plain implementation', () => {
  const sizes = [
    { people: 0, events: 0 },
    { people: 1, events: 0 },
    { people: 1, events: 40 },
    { people: 12, events: 300 },
    { people: 80, events: 900 },
  ];
  for (const [number, size] of sizes.entries()) {
    for (const scheme of [countV1, tieredV1]) {
      it(`agrees for ${size.people} people and ${size.events} events under ${scheme.id}`, () => {
        const force = randomForce(100 + number, size);
        for (const asOf of ['2024-02-29', '2025-03-30', '2026-03-31', '2030-01-01', '2020-01-01']) {
          expectAsOracle(force, asOf, scheme, load(force, asOf, scheme));
        }
      });
    }
  }

  it('agrees where caps, word weights and odd windows are unlike the built-in ones', () => {
    const scheme: Scheme = {
      ...tieredV1,
      proximity: { secondary: 0.25 },
      attribution: {},
      modifiers: { known_victim: 0 },
      cap_per_day: 0.9,
    };
    const force = randomForce(7, { people: 30, events: 400 });
    expectAsOracle(force, '2025-06-30', scheme, load(force, '2025-06-30', scheme));
  });
});

describe('exposureLoad by hand', () => {
  it('leaves out the day a window begins after and takes in the day it ends', () => {
    const asOf = '2024-03-28';
    const edges = [28, 27, 0, -1].map((age) => event('A', isoDate(dayNumber(asOf) - age)));
    const row = load({ people: [person('A')], events: edges }, asOf).rows?.[0];
    expect(row?.counts['28']).toBe(2);
    expect(row?.events['28']).toBe(2);
    expect(row?.counts['90']).toBe(3);
  });

  it('works out weight, cap and decay as the documents say', () => {
    const force: Force = {
      people: [person('A')],
      events: [
        event('A', '2025-10-02', 'RTC_FATAL', {
          proximity: 'secondary',
          attribution: 'crew_inferred',
          first: true,
          minutes: 600,
        }),
        event('A', '2026-03-31', 'DEATH_CHILD_INFANT', { proximity: 'direct', known: true }),
        event('A', '2026-03-31', 'DEATH_CHILD_INFANT'),
      ],
    };
    const row = load(force, '2026-03-31', tieredV1).rows?.[0];
    // 2 × 0.7 × 0.8 × 1.25 × (1 + 0.05 × 8) = 1.96, 180 days old; 3 × 1.5 + 3 = 7.5, capped at 6.
    expect(row?.counts['365']).toBeCloseTo(7.96, 12);
    expect(row?.counts['28']).toBe(6);
    expect(row?.decayed).toBeCloseTo(6 + 0.98, 12);
  });

  it('gives everybody with the same value the same percentile, people with no events included at 0', () => {
    const names = ['A', 'B', 'C', 'D'];
    const force = {
      people: names.map((name) => person(name)),
      events: [event('A', '2026-03-11'), event('B', '2026-03-11'), event('C', '2026-03-11'), event('C', '2026-03-12')],
    };
    const rows = load(force, '2026-03-31').rows ?? [];
    expect(rows.map((row) => row.percentiles['28'])).toEqual([75, 75, 100, 25]);
  });

  it('ranks among the people of the role in post only', () => {
    const left = { ...person('Z'), spells: [{ from: null, to: '2026-03-30', unit: 'North', role: 'response' }] };
    const force = {
      people: [person('A'), person('B', 'cid'), left],
      events: [event('Z', '2026-03-01'), event('B', '2026-03-01')],
    };
    const rows = load(force, '2026-03-31').rows ?? [];
    expect(rows.map((row) => [row.person, row.percentiles['28']])).toEqual([
      ['A', 100],
      ['B', 100],
    ]);
    expect(load(force, '2026-03-30').people).toBe(3);
  });

  it('states coverage with and without rows', () => {
    const force = { people: [person('A')], events: [event('A', '2026-03-01')] };
    const with3 = load(force, '2026-03-31', countV1, { uncounted: { unmapped: 1, notTraumatic: 2 } });
    expect(with3.coverage).toBe(0.75);
    expect(load(force, '2026-02-01').coverage).toBeNull();
  });

  it('keeps codes named like object members apart from the result', () => {
    const force = { people: [person('A', '__proto__', 'constructor')], events: [event('A', '2026-03-01')] };
    const { totals } = load(force, '2026-03-31');
    expect(Object.entries(totals.role)).toEqual([['__proto__', 1]]);
    expect(Object.entries(totals.unit)).toEqual([['constructor', 1]]);
  });

  it('gives person-level rows only when asked', () => {
    const force = { people: [person('A')], events: [] };
    expect('rows' in load(force, '2026-03-31', countV1, { rows: false })).toBe(false);
  });

  it('refuses people and exposures of different lengths', () => {
    const force = { people: [person('A')], events: [] };
    expect(() => load(force, '2026-03-31', countV1, { people: frameOf([]) })).toThrow(RangeError);
  });
});

describe('exposureLoad does not depend on', () => {
  it('the order of events and people, to the last bit', () => {
    const force = randomForce(31, { people: 40, events: 600 });
    const expected = JSON.stringify(load(force, '2025-12-31', tieredV1));
    for (const seed of [1, 2, 3]) {
      const mixed = {
        people: shuffled(force.people, randomFrom(seed)),
        events: shuffled(force.events, randomFrom(seed)),
      };
      expect(JSON.stringify(load(mixed, '2025-12-31', tieredV1))).toBe(expected);
    }
  });

  it('events after the day', () => {
    const asOf = '2025-01-31';
    const force = randomForce(32, { people: 20, events: 400 });
    const later = force.events.map((e) =>
      e.date > asOf ? { ...e, date: isoDate(dayNumber(e.date) + 77), category: 'TERROR' } : e,
    );
    expect(later).not.toEqual(force.events);
    expect(load({ ...force, events: later }, asOf, tieredV1)).toEqual(load(force, asOf, tieredV1));
  });
});
