import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DataTable } from '#main/stats/data/table.ts';
import { matrixOf } from '#main/stats/linear-algebra/matrix.ts';
import { effectSize } from '#main/stats/meta-analysis/effect-sizes.ts';
import { heterogeneity, logLikelihoodAt } from '#main/stats/meta-analysis/heterogeneity.ts';
import { fitRandomEffects, qProfileLimits } from '#main/stats/meta-analysis/random-effects.ts';
import { meanModel, momentsAt, regressionModel } from '#main/stats/meta-analysis/weighted-moments.ts';
import { type ProcedureResult, prepareProcedure, runPrepared } from '#main/stats/procedures/run-procedure.ts';

// biome-ignore lint/suspicious/noExplicitAny: results are looked into by key.
type Loose = any;

function table(columns: Readonly<Record<string, readonly number[]>>): DataTable {
  const entries = Object.entries(columns);
  return {
    rows: entries[0]![1].length,
    columns: new Map(
      entries.map(([name, values]) => [name, { kind: 'numeric', name, values: Float64Array.from(values) }]),
    ),
  };
}

async function meta(
  spec: Record<string, unknown>,
  columns: Readonly<Record<string, readonly number[]>>,
): Promise<ProcedureResult & Loose> {
  const prepared = await prepareProcedure('meta', spec);
  return runPrepared(prepared, table(columns), { dataName: 'd.csv', attachments: {}, attachmentNames: {} });
}

const yi = [0.3, -0.2, 0.5, 0.8, 0.1, 0.45, -0.6, 0.2, 0.33, 0.9, 0.05];
const vi = [0.05, 0.1, 0.02, 0.3, 0.04, 0.15, 0.2, 0.08, 0.01, 0.12, 0.06];

const studies = fc
  .array(
    fc.record({ y: fc.double({ min: -3, max: 3, noNaN: true }), v: fc.double({ min: 0.01, max: 2, noNaN: true }) }),
    {
      minLength: 3,
      maxLength: 25,
    },
  )
  .map((list) => ({ y: Float64Array.from(list, ({ y }) => y), v: Float64Array.from(list, ({ v }) => v) }));

describe('heterogeneity', () => {
  it('maximises the likelihood', () => {
    fc.assert(
      fc.property(studies, fc.constantFrom('ML' as const, 'REML' as const), ({ y, v }, method) => {
        const model = meanModel(y, v);
        const { tau2 } = heterogeneity(model, method);
        const top = logLikelihoodAt(model, tau2, method);
        for (const factor of [0, 0.5, 0.9, 0.999, 1.001, 1.1, 2, 10]) {
          expect(logLikelihoodAt(model, tau2 * factor, method)).toBeLessThanOrEqual(top + 1e-10);
        }
        expect(logLikelihoodAt(model, tau2 + 0.01, method)).toBeLessThanOrEqual(top + 1e-10);
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  it('by Paule and Mandel makes Q its expectation; its limits make Q the quantiles', () => {
    fc.assert(
      fc.property(studies, ({ y, v }) => {
        const model = meanModel(y, v);
        const df = y.length - 1;
        const { tau2 } = heterogeneity(model, 'PM');
        const { q } = momentsAt(model, tau2);
        if (tau2 > 0) expect(q).toBeCloseTo(df, 9);
        else expect(q).toBeLessThanOrEqual(df);
        const limits = qProfileLimits(model, 0.95)!;
        expect(limits.low).toBeLessThanOrEqual(limits.high);
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  it('does not depend on the order of studies, and follows the units', () => {
    fc.assert(
      fc.property(
        studies,
        fc.constantFrom('DL', 'HE', 'SJ', 'PM', 'ML', 'REML' as const),
        fc.double({ min: 0.01, max: 1000, noNaN: true }),
        ({ y, v }, method, unit) => {
          const fit = fitRandomEffects(meanModel(y, v), method as 'DL', 'knha');
          const other = fitRandomEffects(
            meanModel(
              y.toReversed().map((value) => value * unit + 5 * unit),
              v.toReversed().map((value) => value * unit ** 2),
            ),
            method as 'DL',
            'knha',
          );
          expect(other.tau2 / unit ** 2).toBeCloseTo(fit.tau2, 8);
          expect(other.coefficients[0]! / unit - 5).toBeCloseTo(fit.coefficients[0]!, 8);
          expect(other.covariance.data[0]! / unit ** 2).toBeCloseTo(fit.covariance.data[0]!, 8);
          expect(other.i2).toBeCloseTo(fit.i2, 6);
        },
      ),
      { numRuns: 100, seed: 6 },
    );
  });

  it('of a regression on a constant is that of the mean', () => {
    const ones = matrixOf(yi.length, 1, new Float64Array(yi.length).fill(1));
    const [y, v] = [Float64Array.from(yi), Float64Array.from(vi)];
    for (const method of ['FE', 'DL', 'HE', 'HS', 'SJ', 'PM', 'EB', 'ML', 'REML'] as const) {
      const one = fitRandomEffects(meanModel(y, v), method, 'z');
      const other = fitRandomEffects(regressionModel(y, v, ones), method, 'z');
      expect(other.tau2).toBeCloseTo(one.tau2, 12);
      expect(other.coefficients[0]!).toBeCloseTo(one.coefficients[0]!, 12);
      expect(other.logLik).toBeCloseTo(one.logLik, 10);
    }
  });

  it('takes the higher of two maxima, and says so', async () => {
    const two = {
      yi: [3.29, -2.51, 0.04, -0.18, -0.09, 0.15, 0.15],
      vi: [1, 0.625, 0.01, 0.023, 0.05, 0.03, 0.021],
    };
    const model = meanModel(Float64Array.from(two.yi), Float64Array.from(two.vi));
    expect(logLikelihoodAt(model, 1.07657, 'REML')).toBeGreaterThan(logLikelihoodAt(model, 0.7, 'REML'));
    expect(logLikelihoodAt(model, 0, 'REML')).toBeGreaterThan(logLikelihoodAt(model, 1.07657, 'REML'));
    const found = await meta({}, two);
    expect(found.tau2).toBe(0);
    expect(found.warnings.join(' ')).toMatch(/more than one maximum/);
    expect(heterogeneity(model, 'REML', false).tau2).toBe(0);
  });
});

describe('effects', () => {
  const values = (record: Record<string, number>): Record<string, Float64Array> =>
    Object.fromEntries(Object.entries(record).map(([role, value]) => [role, Float64Array.of(value)]));

  it('say what is impossible', () => {
    const impossible = [
      ['RR', { ai: 5, n1i: 4, ci: 1, n2i: 10 }],
      ['OR', { ai: 0, bi: 0, ci: 1, di: 10 }],
      ['RD', { ai: -1, bi: 3, ci: 1, di: 10 }],
      ['SMD', { m1i: 1, sd1i: 0, n1i: 9, m2i: 1, sd2i: 0, n2i: 9 }],
      ['SMD', { m1i: 1, sd1i: 1, n1i: 1, m2i: 1, sd2i: 1, n2i: 2 }],
      ['MD', { m1i: 1, sd1i: -1, n1i: 9, m2i: 1, sd2i: 0, n2i: 9 }],
      ['ZCOR', { ri: 1, ni: 9 }],
      ['ZCOR', { ri: 0.5, ni: 3 }],
      ['PLO', { xi: 5, ni: 4 }],
      ['SMCR', { m1i: 1, m2i: 2, sd1i: 1, ni: 2, ri: 0.5 }],
      ['IRR', { x1i: 1, x2i: 2, t1i: 0, t2i: 4 }],
    ] as const;
    for (const [measure, record] of impossible)
      expect(effectSize(measure, values(record), 0)).toHaveProperty('problem');
  });

  it('change sign with the groups', () => {
    for (const measure of ['RR', 'OR', 'RD'] as const) {
      const one = effectSize(measure, values({ ai: 3, bi: 17, ci: 8, di: 12 }), 0);
      const other = effectSize(measure, values({ ai: 8, bi: 12, ci: 3, di: 17 }), 0);
      if ('problem' in one || 'problem' in other) throw new Error('impossible');
      expect(one.yi).toBeCloseTo(-other.yi, 14);
      expect(one.vi).toBeCloseTo(other.vi, 14);
    }
  });

  it('add ½ to all cells where one is 0, and count the studies', async () => {
    const cells = { ai: [0, 3, 4], n1i: [10, 12, 13], ci: [2, 5, 3], n2i: [11, 13, 14] };
    const found = await meta({ measure: 'OR' }, cells);
    expect(found.weights[0].yi).toBeCloseTo(Math.log((0.5 * 9.5) / (10.5 * 2.5)), 12);
    expect(found.warnings).toContain('One study has a count of 0: ½ was added to its cells.');
  });
});

describe('meta', () => {
  it('refuses what cannot be weighed', async () => {
    await expect(meta({}, { yi, vi: vi.map((value, i) => (i === 3 ? 0 : value)) })).rejects.toThrow(/row 4 is 0/);
    await expect(meta({ sei: 'se' }, { yi, se: vi.map((value, i) => (i === 2 ? -1 : value)) })).rejects.toThrow(
      /row 3/,
    );
    await expect(meta({}, { yi, vi: vi.map((value, i) => (i === 0 ? 1e-30 : value)) })).rejects.toThrow(
      /counts for nothing/,
    );
    await expect(meta({ moderators: 'x' }, { yi: yi.slice(0, 2), vi: vi.slice(0, 2), x: [1, 2] })).rejects.toThrow(
      /2 effects for 2 coefficients/,
    );
    await expect(meta({ measure: 'ZCOR' }, { ri: [0.2, 1.2], ni: [20, 30] })).rejects.toThrow(
      /row 2 has a correlation/,
    );
    await expect(meta({ yi: 'effect' }, { yi, vi })).rejects.toThrow(/no column “effect”/);
    await expect(meta({ measure: 'RR' }, { yi, vi })).rejects.toThrow(/no column “ai”/);
    await expect(meta({ method: 'best' }, { yi, vi })).rejects.toThrow(/method/);
    await expect(meta({ moderators: '(1|x)' }, { yi, vi, x: yi })).rejects.toThrow(/random term/);
  });

  it('gives the one study itself', async () => {
    const found = await meta({ test: 'knha' }, { yi: [0.4], vi: [0.04] });
    expect([found.estimate, found.tau2, found.i2, found.q.df, found.df]).toEqual([0.4, 0, 0, 0, null]);
    expect(found.se).toBeCloseTo(0.2, 14);
    expect(found.leaveOneOut).toEqual([]);
    expect(found.warnings.join(' ')).toMatch(/only one study/);
  });

  it('warns below ten studies, of empty limits, of moderators that say the same', async () => {
    const few = await meta({}, { yi: yi.slice(0, 6), vi: vi.slice(0, 6) });
    expect(few.warnings.join(' ')).toMatch(/With 6 studies/);
    const alike = await meta({}, { yi: yi.map((value) => 0.3 + value / 1000), vi });
    expect([alike.tau2, alike.tau2Low, alike.tau2High]).toEqual([0, 0, 0]);
    expect(alike.warnings.join(' ')).toMatch(/less than chance/);
    const double = await meta({ moderators: ['a', 'b'] }, { yi, vi, a: vi, b: vi.map((value) => 2 * value + 1) });
    expect(double.terms[2]).toMatchObject({ term: 'b', estimate: null, se: null });
    expect(double.warnings.join(' ')).toMatch(/say the same: b/);
    const equal = await meta({}, { yi, vi: vi.map(() => 0.1) });
    expect([equal.egger, equal.trimFill]).toEqual([null, null]);
  });

  it('has no limits of tau2 where a fixed effect supposes none', async () => {
    const fixed = await meta({ method: 'FE' }, { yi, vi });
    expect([fixed.tau2, fixed.tau2Low, fixed.tau2High, fixed.predictionLow]).toEqual([0, null, null, null]);
    expect(fixed.warnings.join(' ')).toMatch(/supposes no heterogeneity/);
  });

  it('treats every effect as a study of its own where no study has two', async () => {
    const own = await meta({ study: 'id' }, { yi, vi, id: yi.map((_value, i) => i + 1) });
    expect([own.df, own.studies]).toEqual([null, yi.length]);
    const shared = await meta({ study: 'id' }, { yi, vi, id: yi.map((_value, i) => Math.floor(i / 2)) });
    expect(shared.estimate).toBe(own.estimate);
    expect(shared.modelBased.se).toBe(own.se);
    expect(shared.studies).toBe(6);
    expect(shared.df).toBeGreaterThan(1);
    const single = await meta({ study: 'id' }, { yi, vi, id: yi.map(() => 1) });
    expect([single.se, single.p]).toEqual([null, null]);
    expect(single.warnings.join(' ')).toMatch(/too few studies/);
  });

  it('pools proportions by inverse variance where the mixed model does not fit, and says so', async () => {
    const none = await meta({ measure: 'PLO' }, { xi: [0, 0, 0, 0], ni: [10, 12, 9, 20] });
    expect(none.model).toBe('inverse-variance');
    expect(none.warnings.join(' ')).toMatch(/no maximum/);
    const two = await meta({ measure: 'PLO' }, { xi: [3, 5], ni: [10, 12] });
    expect(two.model).toBe('inverse-variance');
    const mixed = await meta({ measure: 'PLO' }, { xi: [3, 5, 1, 9], ni: [10, 12, 9, 20] });
    expect(mixed.model).toBe('binomial mixed model');
    expect(mixed.natural.estimate).toBeCloseTo(18 / 51, 1);
  });
});
