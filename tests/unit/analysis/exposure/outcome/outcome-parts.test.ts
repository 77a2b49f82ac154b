import { describe, expect, it } from 'vitest';
import { adjustmentOf, otherRoles } from '#main/analysis/exposure/outcome/adjustment.ts';
import { fitOutcome, type OutcomeData } from '#main/analysis/exposure/outcome/outcome-model.ts';
import { parseExposureOutcomeSpec } from '#main/analysis/exposure/outcome/outcome-spec.ts';
import { chooseKnots } from '#main/analysis/exposure/outcome/outcome-windows.ts';
import { knotsOf, splineColumns } from '#main/analysis/exposure/outcome/restricted-spline.ts';
import { schemeSensitivity } from '#main/analysis/exposure/outcome/scheme-sensitivity.ts';
import {
  exposureOfPairs,
  type ScoredScreening,
  type ScreeningPair,
  screeningPairs,
} from '#main/analysis/exposure/outcome/screening-pairs.ts';
import { frameOf, packedOf, person, randomForce, randomFrom } from '../force.ts';
import { dayNumber, spellOn } from '../oracle.ts';

const specOf = (more: Record<string, unknown>) => {
  const spec = parseExposureOutcomeSpec({ instrument: 'PHQ-9', from: '2024-01-01', to: '2025-12-31', ...more });
  if (!spec.ok) throw new Error(spec.error.message);
  return spec.value;
};

describe('a restricted cubic spline', () => {
  it('is straight beyond its outer knots, smooth at every knot, and as Harrell writes it', () => {
    const knots = [1, 3, 6, 11];
    const curve = (x: number): number => {
      const [, second, third] = splineColumns(x, knots) as [number, number, number];
      return 2 * second - 3 * third;
    };
    const bend = (x: number, h = 1e-3) => (curve(x + h) - 2 * curve(x) + curve(x - h)) / h ** 2;
    expect(splineColumns(0.5, knots).slice(1)).toEqual([0, 0]);
    expect(Math.abs(bend(14))).toBeLessThan(1e-6);
    expect(Math.abs(bend(4))).toBeGreaterThan(0.01);
    for (const knot of knots) expect(bend(knot - 1e-3)).toBeCloseTo(bend(knot + 1e-3), 2);
    // By hand for x = 8: (7³ − 2³·10/5)/100 and (5³ − 2³·8/5)/100.
    expect(splineColumns(8, knots)).toEqual([8, expect.closeTo(3.27, 12), expect.closeTo(1.122, 12)]);
    expect(splineColumns(8, null)).toEqual([8]);
  });

  it('puts its knots at the stated quantiles, and has none where they fall together', () => {
    const values = Array.from({ length: 101 }, (_none, at) => at);
    expect(knotsOf(values, 3)).toEqual([10, 50, 90]);
    expect(knotsOf(values, 4)).toEqual([5, 35, 65, 95]);
    expect(knotsOf(values, 5)).toEqual([5, expect.closeTo(27.5, 9), 50, 72.5, 95]);
    expect(knotsOf([...values, ...new Array(200).fill(0)], 4)).toBeNull();
  });

  it('has fewer knots where the outcomes do not carry them, and says why', () => {
    const exposure = Float64Array.from({ length: 400 }, (_none, at) => at % 20);
    const data = (events: number): OutcomeData => ({
      outcome: Float64Array.from({ length: 400 }, (_none, at) => (at < events ? 1 : 0)),
      family: 'binomial',
      adjusted: [],
      clusters: { codes: new Int32Array(400), count: 1 },
    });
    expect(chooseKnots(data(40), exposure, 4)).toMatchObject({ why: null, knots: { length: 4 } });
    expect(chooseKnots(data(39), exposure, 4)).toMatchObject({
      knots: { length: 3 },
      why: expect.stringContaining('10'),
    });
    expect(chooseKnots(data(20), exposure, 4).knots).toBeNull();
    const tied = exposure.map((value) => (value > 17 ? value : 0));
    expect(chooseKnots(data(200), tied, 4).why).toContain('same exposure');
  });

  it('stays at knots whose places are given, or has none', () => {
    const exposure = Float64Array.from({ length: 400 }, (_none, at) => at % 20);
    const outcome = Float64Array.from({ length: 400 }, (_none, at) => (at < 29 ? 1 : 0));
    const data = {
      outcome,
      family: 'binomial' as const,
      adjusted: [],
      clusters: { codes: new Int32Array(400), count: 1 },
    };
    expect(chooseKnots({ ...data, family: 'gaussian' }, exposure, [1, 4, 40])).toEqual({
      knots: [1, 4, 40],
      why: null,
    });
    expect(chooseKnots(data, exposure, [1, 4, 40])).toMatchObject({ knots: null, why: expect.stringContaining('10') });
    expect(() => specOf({ knots: [4, 1, 9] })).toThrow('knots must rise');
  });
});

describe('pairs of screenings', () => {
  const force = randomForce(31, { people: 40, events: 3_000 });
  const random = randomFrom(31);
  const screenings: ScoredScreening[] = force.people.flatMap((_who, index) => {
    let day = dayNumber('2023-08-01') + Math.floor(random() * 60);
    return Array.from({ length: 6 }, () => {
      day += 30 + Math.floor(random() * 200);
      const completed = random() < 0.8;
      return { person: index, day, completed, score: completed && random() < 0.9 ? Math.floor(random() * 27) : null };
    });
  });
  const [fromDay, toDay] = [dayNumber('2024-03-01'), dayNumber('2025-12-31')];
  const recorded = { firstDay: dayNumber('2024-02-01'), lastDay: dayNumber('2025-11-30') };
  const serviceStart = force.people.map(() => (random() < 0.3 ? null : dayNumber('2015-06-01')));

  it('agree with plain loops, and every completed screening is in a pair or has its reason', () => {
    const found = screeningPairs({
      screenings,
      people: frameOf(force.people),
      serviceStart,
      fromDay,
      toDay,
      longestWindowDays: 90,
      recorded,
      needsService: true,
    });
    const expected: ScreeningPair[] = [];
    for (const screening of screenings) {
      const { person: who, day, score, completed } = screening;
      if (!completed || score === null || day < fromDay || day > toDay) continue;
      const before = screenings.filter((own) => own.person === who && own.day < day && own.score !== null).at(-1);
      const spell = spellOn(force.people[who]!, new Date(day * 86_400_000).toISOString().slice(0, 10));
      if (!before || spell === null || serviceStart[who] === null || day > recorded.lastDay) continue;
      if (Math.max(day - 90, before.day) + 1 < recorded.firstDay) continue;
      const serviceYears = (day - serviceStart[who]!) / 365.25;
      expected.push({
        person: who,
        day,
        priorDay: before.day,
        score,
        prior: before.score!,
        role: spell.role,
        serviceYears,
      });
    }
    expect(found.pairs).toEqual(expected);
    expect(expected.length).toBeGreaterThan(30);
    const left = Object.values(found.excluded);
    expect(Math.min(...left), JSON.stringify(found.excluded)).toBeGreaterThan(0);
    expect(found.pairs.length + left.reduce((sum, count) => sum + count, 0)).toBe(found.completed);
  });

  it('count exposure only in the window, after the earlier screening and up to the later', () => {
    const { pairs } = screeningPairs({
      screenings,
      people: frameOf(force.people),
      serviceStart,
      fromDay,
      toDay,
      longestWindowDays: 90,
      recorded,
      needsService: false,
    });
    const packed = packedOf(force);
    const weights = Float64Array.from(packed.day, (day) => (day % 5) / 2);
    for (const windowDays of [28, 90, 365]) {
      const counts = exposureOfPairs(pairs, packed, null, windowDays);
      const loads = exposureOfPairs(pairs, packed, weights, windowDays);
      pairs.forEach(({ person: who, day, priorDay }, at) => {
        const inside = force.events
          .filter(({ person: name }) => name === force.people[who]!.name)
          .map(({ date }) => dayNumber(date))
          .filter((own) => own > priorDay && own > day - windowDays && own <= day);
        expect(counts[at]).toBe(inside.length);
        expect(loads[at]).toBeCloseTo(
          inside.reduce((sum, own) => sum + (own % 5) / 2, 0),
          9,
        );
      });
    }
  });

  it('take rows of several scales as one screening, and an answered invitation as answered', () => {
    const row = (day: string, completed: boolean, score: number | null): ScoredScreening => ({
      person: 0,
      day: dayNumber(day),
      completed,
      score,
    });
    const found = screeningPairs({
      screenings: [
        row('2024-03-02', true, 4),
        row('2024-09-01', false, null),
        row('2024-09-20', true, null),
        row('2024-09-20', true, 7),
        row('2025-03-01', false, null),
      ],
      people: frameOf([person('A')]),
      serviceStart: [null],
      fromDay,
      toDay,
      longestWindowDays: 90,
      recorded,
      needsService: false,
    });
    expect(found).toMatchObject({ completed: 2, unanswered: 1, pairs: [{ score: 7, prior: 4 }] });
  });
});

describe('what a model is adjusted for', () => {
  const pair = (role: string, at: number): ScreeningPair => ({
    person: at,
    day: 0,
    priorDay: 0,
    score: 0,
    prior: at % 9,
    role,
    serviceYears: at % 30,
  });
  const pairs = [
    ...Array.from({ length: 60 }, (_none, at) => pair('b', at)),
    ...Array.from({ length: 40 }, (_none, at) => pair('a', at)),
    ...Array.from({ length: 4 }, (_none, at) => pair('c', at)),
  ];

  it('joins roles with too few pairs, and with too few cases until those joined are enough', () => {
    const scores = adjustmentOf(pairs, new Float64Array(104), specOf({}));
    // Four pairs are too few even together, so the smallest of the others joins them.
    expect(scores).toMatchObject({ roles: ['b', otherRoles], joined: ['a', 'c'] });
    expect(scores.adjusted.map(({ name }) => name)).toEqual(['role other roles', 'service years', 'earlier score']);
    const cases = Float64Array.from(pairs, ({ role }, at) => (role === 'b' && at % 3 === 0 ? 1 : 0));
    expect(adjustmentOf(pairs, cases, specOf({ outcome: 'case' })).roles).toEqual([]);
    expect(adjustmentOf(pairs, cases, specOf({ adjust: ['prior'] })).adjusted).toHaveLength(1);
  });

  it('fits by persons: the errors of pairs that are copies of each other do not shrink', () => {
    const random = randomFrom(8);
    const rows = 300;
    const exposure = Float64Array.from({ length: rows }, () => Math.floor(random() * 12));
    const outcome = exposure.map((value) => 3 + 0.4 * value + 4 * (random() - 0.5));
    const twice = (values: Float64Array) => Float64Array.from({ length: 2 * rows }, (_none, at) => values[at % rows]!);
    const codes = Int32Array.from({ length: 2 * rows }, (_none, at) => at % rows);
    const once = fitOutcome(
      { outcome, family: 'gaussian', adjusted: [], clusters: { codes: codes.slice(0, rows), count: rows } },
      exposure,
      null,
    );
    const doubled = fitOutcome(
      { outcome: twice(outcome), family: 'gaussian', adjusted: [], clusters: { codes, count: rows } },
      twice(exposure),
      null,
    );
    const [one, two] = [once.contrast(5, 0), doubled.contrast(5, 0)];
    expect(two.estimate).toBeCloseTo(one.estimate, 10);
    expect(two.se / one.se).toBeCloseTo(1, 2);
    expect(one.low).toBeLessThan(2);
    expect(one.high).toBeGreaterThan(2);
  });
});

describe('what depends on the scheme', () => {
  it('counts each person once, by the latest pair, in the band of either scheme', () => {
    const pairs = Array.from({ length: 30 }, (_none, at) => ({ person: at < 2 ? 0 : at }) as ScreeningPair);
    const first = Float64Array.from({ length: 30 }, (_none, at) => at);
    const second = first.map((value) => (value === 29 ? -1 : value));
    const data: OutcomeData = {
      outcome: first.map((value) => value + Math.sin(value)),
      family: 'gaussian',
      adjusted: [],
      clusters: { codes: Int32Array.from(pairs, ({ person: who }) => (who === 0 ? 0 : who - 1)), count: 29 },
    };
    const found = schemeSensitivity(data, pairs, ['one', 'two'], [first, second])!;
    expect(found.people.flat().reduce((sum, count) => sum + count, 0)).toBe(29);
    // The last falls to the bottom, and with it one moves up a band at either cut.
    expect(found.changed).toBe(3);
    expect(found.people[2]![0]).toBe(1);
    expect(found.rankCorrelation.estimate).toBeLessThan(0.9);
    expect(schemeSensitivity(data, pairs, ['one', 'two'], [first, first.map(() => 2)])).toBeNull();
  });
});
