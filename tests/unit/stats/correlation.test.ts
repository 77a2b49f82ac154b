import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kendallTest } from '#main/stats/correlation/kendall.ts';
import { pearsonTest } from '#main/stats/correlation/pearson.ts';
import { spearmanTest } from '#main/stats/correlation/spearman.ts';
import { adjustments, adjustP } from '#main/stats/multiplicity/adjust-p-values.ts';
import { csvOf, runProcedure } from '../../statistics/run-procedure.ts';

const vary = (values: readonly number[]): boolean => new Set(values).size > 1;
const twoColumns = fc
  .array(fc.tuple(fc.integer({ min: -6, max: 6 }), fc.integer({ min: -6, max: 6 })), { minLength: 4, maxLength: 20 })
  .map((rows) => [rows.map(([x]) => x), rows.map(([, y]) => y)] as const)
  .filter(([x, y]) => vary(x) && vary(y));
const of = (values: readonly number[]): Float64Array => Float64Array.from(values);

/** Kendall’s τ-b by every pair. */
function directKendall(x: readonly number[], y: readonly number[]): number {
  let score = 0;
  let apartX = 0;
  let apartY = 0;
  for (let i = 0; i < x.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const signX = Math.sign(x[i]! - x[j]!);
      const signY = Math.sign(y[i]! - y[j]!);
      score += signX * signY;
      apartX += Math.abs(signX);
      apartY += Math.abs(signY);
    }
  }
  return score / Math.sqrt(apartX * apartY);
}

describe('correlations', () => {
  it('Kendall’s counts pairs', () => {
    fc.assert(
      fc.property(twoColumns, ([x, y]) => {
        expect(kendallTest(of(x), of(y), 0.95).estimate).toBeCloseTo(directKendall(x, y), 12);
      }),
    );
  });

  it.each([
    ['pearson', pearsonTest],
    ['spearman', spearmanTest],
    ['kendall', kendallTest],
  ])('%s does not depend on the order of rows or columns, and turns with a sign', (_name, test) => {
    fc.assert(
      fc.property(twoColumns, ([x, y]) => {
        const plain = test(of(x), of(y), 0.95);
        const others = [test(of(y), of(x), 0.95), test(of([...x].reverse()), of([...y].reverse()), 0.95)];
        for (const other of others) {
          expect(other.estimate).toBeCloseTo(plain.estimate, 12);
          expect(other.p).toBeCloseTo(plain.p, 9);
        }
        const turned = test(of(x), of(y.map((value) => 3 - 2 * value)), 0.95);
        expect(turned.estimate).toBeCloseTo(-plain.estimate, 12);
        expect(turned.p).toBeCloseTo(plain.p, 9);
        expect(Math.abs(plain.estimate)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('of ranks are exact for few rows', () => {
    // Of the 24 orders of four rows, one is in the order of the other column.
    const four = of([1, 2, 3, 4]);
    expect(spearmanTest(four, four, 0.95).p).toBeCloseTo(2 / 24, 12);
    expect(kendallTest(four, four, 0.95).p).toBeCloseTo(2 / 24, 12);
  });

  const run = (spec: Record<string, unknown>, data: Parameters<typeof csvOf>[0]) =>
    runProcedure({ procedure: 'correlation', spec: { x: 'x', y: 'y', ...spec }, data: csvOf(data) });

  it('say what is tied, on a line, or too little', async () => {
    const tied = await run({ method: 'kendall' }, { x: [1, 1, 2, 3, 5], y: [2, 3, 3, 5, 4] });
    expect(tied.warnings.join()).toMatch(/tied/);
    const line = await run({}, { x: [1, 2, 3, 4], y: [3, 5, 7, 9] });
    expect(line).toMatchObject({ estimate: 1, statistic: null, p: 0 });
    expect(line.warnings.join()).toMatch(/on a line/);
    const few = await run({}, { x: [1, 2, 4], y: [3, 1, 2] });
    expect(few).toMatchObject({ low: null, high: null });
    expect(few.warnings.join()).toMatch(/too few for limits/);
  });

  it.each([
    ['two rows', { x: [1, 2], y: [2, 1] }, 'REFUSED_MODEL'],
    ['a constant', { x: [1, 1, 1, 1], y: [2, 1, 3, 4] }, 'REFUSED_MODEL'],
    ['text', { x: ['a', 'b', 'c'], y: [2, 1, 3] }, 'BAD_COLUMN'],
    ['infinite values', { x: [1, 'Inf', 3], y: [2, 1, 3] }, 'BAD_COLUMN'],
  ])('refuse %s', async (_name, data, code) => {
    await expect(run({}, data)).rejects.toMatchObject({ error: { code } });
  });
});

/** Hommel’s procedure as a closed test: a hypothesis stands while a set with it stands by Simes’ test. */
function closedSimes(p: readonly number[]): number[] {
  const simes = (members: readonly number[]): number => {
    const sorted = [...members].sort((a, b) => a - b);
    return Math.min(...sorted.map((value, i) => (sorted.length * value) / (i + 1)));
  };
  const sets = Array.from({ length: 2 ** p.length - 1 }, (_none, k) =>
    p.map((_p, i) => i).filter((i) => ((k + 1) >> i) & 1),
  );
  return p.map((_p, i) =>
    Math.min(1, Math.max(...sets.filter((set) => set.includes(i)).map((set) => simes(set.map((j) => p[j]!))))),
  );
}

describe('adjusted p-values', () => {
  const several = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });

  it('of Hommel are those of the closed test', () => {
    fc.assert(
      fc.property(several, (p) => {
        const expected = closedSimes(p);
        adjustP(p, 'hommel').forEach((value, i) => {
          expect(value).toBeCloseTo(expected[i]!, 12);
        });
      }),
    );
  });

  it('are never smaller, never above 1, and keep the order', () => {
    fc.assert(
      fc.property(several, fc.constantFrom(...adjustments), (p, method) => {
        const adjusted = adjustP(p, method);
        p.forEach((value, i) => {
          expect(adjusted[i]).toBeGreaterThanOrEqual(value * (1 - 1e-12));
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          p.forEach((other, j) => {
            if (value < other) expect(adjusted[i]!).toBeLessThanOrEqual(adjusted[j]! + 1e-12);
          });
        });
        expect([...adjustP([...p].reverse(), method)].reverse()).toEqual([...adjusted]);
      }),
    );
  });

  it.each([
    ['above 1', { p: [0.2, 1.2] }, 'BAD_SPEC'],
    ['none', { p: [] }, 'BAD_SPEC'],
    ['only gaps', { p: [null] }, 'REFUSED_MODEL'],
    ['a column without data', { p: 'p' }, 'BAD_SPEC'],
    ['an unknown method', { p: [0.1], method: 'sidak' }, 'BAD_SPEC'],
    ['too many for Hommel', { p: new Array(60_000).fill(0.5), method: 'hommel' }, 'REFUSED_MODEL'],
  ])('refuse %s', async (_name, spec, code) => {
    await expect(runProcedure({ procedure: 'adjust', spec, data: null })).rejects.toMatchObject({ error: { code } });
  });

  it('refuse a column with a value that is none', async () => {
    await expect(
      runProcedure({ procedure: 'adjust', spec: { p: 'p' }, data: csvOf({ p: [0.1, 7] }) }),
    ).rejects.toMatchObject({ error: { code: 'BAD_COLUMN' }, message: expect.stringMatching(/7 in row 2/) });
  });
});
