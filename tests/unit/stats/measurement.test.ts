import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataTable } from '#main/stats/data/table.ts';
import { at, matrixFromRows } from '#main/stats/linear-algebra/matrix.ts';
import { cronbachAlpha, feldtLimits } from '#main/stats/measurement/cronbach-alpha.ts';
import { correlationOf, itemMoments } from '#main/stats/measurement/item-covariance.ts';
import { oneFactor } from '#main/stats/measurement/one-factor.ts';
import { changeState, differenceError } from '#main/stats/measurement/reliable-change.ts';
import { type ProcedureResult, prepareProcedure, runPrepared } from '#main/stats/procedures/run-procedure.ts';

// biome-ignore lint/suspicious/noExplicitAny: results are looked into by key.
type Loose = any;

async function run(
  procedure: string,
  spec: Record<string, unknown>,
  columns: Readonly<Record<string, readonly number[]>>,
): Promise<ProcedureResult & Loose> {
  const entries = Object.entries(columns);
  const table: DataTable = {
    rows: entries[0]![1].length,
    columns: new Map(
      entries.map(([name, values]) => [name, { kind: 'numeric', name, values: Float64Array.from(values) }]),
    ),
  };
  return runPrepared(await prepareProcedure(procedure, spec), table, {
    dataName: 'd.csv',
    attachments: {},
    attachmentNames: {},
  });
}

const answers = {
  a: [1, 2, 3, 4, 5, 2, 3, 1, 4, 5],
  b: [2, 2, 3, 5, 4, 1, 3, 2, 4, 5],
  c: [1, 3, 2, 4, 5, 2, 4, 1, 3, 4],
  d: [5, 4, 3, 2, 1, 5, 3, 4, 2, 2],
};
const items = ['a', 'b', 'c', 'd'];

describe('alpha', () => {
  it('of k copies of one item is 1, and its limits hold it', () => {
    const ones = matrixFromRows([1, 2, 3].map(() => [1, 1, 1]));
    expect(cronbachAlpha(ones)).toBeCloseTo(1, 14);
    const limits = feldtLimits(0.8, 50, 6, 0.95);
    expect(limits.low).toBeLessThan(0.8);
    expect(limits.high).toBeGreaterThan(0.8);
  });

  it('does not change with the order of people, a constant, or a unit common to all items', () => {
    const sheet = fc.array(fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 3, maxLength: 3 }), {
      minLength: 8,
      maxLength: 40,
    });
    fc.assert(
      fc.property(sheet, (rows) => {
        const column = (j: number, list: number[][]): Float64Array => Float64Array.from(list, (row) => row[j]!);
        const of = (list: number[][], unit = 1): number =>
          cronbachAlpha(
            itemMoments([0, 1, 2].map((j) => column(j, list).map((value) => unit * value + j * 10))).covariance,
          );
        const one = of(rows);
        if (Number.isNaN(one)) return;
        expect(of(rows.toReversed())).toBeCloseTo(one, 9);
        expect(of(rows, 13)).toBeCloseTo(one, 9);
        expect(one).toBeLessThanOrEqual(1 + 1e-12);
      }),
      { numRuns: 100, seed: 8 },
    );
  });

  it('rises when an item that goes the other way is reversed, whatever the range', async () => {
    const plain = await run('reliability', { items }, answers);
    expect(plain.warnings.join(' ')).toMatch(/“d” goes against/);
    const turned = await run('reliability', { items, reverse: ['d'] }, answers);
    const ranged = await run('reliability', { items, reverse: ['d'], range: [0, 10] }, answers);
    expect(turned.alpha).toBeGreaterThan(plain.alpha);
    expect(ranged.alpha).toBeCloseTo(turned.alpha, 12);
    expect(ranged.items[3].mean).toBeCloseTo(10 - 3.1, 12);
    expect(turned.items[3]).toMatchObject({ item: 'd', reversed: true });
    expect(turned.items[3].mean).toBeCloseTo(6 - 3.1, 12);
  });
});

describe('one factor', () => {
  it('is found exactly where it made the correlations', () => {
    const loading = fc.double({ min: 0.3, max: 0.95, noNaN: true });
    fc.assert(
      fc.property(fc.array(loading, { minLength: 4, maxLength: 10 }), (truth) => {
        const found = oneFactor(matrixFromRows(truth.map((a, i) => truth.map((b, j) => (i === j ? 1 : a * b)))))!;
        expect(found.converged).toBe(true);
        expect(found.discrepancy).toBeLessThan(1e-12);
        truth.forEach((value, i) => {
          expect(found.loadings[i]!).toBeCloseTo(value, 6);
        });
      }),
      { numRuns: 100, seed: 9 },
    );
  });

  it('has no neighbour that fits better', () => {
    const correlation = correlationOf(
      itemMoments(Object.values(answers).map((values) => Float64Array.from(values))).covariance,
    );
    const found = oneFactor(correlation)!;
    const discrepancy = (loadings: readonly number[], unique: readonly number[]): number => {
      // log |Σ| + tr(RΣ⁻¹) by the inverse of a rank-one change of a diagonal.
      const v = 1 + loadings.reduce((total, value, i) => total + value ** 2 / unique[i]!, 0);
      let total = Math.log(v);
      loadings.forEach((left, i) => {
        total += Math.log(unique[i]!) + 1 / unique[i]!;
        loadings.forEach((right, j) => {
          total -= ((left / unique[i]!) * at(correlation, i, j) * (right / unique[j]!)) / v;
        });
      });
      return total;
    };
    const [loadings, unique] = [Array.from(found.loadings), Array.from(found.uniquenesses)];
    const best = discrepancy(loadings, unique);
    for (let i = 0; i < items.length; i += 1) {
      for (const step of [-1e-3, 1e-3]) {
        expect(discrepancy(loadings.with(i, loadings[i]! + step), unique)).toBeGreaterThan(best);
        if (found.heywood.includes(i)) continue;
        expect(discrepancy(loadings, unique.with(i, unique[i]! + step))).toBeGreaterThan(best);
      }
    }
  });
});

describe('reliability', () => {
  it('refuses what measures nothing, and warns of the rest', async () => {
    const constant = answers.a.map(() => 3);
    await expect(run('reliability', { items: ['a'] }, answers)).rejects.toThrow(/items/);
    await expect(run('reliability', { items: ['a', 'a'] }, answers)).rejects.toThrow(/twice/);
    await expect(run('reliability', { items: ['a', 'b'], reverse: ['x'] }, answers)).rejects.toThrow(
      /“x” is to be reversed/,
    );
    await expect(run('reliability', { items: ['a', 'b'], range: [5, 1] }, answers)).rejects.toThrow(
      /lowest to the highest/,
    );
    await expect(run('reliability', { items: ['a', 'e'] }, { ...answers, e: constant })).rejects.toThrow(
      /Only “a” varies/,
    );
    await expect(
      run('reliability', { items: ['a', 'f'] }, { ...answers, f: answers.a.map((value) => -value) }),
    ).rejects.toThrow(/cancel/);
    const kept = await run('reliability', { items: ['a', 'b', 'c', 'e'] }, { ...answers, e: constant });
    const without = await run('reliability', { items: ['a', 'b', 'c'] }, answers);
    expect(kept.alpha).toBe(without.alpha);
    expect(kept.items[3]).toMatchObject({ item: 'e', itemRest: null, sd: 0 });
    expect(kept.warnings.join(' ')).toMatch(/same answer to “e”/);
    const two = await run('reliability', { items: ['a', 'b'] }, answers);
    expect([two.omegaTotal, two.items[0].alphaIfDropped]).toEqual([null, null]);
    const copies = await run(
      'reliability',
      { items: ['a', 'b', 'g'] },
      { ...answers, g: answers.a.map((value) => value + 1) },
    );
    expect([copies.omegaTotal, copies.kmo]).toEqual([null, null]);
    expect(copies.warnings.join(' ')).toMatch(/sum of others/);
  });
});

describe('reliable change', () => {
  const rule = { error: differenceError(7.5, 0.8), quantile: 1.959963984540054, cutoff: 20, better: 'low' as const };

  it('has its four states, the cut-off itself on the ill side', () => {
    expect(changeState(20, 10, rule)).toBe('recovered');
    expect(changeState(30, 20, rule)).toBe('improved');
    expect(changeState(19, 5, rule)).toBe('improved');
    expect(changeState(20, 11, rule)).toBe('unchanged');
    expect(changeState(10, 20, rule)).toBe('deteriorated');
    expect(changeState(30, 10, { ...rule, cutoff: null })).toBe('improved');
  });

  it('is mirrored where high is better', () => {
    const score = fc.integer({ min: -40, max: 40 });
    fc.assert(
      fc.property(score, score, score, (pre, post, cutoff) => {
        expect(changeState(pre, post, { ...rule, cutoff })).toBe(
          changeState(-pre, -post, { ...rule, cutoff: -cutoff, better: 'high' }),
        );
      }),
      { seed: 10 },
    );
  });

  it('says what it needs', async () => {
    const scores = { before: [20, 25, 30], after: [10, 24, 12] };
    const spec = { pre: 'before', post: 'after', reliability: 0.8 };
    await expect(run('reliable-change', { ...spec, reliability: 1 }, scores)).rejects.toThrow(/reliability/);
    await expect(run('reliable-change', { ...spec, cutoff: 'c' }, scores)).rejects.toThrow(/needs norms/);
    await expect(run('reliable-change', { ...spec, normalMean: 4 }, scores)).rejects.toThrow(/Norms need/);
    await expect(run('reliable-change', spec, { ...scores, before: [20, 20, 20] })).rejects.toThrow(/do not vary/);
    const found = await run('reliable-change', spec, scores);
    expect(found.sd).toBe(5);
    expect(found.warnings).toHaveLength(2);
    expect(Object.values(found.counts as Record<string, number>).reduce((a, b) => a + b, 0)).toBe(3);
  });
});
