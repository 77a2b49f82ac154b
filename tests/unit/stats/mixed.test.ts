import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cholesky, inverseFromCholesky, logDeterminant, solveCholesky } from '#main/stats/linear-algebra/cholesky.ts';
import { multiply, transpose } from '#main/stats/linear-algebra/matrix.ts';
import { minimise } from '#main/stats/mixed/minimise.ts';
import {
  selectedInverse,
  sparseBackward,
  sparseFactor,
  sparseForward,
  sparseLogDeterminant,
  sparseShape,
} from '#main/stats/mixed/sparse-cholesky.ts';
import { covarianceDerivatives, filled, visitCovariance } from '#main/stats/mixed/visit-covariance.ts';
import { randomStream } from '#shared/domain/random.ts';
import { grouped, visited } from '../../statistics/cases/mixed.ts';
import { differences } from '../../statistics/compare.ts';
import { normalDraws } from '../../statistics/draws.ts';
import { csvOf, runProcedure } from '../../statistics/run-procedure.ts';

type Columns = Parameters<typeof csvOf>[0];
type Term = { readonly estimate: number; readonly se: number; readonly df: number; readonly low: number };
type Result = {
  readonly n: number;
  readonly excluded: number;
  readonly warnings: readonly string[];
  readonly terms: readonly Term[];
  readonly fit: {
    readonly deviance: number;
    readonly logLik: number;
    readonly singular: boolean;
    readonly parameters: number;
  };
  readonly variance: readonly { readonly variance: number; readonly sd: number; readonly correlation: number | null }[];
  readonly residual: { readonly variance: number };
  readonly covariance: { readonly rows: readonly (readonly number[])[] };
  readonly icc: number | null;
};

async function run(procedure: string, columns: Columns, spec: Record<string, unknown>): Promise<Result> {
  return (await runProcedure({ procedure, data: csvOf(columns), spec })) as unknown as Result;
}

const stream = randomStream(21, 'mixed-unit');
const slopes = grouped(stream, 20, 7);
const visits = visited(stream, 30, 4, 0.15);
const visitSpec = { formula: 'y ~ arm * visit', id: 'person', time: 'visit' };

/** Rows in another order. */
function reordered(columns: Columns, order: readonly number[]): Columns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, order.map((row) => values[row] ?? null)]),
  );
}

function column(columns: Columns, name: string): number[] {
  return columns[name] as number[];
}

const loose = { default: 1e-6 } as const;

describe('the sparse factor', () => {
  it('agrees with the dense one on random patterns, and the selected inverse with the inverse', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer(),
        (n, share, seed) => {
          const draws = randomStream(Math.abs(seed), 'sparse');
          const dense = filled(n, () => 0);
          const starts = [0];
          const rows: number[] = [];
          const values: number[] = [];
          for (let k = 0; k < n; k += 1) {
            for (let i = 0; i <= k; i += 1) {
              if (i < k && draws.nextUniform() > share) continue;
              const value = i === k ? n + 1 : draws.nextUniform();
              rows.push(i);
              values.push(value);
              dense.data[k * n + i] = value;
              dense.data[i * n + k] = value;
            }
            starts.push(rows.length);
          }
          const shape = sparseShape(n, Int32Array.from(starts), Int32Array.from(rows), 1_000)!;
          const lower = new Float64Array(shape.rows.length);
          expect(sparseFactor(shape, Float64Array.from(values), lower, new Float64Array(n))).toBe(true);
          const factor = cholesky(dense)!;
          expect(sparseLogDeterminant(shape, lower)).toBeCloseTo(logDeterminant(factor), 10);
          const b = Float64Array.from(normalDraws(draws, n));
          const x = b.slice();
          sparseForward(shape, lower, x);
          sparseBackward(shape, lower, x);
          expect(differences(Array.from(x), Array.from(solveCholesky(factor, b)), { default: 1e-9 })).toEqual([]);
          const inverse = inverseFromCholesky(factor);
          const selected = selectedInverse(shape, lower);
          for (let j = 0; j < n; j += 1) {
            for (let at = shape.starts[j]!; at < shape.starts[j + 1]!; at += 1) {
              expect(selected[at]).toBeCloseTo(inverse.data[j * n + shape.rows[at]!]!, 10);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('says where it would be too large, and where the matrix is indefinite', () => {
    const [starts, rows] = [Int32Array.of(0, 1, 3), Int32Array.of(0, 0, 1)];
    expect(sparseShape(2, starts, rows, 2)).toBeNull();
    const shape = sparseShape(2, starts, rows, 3)!;
    expect(sparseFactor(shape, Float64Array.of(1, 2, 1), new Float64Array(3), new Float64Array(2))).toBe(false);
  });
});

describe('the search', () => {
  it('leaves a saddle for a minimum', () => {
    const minimum = minimise(
      ([x = 0, y = 0]) => {
        const value = (x * x - 1) ** 2 + y * y;
        return { value, gradient: Float64Array.of(4 * x * (x * x - 1), 2 * y) };
      },
      Float64Array.of(0, 2),
    )!;
    expect(Math.abs(minimum.at[0]!)).toBeCloseTo(1, 8);
    expect(minimum.converged).toBe(true);
  });

  it('says that a function without a minimum has none', () => {
    const found = minimise(
      ([x = 0]) => ({ value: Math.exp(-x), gradient: Float64Array.of(-Math.exp(-x)) }),
      Float64Array.of(0),
    )!;
    expect(found.converged && found.at[0]! < 5).toBe(false);
  });
});

describe('covariances of visits', () => {
  const start = filled(4, (i, j) => (i === j ? 2 + i / 3 : 0.5));
  for (const name of ['unstructured', 'cs', 'ar1'] as const) {
    const structure = visitCovariance(name, start, cholesky(start)!);
    const at = structure.start.map((value, k) => value + 0.1 * (k % 3));

    it(`${name}: derivatives are what differences say`, () => {
      const weights = filled(4, (i, j) => Math.sin(1 + i * j + i + j));
      const value = (x: Float64Array): number =>
        structure.matrix(x).data.reduce((total, v, k) => total + v * weights.data[k]!, 0);
      const slope = structure.chain(at, weights);
      at.forEach((_value, k) => {
        const moved = (length: number): Float64Array => at.map((v, i) => (i === k ? v + length : v));
        expect(slope[k]).toBeCloseTo((value(moved(1e-5)) - value(moved(-1e-5))) / 2e-5, 6);
      });
    });

    it(`${name}: is linear in Kenward and Roger’s parameters, or has second derivatives`, () => {
      const matrix = structure.matrix(at);
      const { first, second } = covarianceDerivatives(name, matrix);
      expect(first.length).toBe(name === 'unstructured' ? 10 : 2);
      expect(second === null).toBe(name !== 'ar1');
      if (name !== 'ar1') return;
      const [size, rho] = [matrix.data[0]!, matrix.data[1]! / matrix.data[0]!];
      const ar1 = (s: number, r: number) => filled(4, (i, j) => s * r ** Math.abs(i - j));
      const h = 1e-4;
      const curve = ar1(size, rho + h).data.map(
        (v, k) => (v + ar1(size, rho - h).data[k]! - 2 * matrix.data[k]!) / h ** 2,
      );
      second?.[1]?.[1]?.data.forEach((v, k) => {
        expect(v).toBeCloseTo(curve[k]!, 4);
      });
    });
  }

  it('cs and unstructured stay symmetric and positive definite', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 10, maxLength: 10 }), (x) => {
        const matrix = visitCovariance('unstructured', start, cholesky(start)!).matrix(x);
        expect(cholesky(matrix)).not.toBeNull();
        expect(cholesky(visitCovariance('cs', start, start).matrix(x))).not.toBeNull();
        const t = transpose(matrix);
        expect(multiply(matrix, matrix).data[1]).toBeCloseTo(multiply(t, t).data[1]!, 6);
      }),
      { numRuns: 30 },
    );
  });
});

describe('lmm', () => {
  it('does not depend on the order of rows or the names of groups', async () => {
    const spec = { formula: 'y ~ x + arm + (x|id)', df: 'kenward-roger' };
    const ours = await run('lmm', slopes, spec);
    const order = column(slopes, 'y')
      .map((_y, row) => row)
      .sort((a, b) => Math.sin(a) - Math.sin(b));
    const moved = reordered(slopes, order);
    const renamed = { ...moved, id: moved.id!.map((name) => `z${String(name).split('').reverse().join('')}`) };
    const { terms, variance, fit } = await run('lmm', renamed, spec);
    expect(
      differences({ terms: ours.terms, variance: ours.variance, fit: ours.fit }, { terms, variance, fit }, loose),
    ).toEqual([]);
  });

  it('follows another unit and origin of the response and of a covariate', async () => {
    const spec = { formula: 'y ~ x + (x|id)' };
    const ours = await run('lmm', slopes, spec);
    const shifted = await run(
      'lmm',
      { ...slopes, x: column(slopes, 'x').map((x) => 2_000 + x), y: column(slopes, 'y').map((y) => 1e6 * y) },
      spec,
    );
    expect(shifted.terms[1]!.estimate).toBeCloseTo(1e6 * ours.terms[1]!.estimate, 1);
    expect(shifted.terms[1]!.df).toBeCloseTo(ours.terms[1]!.df, 5);
    expect(shifted.variance[1]!.sd / ours.variance[1]!.sd / 1e6).toBeCloseTo(1, 6);
  });

  it('takes (x||id) as (1|id) + (0 + x|id)', async () => {
    const a = await run('lmm', slopes, { formula: 'y ~ x + (x||id)' });
    const b = await run('lmm', slopes, { formula: 'y ~ x + (1|id) + (0 + x|id)' });
    expect(a.terms).toEqual(b.terms);
    expect(a.variance).toEqual(b.variance);
  });

  it('a richer random part never has the lower likelihood, and ML never that of REML estimates', async () => {
    const draws = randomStream(5, 'nested');
    for (let again = 0; again < 6; again += 1) {
      const data = grouped(draws, 9, 6, again / 10);
      const deviances: number[] = [];
      for (const random of ['(1|id)', '(x||id)', '(x|id)']) {
        deviances.push((await run('lmm', data, { formula: `y ~ x + ${random}`, method: 'ML' })).fit.deviance);
      }
      expect(deviances[1]!).toBeLessThanOrEqual(deviances[0]! + 1e-8);
      expect(deviances[2]!).toBeLessThanOrEqual(deviances[1]! + 1e-8);
    }
  });

  it('finds a variance of exactly zero, warns, and then agrees with a linear model', async () => {
    // Groups that differ less than their members do.
    const y = Array.from({ length: 24 }, (_none, row) => (row % 4) * 2 + (row % 3) / 10);
    const data = { y, id: y.map((_value, row) => `g${Math.floor(row / 4)}`), x: y.map((_value, row) => row % 2) };
    const ours = await run('lmm', data, { formula: 'y ~ x + (1|id)' });
    expect([ours.variance[0]?.variance, ours.icc, ours.fit.singular]).toEqual([0, 0, true]);
    expect(ours.warnings.join(' ')).toContain('singular');
    expect(ours.terms[1]!.df).toBeCloseTo(22, 6);
  });

  it('leaves out and counts rows that miss a value, also of the group', async () => {
    const gaps = { ...slopes, id: slopes.id!.map((id, row) => (row % 10 === 0 ? null : id)) };
    const ours = await run('lmm', gaps, { formula: 'y ~ x + (1|id)' });
    expect(ours.excluded).toBe(Math.ceil(slopes.id!.length / 10));
    expect(ours.n + ours.excluded).toBe(slopes.id!.length);
  });

  it('gives a collinear term no estimate and says so', async () => {
    const ours = await run('lmm', slopes, { formula: 'y ~ x + I(3 * x) + (1|id)' });
    expect(ours.terms[2]).toMatchObject({ estimate: null, se: null, df: null });
    expect(ours.warnings).toEqual(['“I(3 * x)” adds nothing to the terms before it, so it has no estimate.']);
  });

  const one = {
    y: [1, 2, 3, 5, 4, 7],
    id: ['a', 'a', 'a', 'a', 'a', 'a'],
    row: ['a', 'b', 'c', 'd', 'e', 'f'],
    pair: ['p', 'p', 'q', 'q', 'r', 'r'],
    x: [1, 2, 3, 1, 2, 3],
  };
  it.each([
    ['y ~ x', {}, 'no random term'],
    ['y ~ x + (1|id)', {}, 'has only one group, “a”'],
    ['y ~ x + (1|row)', {}, 'as many groups (6) as there are rows'],
    ['y ~ x + (x|pair)', {}, 'has 6 random effects for 6 rows'],
    ['y ~ x + (1|pair)', { df: 'kenward-roger', method: 'ML' }, 'defined for REML fits only'],
    ['x ~ pair + I(x) + (1|pair)', {}, 'completely'],
    ['y ~ strata(x) + (1|pair)', {}, 'have no meaning here'],
    ['I(x * 1e-200) ~ 1 + (1|pair)', {}, 'cannot be computed with'],
  ])('refuses %s', async (formula, more, message) => {
    await expect(run('lmm', one, { formula, ...more })).rejects.toThrow(message);
  });

  it('refuses Kenward and Roger’s method where too many random effects are connected', async () => {
    const rows = Array.from({ length: 4_100 }, (_none, row) => row);
    const data = {
      y: rows.map((row) => Math.sin(row * row)),
      a: rows.map((row) => `a${row % 1_999}`),
      b: rows.map((row) => `b${row % 3}`),
    };
    await expect(run('lmm', data, { formula: 'y ~ 1 + (1|a) + (1|b)', df: 'kenward-roger' })).rejects.toThrow(
      'up to 2,000',
    );
  });
});

describe('mmrm', () => {
  it('does not depend on the order of rows', async () => {
    const ours = await run('mmrm', visits, visitSpec);
    const order = column(visits, 'y')
      .map((_y, row) => row)
      .reverse();
    const { terms, fit, covariance } = await run('mmrm', reordered(visits, order), visitSpec);
    expect(differences({ ...ours }, { terms, fit, covariance }, loose)).toEqual([]);
  });

  it('with compound symmetry is the random intercept’s model, by either method of degrees of freedom', async () => {
    for (const df of ['satterthwaite', 'kenward-roger']) {
      const repeated = await run('mmrm', visits, { ...visitSpec, covariance: 'cs', df });
      const intercept = await run('lmm', visits, { formula: 'y ~ arm * visit + (1|person)', df });
      expect(differences({ terms: repeated.terms }, { terms: intercept.terms }, loose)).toEqual([]);
      expect(repeated.fit.logLik).toBeCloseTo(intercept.fit.logLik, 8);
      expect(repeated.covariance.rows[0]?.[1]).toBeCloseTo(intercept.variance[0]!.variance, 6);
    }
  });

  it('with complete visits and arms has the means, their variances and n − 2 degrees of freedom in closed form', async () => {
    const whole = visited(randomStream(8, 'whole'), 24, 3, 0);
    const ours = await run('mmrm', whole, { formula: 'y ~ 0 + visit:arm', id: 'person', time: 'visit' });
    const first = column(whole, 'y').filter((_y, row) => whole.visit![row] === 'v1' && whole.arm![row] === 'offer');
    expect(ours.terms[0]!.estimate).toBeCloseTo(first.reduce((a, b) => a + b) / first.length, 10);
    expect(ours.terms[0]!.df).toBeCloseTo(22, 5);
  });

  it('the unstructured covariance is at least as likely as the others', async () => {
    const deviances = await Promise.all(
      ['unstructured', 'cs', 'ar1'].map(
        async (covariance) => (await run('mmrm', visits, { ...visitSpec, covariance })).fit.deviance,
      ),
    );
    expect(deviances[0]!).toBeLessThan(Math.min(deviances[1]!, deviances[2]!));
  });

  const few = {
    y: [1, 2, 4, 3, 5, 9, 2, 2],
    id: ['a', 'a', 'b', 'b', 'c', 'c', 'd', 'd'],
    t: ['1', '2', '1', '2', '1', '2', '1', '2'],
    once: ['1', '1', '1', '1', '1', '1', '1', '1'],
    apart: ['1', '2', '1', '3', '1', '2', '1', '3'],
  };
  it.each([
    [{ time: 'once' }, 'has only one visit'],
    [{ id: 'once' }, 'has only one subject'],
    [{ time: 'apart' }, 'No subject has a value at both visits “2” and “3”'],
    [{ formula: 'y ~ 1 + (1|id)' }, 'mmrm has no random terms'],
    [{ formula: 'y ~ t * id' }, 'completely'],
    [{ df: 'kenward-roger', method: 'ML' }, 'defined for REML fits only'],
    [{ covariance: 'toeplitz' }, 'covariance'],
  ])('refuses %j', async (more, message) => {
    await expect(run('mmrm', few, { formula: 'y ~ 1', id: 'id', time: 't', ...more })).rejects.toThrow(message);
  });

  it('refuses more visits than the subjects can tell apart', async () => {
    const y = [1, 3, 2, 5, 2, 2, 4, 9, 3, 1, 5, 2];
    const three = { y, id: y.map((_y, row) => Math.floor(row / 4)), t: y.map((_y, row) => row % 4) };
    await expect(run('mmrm', three, { formula: 'y ~ 1', id: 'id', time: 't' })).rejects.toThrow(
      '3 subjects do not determine it',
    );
    expect((await run('mmrm', three, { formula: 'y ~ 1', id: 'id', time: 't', covariance: 'ar1' })).n).toBe(12);
  });

  it('warns where subjects’ own effects leave the covariance undetermined', async () => {
    const ours = await run('mmrm', few, { formula: 'y ~ t + id', id: 'id', time: 't' });
    expect(ours.warnings.join(' ')).toContain('say nothing about some direction');
  });

  it('names two rows of one subject at one visit', async () => {
    const twice = { ...few, t: ['1', '2', '1', '1', '1', '2', '1', '2'] };
    await expect(run('mmrm', twice, { formula: 'y ~ 1', id: 'id', time: 't' })).rejects.toThrow(
      '“b” has two values at visit “1”: rows 3 and 4',
    );
  });
});
