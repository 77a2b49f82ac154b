import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fUpperTail } from '#main/stats/distributions/f.ts';
import { noncentralFUpperTail } from '#main/stats/distributions/noncentral-f.ts';
import { noncentralTUpperTail } from '#main/stats/distributions/noncentral-t.ts';
import { designEffect, steppedWedge, steppedWedgeVariance } from '#main/stats/power/cluster-design.ts';
import { runProcedure } from '../../statistics/run-procedure.ts';

type Found = {
  n: number;
  effect: number;
  power: number;
  alpha: number;
  clusters: number;
  size: number;
  curve: { n: number; power: number }[];
  warnings: string[];
};
const power = (spec: Record<string, unknown>) =>
  runProcedure({ procedure: 'power', data: null, spec }) as unknown as Promise<Found>;

const whole: readonly (readonly [string, Record<string, unknown>])[] = [
  ['t', { test: 't', n: 40, effect: 0.6 }],
  ['paired t, strict', { test: 't', n: 25, effect: 0.5, type: 'paired', strict: true }],
  ['proportions', { test: 'proportions', n: 120, p1: 0.3, effect: 0.2 }],
  ['cluster', { test: 'cluster', clusters: 25, size: 20, effect: 0.3, icc: 0.04, cv: 0.3 }],
  ['stepped wedge', { test: 'stepped-wedge', clusters: 20, size: 12, periods: 5, effect: 0.3, icc: 0.05 }],
  ['anova', { test: 'anova', groups: 3, n: 25, effect: 0.35 }],
  ['correlation', { test: 'correlation', n: 70, effect: 0.35 }],
  ['events', { test: 'events', n: 160, effect: 1.6 }],
];

describe('the missing quantity', () => {
  it.each(whole)('of %s closes the circle, whichever it is', async (_name, spec) => {
    const base = await power({ ...spec, alpha: 0.04 });
    const { n, clusters: _clusters, effect: _effect, ...rest } = spec as Record<string, number>;
    const given = { ...spec, power: base.power } as Record<string, unknown>;
    const alpha = await power(given);
    expect(alpha.alpha).toBeCloseTo(0.04, 10);
    const size = await power({ ...rest, effect: base.effect, power: base.power, alpha: 0.04 });
    expect(size.n / base.n).toBeCloseTo(1, 9);
    expect(n === undefined ? size.clusters / (spec['clusters'] as number) : 1).toBeCloseTo(1, 9);
    const { effect: _given, ...withoutEffect } = { ...given, alpha: 0.04 } as Record<string, unknown>;
    expect((await power(withoutEffect)).effect / base.effect).toBeCloseTo(1, 9);
  });

  it('of people in each cluster is found where clusters are given', async () => {
    const found = await power({ test: 'cluster', clusters: 20, effect: 0.3, icc: 0.02, power: 0.8 });
    expect(found.n).toBeCloseTo(20 * found.size, 9);
    const again = await power({ test: 'cluster', clusters: 20, size: found.size, effect: 0.3, icc: 0.02 });
    expect(again.power).toBeCloseTo(0.8, 10);
  });

  it('may be null, and stands in the unit of sd', async () => {
    const plain = await power({ test: 't', n: 30, power: 0.8, effect: null });
    const scaled = await power({ test: 't', n: 30, power: 0.8, sd: 12 });
    expect(scaled.effect).toBeCloseTo(12 * plain.effect, 10);
    expect((await power({ test: 't', effect: -0.5, power: 0.8 })).n).toBe(
      (await power({ test: 't', effect: 0.5, power: 0.8 })).n,
    );
  });

  it('comes with a curve that rises', async () => {
    const { curve, n } = await power({ test: 't', effect: 0.4, power: 0.9 });
    expect(curve.length).toBeGreaterThan(20);
    for (const [i, point] of curve.slice(1).entries()) expect(point.power).toBeGreaterThan(curve[i]!.power);
    expect(curve.some((point) => Math.abs(point.n - n) < n / 20)).toBe(true);
  });
});

describe('designs of clusters', () => {
  it('without correlation within clusters need what single people need', async () => {
    expect(designEffect(30, 0, 0.6)).toBe(1);
    const spec = { p1: 0.3, p2: 0.2, power: 0.8 };
    const single = await power({ test: 'proportions', ...spec });
    expect((await power({ test: 'cluster', size: 10, icc: 0, ...spec })).n).toBeCloseTo(single.n, 8);
  });

  it('stepped wedges agree with Hussey and Hughes’ formula', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 9 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        (periods, each, size, icc) => {
          const rows = steppedWedge(periods).flatMap((row) => Array.from({ length: each }, () => row));
          const [clusters, within] = [rows.length, (1 - icc) / size];
          const total = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0);
          const u = total(rows.map(total));
          const w = total(
            Array.from({ length: periods }, (_none, j) => total(rows.map((row) => row[j] as number)) ** 2),
          );
          const v = total(rows.map((row) => total(row) ** 2));
          const bottom =
            (clusters * u - w) * within + (u * u + clusters * periods * u - periods * w - clusters * v) * icc;
          const found = steppedWedgeVariance(steppedWedge(periods), clusters, size, icc, 1);
          if (Math.abs(bottom) < 1e-9) expect(found).toBe(Number.POSITIVE_INFINITY);
          else expect(found / ((clusters * within * (within + periods * icc)) / bottom)).toBeCloseTo(1, 8);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('noncentral tails', () => {
  it('agree: F on one degree of freedom is t squared', () => {
    for (const [t, df, ncp] of [
      [1.5, 12, 2],
      [3, 7, 0.4],
      [0.2, 40, 1],
    ] as const) {
      const both = noncentralTUpperTail(t, df, ncp) + (1 - noncentralTUpperTail(-t, df, ncp));
      expect(noncentralFUpperTail(t * t, 1, df, ncp * ncp)).toBeCloseTo(both, 12);
    }
    expect(noncentralFUpperTail(2, 3, 20, 0)).toBe(fUpperTail(2, 3, 20));
    expect(noncentralFUpperTail(2, 3, 20, 5e6)).toBe(1);
  });
});

describe('what is refused or warned of', () => {
  it.each<[string, Record<string, unknown>, string, RegExp]>([
    ['two unknowns', { test: 't', power: 0.8 }, 'BAD_SPEC', /n and effect are missing/],
    ['no unknown', { test: 't', n: 10, effect: 1, power: 0.8, alpha: 0.05 }, 'BAD_SPEC', /all given/],
    ['no effect', { test: 't', effect: 0, power: 0.8 }, 'BAD_SPEC', /effect of 0/],
    ['a power of 1', { test: 't', effect: 1, power: 1 }, 'BAD_SPEC', /“power”/],
    ['less power than alpha', { test: 't', n: 20, power: 0.01 }, 'REFUSED_MODEL', /Even without an effect/],
    [
      'too few clusters for any size',
      { test: 'cluster', clusters: 4, effect: 0.2, icc: 0.2, power: 0.9 },
      'REFUSED_MODEL',
      /No n gives/,
    ],
    [
      'contradicting numbers',
      { test: 'cluster', clusters: 4, size: 10, n: 50, effect: 0.2, icc: 0.2 },
      'BAD_SPEC',
      /make 40/,
    ],
    [
      'a proportion above 1',
      { test: 'proportions', p1: 0.9, effect: 0.2, power: 0.8 },
      'BAD_SPEC',
      /second proportion/,
    ],
    [
      'too much power for a proportion',
      { test: 'proportions', p1: 0.99, n: 10, power: 0.8 },
      'REFUSED_MODEL',
      /No effect gives/,
    ],
    ['n2 where n is sought', { test: 't', n2: 20, effect: 0.5, power: 0.8 }, 'BAD_SPEC', /“?n2/],
    ['one person', { test: 't', n: 1, effect: 0.5 }, 'REFUSED_MODEL', /cannot be carried out/],
    [
      'a wedge that steps at once',
      {
        test: 'stepped-wedge',
        design: [
          [0, 1],
          [0, 1],
        ],
        clusters: 10,
        size: 10,
        icc: 0.1,
        effect: 0.3,
      },
      'REFUSED_MODEL',
      /cannot be told apart/,
    ],
    ['an unknown test', { test: 'magic', effect: 1, power: 0.8 }, 'BAD_SPEC', /./],
    ['neither mean nor proportion', { test: 'precision', effect: 1 }, 'BAD_SPEC', /“sd” for a mean/],
  ])('%s', async (_name, spec, code, message) => {
    await expect(power(spec)).rejects.toMatchObject({ error: { code }, message: expect.stringMatching(message) });
  });

  it.each<[Record<string, unknown>, RegExp]>([
    [{ test: 't', effect: 40, power: 0.8 }, /already give more power/],
    [{ test: 'cluster', clusters: 6, size: 20, effect: 0.5, icc: 0.05 }, /promises too much/],
    [{ test: 'cluster', clusters: 1, size: 20, effect: 0.5, icc: 0.05 }, /no analysis has this power/],
    [{ test: 'proportions', p1: 0.02, p2: 0.2, n: 30 }, /normal approximation is rough/],
    [{ test: 'stepped-wedge', periods: 4, clusters: 10, size: 20, effect: 0.3, icc: 0.1 }, /cannot be shared equally/],
  ])('%j', async (spec, message) => {
    expect((await power(spec)).warnings.join(' ')).toMatch(message);
  });
});
