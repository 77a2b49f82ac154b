import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noncentralTCdf } from '#main/stats/distributions/noncentral-t.ts';
import {
  differencePairs,
  medianOfPairs,
  orderStatistic,
  walshPairs,
} from '#main/stats/group-comparison/pair-order-statistics.ts';
import {
  chosenSumDistribution,
  rankSumDistribution,
  signedRankDistribution,
  signedSumDistribution,
} from '#main/stats/group-comparison/rank-distributions.ts';
import { rankSumStatistic, signedRankStatistic } from '#main/stats/group-comparison/rank-sum-statistic.ts';
import { rankSumTest } from '#main/stats/group-comparison/rank-sum-test.ts';
import { smallSampleFactor } from '#main/stats/group-comparison/standardised-difference.ts';
import { csvOf, runProcedure } from '../../statistics/run-procedure.ts';

type Columns = Parameters<typeof csvOf>[0];
type Found = Record<string, number> & { readonly warnings: readonly string[] };
const run = async (procedure: string, spec: Record<string, unknown>, data: Columns): Promise<Found> =>
  (await runProcedure({ procedure, spec, data: csvOf(data) })) as unknown as Found;

const small = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 12 });
const sorted = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();

const medianOf = (all: Float64Array): number =>
  (all[Math.ceil(all.length / 2) - 1]! + all[Math.floor(all.length / 2)]!) / 2;

describe('order statistics of pairs', () => {
  it('of differences are those of the list of all of them', () => {
    fc.assert(
      fc.property(small, small, (a, b) => {
        const pairs = differencePairs(sorted(a), sorted(b));
        const all = sorted(a.flatMap((x) => b.map((y) => x - y)));
        expect(Array.from(all, (_value, k) => orderStatistic(pairs, k + 1))).toEqual([...all]);
        expect(medianOfPairs(pairs)).toBe(medianOf(all));
        for (const v of [-20, -1, 0.5, 3, 20]) expect(pairs.atMost(v)).toBe(all.filter((d) => d <= v).length);
      }),
    );
  });

  it('of Walsh averages are those of the list of all of them', () => {
    fc.assert(
      fc.property(small, (a) => {
        const pairs = walshPairs(sorted(a));
        const all = sorted(a.flatMap((x, i) => a.slice(i).map((y) => (x + y) / 2)));
        expect(Array.from(all, (_value, k) => orderStatistic(pairs, k + 1))).toEqual([...all]);
        expect(medianOfPairs(pairs)).toBe(medianOf(all));
        for (const v of [-20, -1, 0.5, 3, 20]) expect(pairs.atMost(v)).toBe(all.filter((d) => d <= v).length);
      }),
    );
  });

  it('of many pairs are found by bisection', () => {
    const a = Float64Array.from({ length: 1_500 }, (_none, i) => Math.sin(i) * 1e3).sort();
    const b = Float64Array.from({ length: 1_400 }, (_none, i) => Math.round(Math.cos(3 * i) * 50)).sort();
    const all = new Float64Array(a.length * b.length);
    a.forEach((x, i) => {
      for (const [j, y] of b.entries()) all[i * b.length + j] = x - y;
    });
    all.sort();
    const pairs = differencePairs(a, b);
    for (const k of [1, 2, 77_777, all.length / 2, all.length - 1, all.length]) {
      expect(orderStatistic(pairs, k)).toBe(all[k - 1]);
    }
    expect(medianOfPairs(pairs)).toBeCloseTo((all[all.length / 2 - 1]! + all[all.length / 2]!) / 2, 10);
  });

  it('of values that are all but equal come to an end', () => {
    const ties = new Float64Array(2_000).fill(0.1);
    expect(medianOfPairs(walshPairs(ties))).toBe(0.1);
    expect(medianOfPairs(differencePairs(ties, ties))).toBe(0);
  });
});

/** Sums of every choice of `count` of the scores. */
function sumsOfChoices(scores: readonly number[], count: number): number[] {
  if (count === 0) return [0];
  if (scores.length < count) return [];
  const [first = 0, ...rest] = scores;
  return [...sumsOfChoices(rest, count - 1).map((sum) => sum + first), ...sumsOfChoices(rest, count)];
}

function shares(sums: readonly number[], length: number): number[] {
  return Array.from({ length }, (_none, value) => sums.filter((sum) => sum === value).length / sums.length);
}

function closeTo(found: ArrayLike<number>, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, k) => {
    expect(found[k]).toBeCloseTo(value, 12);
  });
}

describe('exact distributions of ranks', () => {
  it('are those of all choices', () => {
    for (const [m, n] of [
      [1, 1],
      [2, 3],
      [4, 3],
      [5, 5],
    ] as const) {
      const ranks = Array.from({ length: m + n }, (_none, i) => i + 1);
      const u = sumsOfChoices(ranks, m).map((sum) => sum - (m * (m + 1)) / 2);
      closeTo(rankSumDistribution(m, n), shares(u, m * n + 1));
    }
    const doubled = [2, 5, 5, 9, 9, 9, 14];
    const most = 14 + 9 + 9;
    closeTo(chosenSumDistribution(Int32Array.from(doubled), 3), shares(sumsOfChoices(doubled, 3), most + 1));
  });

  it('are those of all signs', () => {
    const everySign = (scores: readonly number[]): number[] =>
      scores.reduce<number[]>((sums, score) => sums.concat(sums.map((sum) => sum + score)), [0]);
    closeTo(signedRankDistribution(6), shares(everySign([1, 2, 3, 4, 5, 6]), 22));
    closeTo(signedSumDistribution(Int32Array.of(3, 3, 6, 8)), shares(everySign([3, 3, 6, 8]), 21));
  });

  it('sum to 1 where counts would overflow', () => {
    for (const distribution of [rankSumDistribution(130, 90), signedRankDistribution(500)]) {
      expect(distribution.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
  });
});

describe('rank statistics', () => {
  it('count pairs, ties as one half', () => {
    fc.assert(
      fc.property(small, small, (a, b) => {
        const direct = a.reduce((sum, x) => sum + b.reduce((s, y) => s + (x > y ? 1 : x === y ? 0.5 : 0), 0), 0);
        const { statistic, ties } = rankSumStatistic(sorted(a), sorted(b));
        expect(statistic).toBe(direct);
        const sizes = [...new Set([...a, ...b])]
          .map((value) => [...a, ...b].filter((other) => other === value).length)
          .filter((size) => size > 1);
        expect([...ties].sort()).toEqual(sizes.sort());
      }),
    );
  });

  it('sum signed ranks', () => {
    fc.assert(
      fc.property(small, (a) => {
        const kept = a.filter((value) => value !== 0);
        const walsh = kept.flatMap((x, i) => kept.slice(i).map((y) => x + y));
        const direct = walsh.reduce((sum, value) => sum + (value > 0 ? 1 : value === 0 ? 0.5 : 0), 0);
        expect(signedRankStatistic(Float64Array.from(kept)).statistic).toBe(direct);
      }),
    );
  });

  it('do not depend on the order of rows, and turn with the groups', () => {
    fc.assert(
      fc.property(small, small, (a, b) => {
        const options = { mu: 0, confidence: 0.95, exact: null };
        const one = rankSumTest(Float64Array.from(a), Float64Array.from(b), options);
        const again = rankSumTest(Float64Array.from([...a].reverse()), Float64Array.from([...b].reverse()), options);
        expect(again).toEqual(one);
        const turned = rankSumTest(Float64Array.from(b), Float64Array.from(a), options);
        expect(turned.p).toBeCloseTo(one.p, 12);
        expect(turned.estimate + one.estimate).toBeCloseTo(0, 12);
        expect(turned.low + one.high).toBeCloseTo(0, 12);
        expect(one.low).toBeLessThanOrEqual(one.estimate);
        expect(one.high).toBeGreaterThanOrEqual(one.estimate);
      }),
    );
  });
});

describe('standardised differences', () => {
  it('have a small-sample factor without a seam', () => {
    for (const df of [2, 17, 199.999, 200.001, 5_000, 1e7]) {
      expect(smallSampleFactor(df)).toBeLessThan(1);
      expect(smallSampleFactor(df)).toBeCloseTo(1 - 3 / (4 * df - 1), df > 100 ? 5 : 1);
    }
    expect(smallSampleFactor(200.0001)).toBeCloseTo(smallSampleFactor(199.9999), 8);
    expect(smallSampleFactor(200.0001)).toBeGreaterThan(smallSampleFactor(199.9999));
  });

  it('rest on a noncentral t without a seam', () => {
    for (const df of [3, 12, 40, 5_000]) {
      for (const t of [5, 30, 36]) {
        const below = noncentralTCdf(t, df, 29.999999);
        const above = noncentralTCdf(t, df, 30.000001);
        expect(above).toBeLessThanOrEqual(below + 1e-10);
        expect(below - above).toBeLessThan(2e-6);
      }
    }
  });
});

const y = [4.1, 5.2, 3.9, 6.6, 7.1, 5.8, 8.2, 6.9];
const group = ['a', 'a', 'a', 'a', 'b', 'b', 'b', 'b'];

describe('t-test', () => {
  it('is unmoved by another origin, and moves with another unit', async () => {
    const plain = await run('t-test', { y: 'y', group: 'group' }, { y, group });
    const other = await run('t-test', { y: 'y', group: 'group' }, { y: y.map((v) => 100 - 2.5 * v), group });
    expect(other['statistic']).toBeCloseTo(-plain['statistic']!, 9);
    expect(other['estimate']).toBeCloseTo(-2.5 * plain['estimate']!, 9);
    expect(other['low']).toBeCloseTo(-2.5 * plain['high']!, 9);
    expect(other['p']).toBeCloseTo(plain['p']!, 9);
    expect((other as unknown as { effect: { d: number } }).effect.d).toBeCloseTo(
      -(plain as unknown as { effect: { d: number } }).effect.d,
      9,
    );
  });

  it('covers what it should: limits at p = 1 − confidence touch mu', async () => {
    const found = await run('t-test', { y: 'y', mu: 5 }, { y });
    const touching = await run('t-test', { y: 'y', confidence: 1 - found['p']! }, { y });
    expect(Math.min(Math.abs(touching['low']! - 5), Math.abs(touching['high']! - 5))).toBeLessThan(1e-9);
  });

  it.each([
    ['three groups', { y: 'y', group: 'three' }, 'REFUSED_MODEL', /has 3 values, not two/],
    ['one group', { y: 'y', group: 'one' }, 'REFUSED_MODEL', /only one value/],
    ['a constant', { y: 'same', group: 'group' }, 'REFUSED_MODEL', /the same/],
    ['rounding for a difference', { y: 'almost' }, 'REFUSED_MODEL', /the same/],
    ['equal pairs', { paired: ['y', 'y'] }, 'REFUSED_MODEL', /Every difference is the same/],
    ['text', { y: 'group' }, 'BAD_COLUMN', /must be numeric/],
    ['infinite values', { y: 'infinite' }, 'BAD_COLUMN', /infinite value in row 2/],
    ['both ways', { y: 'y', group: 'group', paired: ['y', 'same'] }, 'BAD_SPEC', /not both/],
    ['nothing', {}, 'BAD_SPEC', /give “y”/],
    ['an unknown key', { y: 'y', alternative: 'less' }, 'BAD_SPEC', /alternative/],
    ['one value', { y: 'sparse' }, 'REFUSED_MODEL', /one value/],
    ['one value in a group', { y: 'lean', group: 'group' }, 'REFUSED_MODEL', /one value in “a”/],
    ['no value', { y: 'empty' }, 'REFUSED_MODEL', /No row has a value/],
  ])('refuses %s', async (_name, spec, code, message) => {
    const data = {
      ...{ y, group, one: group.map(() => 'a'), three: group.map((_g, row) => ['a', 'b', 'c'][row % 3] as string) },
      ...{ same: y.map(() => 3), almost: y.map((_v, row) => 1 + (row % 2) * 1e-16), empty: y.map(() => null) },
      infinite: y.map((v, row) => (row === 1 ? 'Inf' : v)),
      sparse: y.map((v, row) => (row === 0 ? v : null)),
      lean: y.map((v, row) => (row === 0 || row > 3 ? v : null)),
    };
    await expect(run('t-test', spec, data)).rejects.toMatchObject({
      error: { code },
      message: expect.stringMatching(message),
    });
  });
});

describe('wilcoxon', () => {
  it('says when ties make p approximate, when limits fall short, when exactness is too much', async () => {
    const tied = await run('wilcoxon', { y: 'y', group: 'group' }, { y: y.map(Math.round), group });
    expect(tied.warnings.join()).toMatch(/tied/);
    const few = await run('wilcoxon', { y: 'y', group: 'group' }, { y: y.slice(2, 6), group: group.slice(2, 6) });
    expect(few.warnings.join()).toMatch(/too few values for limits of 95%; those given have 66\.67%/);
    const n = 900;
    const many = {
      y: Array.from({ length: n }, (_none, i) => Math.sin(i)),
      group: Array.from({ length: n }, (_none, i) => i % 2),
    };
    const large = await run('wilcoxon', { y: 'y', group: 'group', exact: true }, many);
    expect(large.warnings.join()).toMatch(/too many values for the exact distribution/);
    expect(large['method']).toBe('normal');
  });

  it('counts values equal to mu, and refuses where nothing else is left', async () => {
    const found = await run('wilcoxon', { y: 'y', mu: 3.9 }, { y });
    expect(found['zeros']).toBe(1);
    expect(found.warnings.join()).toMatch(/One value equals 3.9/);
    await expect(run('wilcoxon', { paired: ['y', 'y'] }, { y })).rejects.toMatchObject({
      error: { code: 'REFUSED_MODEL' },
      message: expect.stringMatching(/nothing is left to rank/),
    });
  });

  it('has p = 1 where every value is the same', async () => {
    const found = await run('wilcoxon', { y: 'y', group: 'group' }, { y: y.map(() => 2), group });
    expect(found['p']).toBe(1);
    expect(found.warnings.join()).toMatch(/Every value is the same/);
  });
});

describe('kruskal', () => {
  it('of two groups is the square of the rank-sum z', async () => {
    const ranks = await run('wilcoxon', { y: 'y', group: 'group', exact: false }, { y, group });
    const found = (await run('kruskal', { y: 'y', group: 'group' }, { y, group })) as unknown as {
      test: { statistic: number };
      warnings: string[];
    };
    expect(found.test.statistic).toBeCloseTo(ranks['z']! ** 2, 10);
    expect(found.warnings.join()).toMatch(/fewer than five/);
  });

  it('is unmoved by a rising transformation', async () => {
    const data = { y, group: y.map((_v, row) => ['a', 'b', 'c'][row % 3] as string) };
    const test = (found: unknown) => (found as { test: unknown }).test;
    expect(test(await run('kruskal', { y: 'y', group: 'group' }, { ...data, y: y.map(Math.exp) }))).toEqual(
      test(await run('kruskal', { y: 'y', group: 'group' }, data)),
    );
  });

  it('refuses one group and a constant', async () => {
    for (const spec of [
      { y: 'y', group: 'one' },
      { y: 'same', group: 'group' },
    ]) {
      await expect(run('kruskal', spec, { y, group, one: y.map(() => 1), same: y.map(() => 1) })).rejects.toMatchObject(
        { error: { code: 'REFUSED_MODEL' } },
      );
    }
  });
});

type Anova = {
  readonly table: readonly {
    readonly ss: number;
    readonly df: number;
    readonly f: number;
    readonly p: number | null;
  }[];
  readonly residual: { readonly ss: number; readonly df: number };
  readonly total: { readonly ss: number };
  readonly welch: { readonly statistic: number } | null;
  readonly etaSquared: number;
  readonly warnings: readonly string[];
};

describe('anova', () => {
  const anova = async (formula: string, data: Columns, more: Record<string, unknown> = {}): Promise<Anova> =>
    (await run('anova', { formula, ...more }, data)) as unknown as Anova;
  const x = [1, 4, 2, 7, 3, 3, 9, 5];
  const b = ['u', 'v', 'u', 'v', 'v', 'u', 'u', 'v'];

  it('of type 1 adds up to the total', async () => {
    const { table, residual, total } = await anova('y ~ group * x + b', { y, group, x, b });
    expect(table.reduce((sum, { ss }) => sum + ss, residual.ss)).toBeCloseTo(total.ss, 10);
  });

  it('of every type is the same for a balanced design', async () => {
    const results = await Promise.all([1, 2, 3].map((type) => anova('y ~ group * b', { y, group, b }, { type })));
    for (const { table } of results) {
      expect(table.map(({ ss }) => ss)).toEqual(results[0]!.table.map(({ ss }) => expect.closeTo(ss, 10)));
    }
  });

  it('does not depend on the order of rows or levels', async () => {
    const plain = await anova('y ~ group * x', { y, group, x }, { type: 2 });
    const turned = await anova(
      'y ~ group * x',
      { y: [...y].reverse(), group: [...group].reverse(), x: [...x].reverse() },
      { type: 2, factors: { group: ['b'] } },
    );
    turned.table.forEach(({ ss, f }, row) => {
      expect(ss).toBeCloseTo(plain.table[row]!.ss, 10);
      expect(f).toBeCloseTo(plain.table[row]!.f, 10);
    });
  });

  it('of two groups is the square of t', async () => {
    const found = await anova('y ~ group', { y, group });
    const welch = await run('t-test', { y: 'y', group: 'group' }, { y, group });
    const student = await run('t-test', { y: 'y', group: 'group', equalVariance: true }, { y, group });
    expect(found.table[0]?.f).toBeCloseTo(student['statistic']! ** 2, 10);
    expect(found.welch?.statistic).toBeCloseTo(welch['statistic']! ** 2, 10);
    expect(found.etaSquared).toBeCloseTo(found.table[0]!.ss / found.total.ss, 12);
  });

  it('says when nothing is left to test by, and when the fit is perfect', async () => {
    const saturated = await anova('y ~ factor(id)', { y, id: y.map((_v, row) => row) });
    expect(saturated.table[0]).toMatchObject({ df: 7, f: null, p: null });
    expect(saturated.warnings.join()).toMatch(/as many coefficients as there are rows/);
    const perfect = await anova('y ~ x', { y: x.map((v) => 3 * v + 1), x });
    expect(perfect.warnings.join()).toMatch(/fits the data to rounding/);
  });

  it.each([
    ['a random term', 'y ~ x + (1|group)', 'BAD_SPEC'],
    ['no term', 'y ~ 1', 'BAD_SPEC'],
    ['no response', '~ x', 'BAD_SPEC'],
    ['an unknown column', 'y ~ nowhere', 'BAD_COLUMN'],
    ['text for a response', 'group ~ x', 'BAD_COLUMN'],
    ['a constant response', 'I(0 * x) ~ group', 'REFUSED_MODEL'],
    ['a factor of one level', 'y ~ one', 'REFUSED_MODEL'],
  ])('refuses %s', async (_name, formula, code) => {
    await expect(anova(formula, { y, group, x, one: y.map(() => 'a') })).rejects.toMatchObject({ error: { code } });
  });
});
