import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poolEstimates } from '#main/stats/multiple-imputation/pool-estimates.ts';
import { type ProcedureResult, prepareProcedure, runPrepared } from '#main/stats/procedures/run-procedure.ts';

// biome-ignore lint/suspicious/noExplicitAny: results are looked into by key.
type Loose = any;

async function pool(spec: Record<string, unknown>): Promise<ProcedureResult & Loose> {
  const prepared = await prepareProcedure('pool', spec);
  return runPrepared(prepared, { rows: 0, columns: new Map() }, { dataName: '', attachments: {}, attachmentNames: {} });
}

const analyses = fc.array(
  fc.record({ q: fc.double({ min: -5, max: 5, noNaN: true }), u: fc.double({ min: 0.01, max: 4, noNaN: true }) }),
  { minLength: 2, maxLength: 30 },
);

describe('Rubin’s rules', () => {
  it('keep to order, units and their bounds', () => {
    fc.assert(
      fc.property(analyses, fc.double({ min: 2, max: 500, noNaN: true }), (list, complete) => {
        const q = Float64Array.from(list, (one) => one.q);
        const u = Float64Array.from(list, (one) => one.u);
        const found = poolEstimates(q, u, complete, 0.95);
        const other = poolEstimates(
          q.toReversed().map((value) => 10 * value),
          u.toReversed().map((value) => 100 * value),
          complete,
          0.95,
        );
        expect(other.estimate).toBeCloseTo(10 * found.estimate, 9);
        expect(other.se).toBeCloseTo(10 * found.se, 9);
        expect(other.df!).toBeCloseTo(found.df!, 8);
        expect(found.total).toBeGreaterThanOrEqual(found.within);
        expect(found.df!).toBeLessThanOrEqual(complete);
        expect(found.fmi).toBeGreaterThan(0);
        expect(found.fmi).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it('approach the normal where nothing differs in a large sample', async () => {
    const found = await pool({ estimates: [1, 1], variances: [4, 4] });
    expect([found.df, found.fmi, found.riv, found.lambda]).toEqual([null, 0, 0, 0]);
    expect(found.high - found.low).toBeCloseTo(2 * 1.959963984540054 * 2, 12);
    expect(found.warnings.join(' ')).toMatch(/do not differ/);
  });
});

describe('pool', () => {
  it('refuses what does not fit together', async () => {
    await expect(pool({ estimates: [1, 2], variances: [1, 2, 3] })).rejects.toThrow(
      /2 imputed data sets with estimates, but 3/,
    );
    await expect(pool({ estimates: [1], variances: [1] })).rejects.toThrow(/estimates/);
    await expect(pool({ estimates: [1, 2], variances: [1, 0] })).rejects.toThrow(/Variance 2/);
    await expect(pool({ estimates: [1, 2], variances: 'v' })).rejects.toThrow(/both be/);
    await expect(pool({ estimates: [[1, 2], [3]], variances: [1, 2] })).rejects.toThrow(/different numbers/);
    await expect(
      pool({
        estimates: [
          [1, 2],
          [3, 4],
        ],
        variances: [1, 2],
      }),
    ).rejects.toThrow(/one variance for several/);
    await expect(pool({ estimates: [1, 2], variances: [1, 2], dfComplete: 0 })).rejects.toThrow(/dfComplete/);
    const matrix = [
      [1, 0.5],
      [0.2, 1],
    ];
    await expect(
      pool({
        estimates: [
          [1, 2],
          [3, 4],
        ],
        variances: [matrix, matrix],
      }),
    ).rejects.toThrow(/not symmetric/);
    const good = [
      [1, 0.5],
      [0.5, 1],
    ];
    await expect(
      pool({
        estimates: [
          [1, 2],
          [3, 4],
        ],
        variances: [good, good],
        names: ['a', 'b'],
        tested: ['c'],
      }),
    ).rejects.toThrow(/no parameter “c”/);
  });

  it('tests no parameters together whose covariance is singular', async () => {
    const flat = [
      [1, 1],
      [1, 1],
    ];
    const found = await pool({
      estimates: [
        [1, 2],
        [3, 4],
      ],
      variances: [flat, flat],
    });
    expect(found.tests).toEqual([]);
    expect(found.warnings.join(' ')).toMatch(/singular/);
    expect(found.terms).toHaveLength(2);
  });
});
