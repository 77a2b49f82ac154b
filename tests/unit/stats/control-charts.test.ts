import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assuranceOf, signalType } from '#main/stats/control-charts/assurance.ts';
import type { ChartLimits } from '#main/stats/control-charts/control-limits.ts';
import { cusum } from '#main/stats/control-charts/cusum.ts';
import { ewma } from '#main/stats/control-charts/ewma.ts';
import { findSignals, type RuleSet } from '#main/stats/control-charts/rules.ts';
import { screenedMovingRange } from '#main/stats/control-charts/xmr-limits.ts';
import { binomialCdf, binomialQuantile } from '#main/stats/distributions/binomial.ts';
import { csvOf, runProcedure } from '../../statistics/run-procedure.ts';

/** A chart about 0 with sigma 1. */
function chart(values: readonly number[]): ChartLimits {
  const all = (value: number): Float64Array => new Float64Array(values.length).fill(value);
  return { values: Float64Array.from(values), centre: all(0), sigma: all(1), lower: all(-3), upper: all(3) };
}

function flagged(values: readonly number[], rules: RuleSet, rule: string): number[] {
  const found = findSignals(chart(values), rules).find((one) => one.rule === rule);
  return [...(found?.flagged.keys() ?? [])].sort((a, b) => a - b);
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_none, k) => from + k);

describe('the rules of the NHS', () => {
  it('a point on a limit is within it', () => {
    expect(flagged([3, 3.0001, -3, -3.1], 'nhs', 'outside')).toEqual([1, 3]);
  });

  it('seven on one side make a shift, and a point on the centre breaks it', () => {
    const seven = [0.1, 0.2, 0.1, 0.3, 0.1, 0.2, 0.1];
    expect(flagged([-1, ...seven, -1], 'nhs', 'shift')).toEqual(range(1, 8));
    expect(flagged([-1, ...seven.slice(1), -1], 'nhs', 'shift')).toEqual([]);
    expect(flagged([0.1, 0.1, 0.1, 0.1, 0, 0.1, 0.1, 0.1], 'nhs', 'shift')).toEqual([]);
  });

  it('seven points, six rises, make a trend; equal points break it', () => {
    expect(flagged([0, -1, -0.8, -0.5, -0.1, 0.3, 0.4, 0.6, 0.2], 'nhs', 'trend')).toEqual(range(1, 8));
    expect(flagged([-1, -0.8, -0.5, -0.1, 0.3, 0.4], 'nhs', 'trend')).toEqual([]);
    expect(flagged([-1, -0.8, -0.5, -0.5, -0.1, 0.3, 0.4], 'nhs', 'trend')).toEqual([]);
  });

  it('two of three near a limit count only where all three lie on that side', () => {
    expect(flagged([2.5, 1, 2.2], 'nhs', 'twoOfThree')).toEqual([0, 2]);
    expect(flagged([2.5, -0.1, 2.2], 'nhs', 'twoOfThree')).toEqual([]);
    expect(flagged([3.5, 1, 2.2], 'nhs', 'twoOfThree')).toEqual([]);
    expect(flagged([2.5, 1, 1, 2.5], 'nhs', 'twoOfThree')).toEqual([]);
    expect(flagged([-2.5, -2, -2.5], 'nhs', 'twoOfThree')).toEqual([0, 2]);
  });

  it('turn over with the sign of the values', () => {
    const names = ['outside', 'shift', 'trend', 'twoOfThree'];
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -14, max: 14 }), { minLength: 1, maxLength: 40 }), (tenths) => {
        const values = tenths.map((value) => value / 4);
        const mirrored = values.map((value) => -value);
        for (const rules of ['nhs', 'nelson', 'western-electric'] as const) {
          for (const rule of names) expect(flagged(mirrored, rules, rule)).toEqual(flagged(values, rules, rule));
        }
        const [up] = findSignals(chart(values), 'nhs');
        const [down] = findSignals(chart(mirrored), 'nhs');
        const turned = [...(down?.flagged ?? [])].map(([i, way]) => [i, way === 'high' ? 'low' : 'high']);
        expect(turned).toEqual([...(up?.flagged ?? [])]);
      }),
    );
  });
});

describe('other rules', () => {
  it('find what they describe', () => {
    expect(
      flagged(
        range(0, 9).map(() => 0.5),
        'nelson',
        'shift',
      ),
    ).toEqual(range(0, 9));
    expect(
      flagged(
        range(0, 8).map(() => 0.5),
        'nelson',
        'shift',
      ),
    ).toEqual([]);
    expect(
      flagged(
        range(0, 8).map(() => 0.5),
        'western-electric',
        'shift',
      ),
    ).toEqual(range(0, 8));
    expect(flagged([-2, -1, 0, 1, 1.5, 2], 'nelson', 'trend')).toEqual(range(0, 6));
    expect(
      flagged(
        range(0, 14).map((i) => (i % 2 ? 1 : -1)),
        'nelson',
        'alternating',
      ),
    ).toEqual(range(0, 14));
    expect(
      flagged(
        range(0, 13).map((i) => (i % 2 ? 1 : -1)),
        'nelson',
        'alternating',
      ),
    ).toEqual([]);
    expect(flagged([1.1, 1.2, 0.2, 1.3, 1.4], 'nelson', 'fourOfFive')).toEqual([0, 1, 3, 4]);
    expect(flagged([3.5, 0, 2.5], 'western-electric', 'twoOfThree')).toEqual([0, 2]);
    expect(
      flagged(
        range(0, 15).map((i) => (i % 3 ? 0.4 : -0.4)),
        'nelson',
        'withinOneSigma',
      ),
    ).toEqual(range(0, 15));
    expect(
      flagged(
        range(0, 8).map((i) => (i % 3 ? 1.4 : -1.4)),
        'nelson',
        'beyondOneSigma',
      ),
    ).toEqual(range(0, 8));
    expect(findSignals(chart([9, 9]), 'none')).toEqual([]);
  });
});

describe('what a signal and a target mean', () => {
  it('depends on which way is better', () => {
    expect([signalType('high', 'high'), signalType('high', 'low'), signalType('low', 'low')]).toEqual([
      'improvement',
      'concern',
      'improvement',
    ]);
    expect([signalType(null, 'low'), signalType('low', 'neither')]).toEqual(['neutral', 'neutral']);
    expect([
      assuranceOf(5, 6, 9, 'high'),
      assuranceOf(5, 6, 9, 'low'),
      assuranceOf(10, 6, 9, 'high'),
      assuranceOf(7, 6, 9, 'low'),
    ]).toEqual(['pass', 'fail', 'fail', 'hit or miss']);
    expect(assuranceOf(7, 6, 9, 'neither')).toBeNull();
  });

  it('is shown for the latest point', async () => {
    const y = [10, 11, 10, 12, 9, 11, 10, 12, 10, 11, 9, 10, 20];
    const found = await runProcedure({
      procedure: 'spc',
      data: csvOf({ y }),
      spec: { y: 'y', baseline: 12, better: 'low', target: 30 },
    });
    expect(found['latest']).toMatchObject({
      variation: 'concern',
      assurance: 'pass',
      outside: true,
      side: 1,
      index: 13,
    });
    expect((found['points'] as { signals: unknown[] }[])[12]?.signals).toEqual([
      { rule: 'outside', direction: 'high', type: 'concern' },
    ]);
  });
});

describe('sums and averages', () => {
  it('of a series on target stay there; a lasting shift is found on its side', () => {
    const still = cusum(Float64Array.from([5, 5, 5]), 5, 2, 0.5);
    expect([...still.positive, ...still.negative].every((value) => value === 0)).toBe(true);
    const up = cusum(Float64Array.from([7, 7, 7]), 5, 2, 0.5);
    expect([...up.positive]).toEqual([0.5, 1, 1.5]);
    const down = cusum(Float64Array.from([3, 3, 3]), 5, 2, 0.5);
    expect([...down.negative]).toEqual([-0.5, -1, -1.5]);
  });

  it('of all weight is the series, with its own spread', () => {
    const { average, sigma } = ewma(Float64Array.from([1, 4, 2]), 2, 3, 1);
    expect([...average]).toEqual([1, 4, 2]);
    expect([...sigma]).toEqual([3, 3, 3]);
  });

  it('follow the unit of the series', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 2, maxLength: 30 }), (list) => {
        const values = Float64Array.from(list);
        const scaled = values.map((value) => 100 + 7 * value);
        const base = cusum(values, 1, 4, 0.5);
        const moved = cusum(scaled, 107, 28, 0.5);
        for (const [i, value] of base.positive.entries()) expect(moved.positive[i]).toBeCloseTo(value, 9);
        const average = ewma(values, 1, 4, 0.3).average;
        for (const [i, value] of ewma(scaled, 107, 28, 0.3).average.entries()) {
          expect(value).toBeCloseTo(100 + 7 * (average[i] as number), 9);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('charts', () => {
  const spc = (spec: Record<string, unknown>, columns: Parameters<typeof csvOf>[0]) =>
    runProcedure({ procedure: 'spc', data: csvOf(columns), spec });
  const y = [5, 7, 6, 8, 5, 6, 7, 9, 6, 5, 7, 6, 8];

  it('leave out large moving ranges once', () => {
    // Ranges 1, 1, 1, 1 and 20, 20: the mean is 44/6, and no range reaches 3.267 of it.
    expect(screenedMovingRange([0, 1, 2, 3, 4, 24, 4])).toBeCloseTo(44 / 6, 12);
    const long = [...range(0, 30).map((i) => i % 2), 40];
    expect(screenedMovingRange(long)).toBe(1);
    expect(screenedMovingRange([3, 3, 3])).toBe(0);
  });

  it('stand in the order of their time, numbers or dates', async () => {
    const order = y.map((_value, i) => (i * 5) % y.length);
    const sorted = await spc({ y: 'y' }, { y });
    const byNumber = await spc({ y: 'y', time: 't' }, { y: order.map((i) => y[i] as number), t: order });
    const byDate = await spc(
      { y: 'y', time: 't' },
      { y: order.map((i) => y[i] as number), t: order.map((i) => `2026-01-${10 + i}`) },
    );
    const values = (found: Record<string, unknown>) =>
      (found['points'] as { value: number }[]).map(({ value }) => value);
    expect(values(byNumber)).toEqual(values(sorted));
    expect(values(byDate)).toEqual(y);
    expect([byNumber['averageMovingRange'], byDate['averageMovingRange']]).toEqual([
      sorted['averageMovingRange'],
      sorted['averageMovingRange'],
    ]);
    const twice = await spc({ y: 'y', time: 't' }, { y, t: y.map((_value, i) => Math.floor(i / 2)) });
    expect(twice.warnings.join()).toMatch(/holds 0 more than once/);
  });

  it('warn of short baselines, of values that do not vary, of gaps and of spread beyond chance', async () => {
    expect((await spc({ y: 'y', baseline: 5 }, { y })).warnings.join()).toMatch(/come from 5 points/);
    const flat = await spc({ y: 'y' }, { y: y.map(() => 4) });
    expect(flat.warnings.join()).toMatch(/do not vary/);
    expect(flat['signals']).toMatchObject({ any: [] });
    const gap = await spc({ y: 'y' }, { y: [...y, null], other: [...y, 1] });
    expect([gap.n, gap.excluded]).toEqual([13, 1]);
    expect(gap.warnings.join()).toMatch(/count as neighbours/);
    const wide = y.map((_value, i) => (i % 2 === 0 ? 10 : 60));
    const u = await spc({ y: 'y', denominator: 'd', chart: 'u' }, { y: wide, d: y.map(() => 100) });
    expect(u['laney']).toBe(true);
    expect(u.warnings.join()).toMatch(/limits are Laney’s u′/);
    const p = await spc({ y: 'y', denominator: 'd', chart: 'p' }, { y: wide, d: y.map(() => 100) });
    expect(p['laney']).toBe(false);
    expect(p.warnings.join()).toMatch(/too narrow/);
  });

  it.each<[string, Record<string, unknown>, Parameters<typeof csvOf>[0], string, RegExp]>([
    ['a p chart without a denominator', { y: 'y', chart: 'p' }, { y }, 'BAD_SPEC', /needs a denominator/],
    ['a c chart with one', { y: 'y', denominator: 'd', chart: 'c' }, { y, d: y }, 'BAD_SPEC', /has no denominator/],
    [
      'more events than people',
      { y: 'y', denominator: 'd', chart: 'p' },
      { y, d: y.map(() => 6) },
      'BAD_COLUMN',
      /Row 2 has 7 events of 6/,
    ],
    [
      'a denominator of 0',
      { y: 'y', denominator: 'd', chart: 'u' },
      { y, d: y.map((_v, i) => i) },
      'BAD_COLUMN',
      /greater than 0, but row 1/,
    ],
    ['negative counts', { y: 'y', chart: 'c' }, { y: [-1, ...y] }, 'BAD_COLUMN', /not be below 0, but row 1/],
    ['gaps of 0', { y: 'y', chart: 't' }, { y: [0, ...y] }, 'BAD_COLUMN', /greater than 0/],
    ['a baseline beyond the points', { y: 'y', baseline: 99 }, { y }, 'BAD_SPEC', /up to point 99/],
    ['a baseline of one', { y: 'y', baseline: 1 }, { y }, 'REFUSED_MODEL', /at least two points/],
    ['a baseline backwards', { y: 'y', baseline: [5, 2] }, { y }, 'BAD_SPEC', /baseline/],
    [
      'samples of one',
      { y: 'y', subgroup: 's', chart: 'xbar' },
      { y, s: y.map((_v, i) => i) },
      'REFUSED_MODEL',
      /Samples of one/,
    ],
    ['samples where there are none', { y: 'y', subgroup: 's' }, { y, s: y }, 'BAD_SPEC', /has no samples/],
    ['a funnel of all', { y: 'y', denominator: 'd', chart: 'funnel' }, { y, d: y }, 'REFUSED_MODEL', /no width/],
  ])('refuse %s', async (_name, spec, columns, code, message) => {
    await expect(spc(spec, columns)).rejects.toMatchObject({
      error: { code },
      message: expect.stringMatching(message),
    });
  });

  it.each([
    ['cusum', { y: 'y' }, y.map(() => 3), /do not vary/],
    ['ewma', { y: 'y' }, [4], /fewer than two points/],
  ] as const)('%s refuses a series without spread', async (procedure, spec, list, message) => {
    await expect(runProcedure({ procedure, spec, data: csvOf({ y: list }) })).rejects.toMatchObject({
      error: { code: 'REFUSED_MODEL' },
      message: expect.stringMatching(message),
    });
  });
});

describe('the binomial', () => {
  it('has quantiles that are the least with their probability', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.double({ min: 1e-4, max: 0.9999, noNaN: true }),
        (n, p, q) => {
          const k = binomialQuantile(q, n, p);
          expect(binomialCdf(k, n, p)).toBeGreaterThanOrEqual(q);
          expect(binomialCdf(k - 1, n, p)).toBeLessThan(q);
        },
      ),
    );
    expect(binomialCdf(1, 3, 0.5)).toBeCloseTo(0.5, 14);
  });
});
