import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fisherTest } from '#main/stats/contingency/conditional-odds-ratio.ts';
import { fisherRowByColumn } from '#main/stats/contingency/fisher-row-by-column.ts';
import { cohensKappa } from '#main/stats/contingency/kappa.ts';
import { mcnemarTest } from '#main/stats/contingency/mcnemar-test.ts';
import { matrixFromRows } from '#main/stats/linear-algebra/matrix.ts';
import { csvOf, runProcedure } from '../../statistics/run-procedure.ts';

type Found = Record<string, never> & { readonly warnings: readonly string[]; readonly n: number };
const run = async (spec: Record<string, unknown>, data: Parameters<typeof csvOf>[0]): Promise<Found> =>
  (await runProcedure({ procedure: 'contingency', spec, data: csvOf(data) })) as unknown as Found;

const logFactorial = (k: number): number =>
  Array.from({ length: k }, (_none, i) => Math.log(i + 1)).reduce((sum, value) => sum + value, 0);

/** Log of ∏1/x! of every table with these margins. */
function everyTable(rows: readonly number[], columns: readonly number[]): number[] {
  const [first, ...rest] = columns;
  if (first === undefined) return [0];
  if (rest.length === 0) return [-rows.reduce((sum, x) => sum + logFactorial(x), 0)];
  const found: number[] = [];
  const fill = (place: number, left: number, taken: readonly number[]): void => {
    if (place === rows.length) {
      if (left > 0) return;
      const value = -taken.reduce((sum, x) => sum + logFactorial(x), 0);
      const remaining = rows.map((total, i) => total - (taken[i] ?? 0));
      for (const other of everyTable(remaining, rest)) found.push(value + other);
      return;
    }
    for (let x = 0; x <= Math.min(left, rows[place] ?? 0); x += 1) fill(place + 1, left - x, [...taken, x]);
  };
  fill(0, first, []);
  return found;
}

function directFisher(values: readonly (readonly number[])[]): number {
  const rows = values.map((row) => row.reduce((a, b) => a + b, 0));
  const columns = (values[0] ?? []).map((_x, j) => values.reduce((sum, row) => sum + (row[j] ?? 0), 0));
  const observed = -values.flat().reduce((sum, x) => sum + logFactorial(x), 0);
  const all = everyTable(rows, columns);
  const total = all.reduce((sum, value) => sum + Math.exp(value), 0);
  return all.filter((value) => value <= observed + 1e-7).reduce((sum, value) => sum + Math.exp(value), 0) / total;
}

const smallTable = (rows: number, columns: number) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: columns, maxLength: columns }), {
    minLength: rows,
    maxLength: rows,
  });
const full = (values: readonly (readonly number[])[]): boolean =>
  values.every((row) => row.some((x) => x > 0)) &&
  (values[0] ?? []).every((_x, j) => values.some((row) => (row[j] ?? 0) > 0));

describe('Fisher’s exact test', () => {
  it.each([
    [2, 2],
    [2, 3],
    [3, 3],
    [2, 5],
    [4, 2],
  ])('of %d × %d tables is the sum over all tables', (rows, columns) => {
    fc.assert(
      fc.property(smallTable(rows, columns).filter(full), (values) => {
        expect(fisherRowByColumn(matrixFromRows(values))).toBeCloseTo(directFisher(values), 9);
      }),
      { numRuns: 40 },
    );
  });

  it('of 2 × 2 tables agrees with the network, and its limits with its tails', () => {
    fc.assert(
      fc.property(smallTable(2, 2).filter(full), (values) => {
        const [[a = 0, b = 0] = [], [c = 0, d = 0] = []] = values;
        const found = fisherTest({ a, b, c, d }, 0.9);
        expect(found.p).toBeCloseTo(fisherRowByColumn(matrixFromRows(values)) ?? Number.NaN, 9);
        const turned = fisherTest({ a: b, b: a, c: d, d: c }, 0.9);
        if (found.estimate) expect(turned.estimate).toBeCloseTo(1 / found.estimate, 8);
        if (found.high) expect(turned.low).toBeCloseTo(1 / found.high, 8);
        if (Math.abs(found.greater - 0.05) > 1e-9) expect(found.greater < 0.05).toBe(found.low > 1);
      }),
    );
  });

  it('gives up on large tables instead of counting on', () => {
    const large = Array.from({ length: 6 }, (_row, i) => Array.from({ length: 6 }, (_column, j) => 40 + 3 * i + 5 * j));
    expect(fisherRowByColumn(matrixFromRows(large))).toBeNull();
  });

  it('keeps a tail of one in 10²⁰⁰', () => {
    const { p, less, greater } = fisherTest({ a: 500, b: 0, c: 0, d: 500 }, 0.95);
    // One table of C(1000, 500), and its mirror.
    const log = 2 * logFactorial(500) - logFactorial(1_000);
    expect(Math.log(greater)).toBeCloseTo(log, 8);
    expect(Math.log(p)).toBeCloseTo(log + Math.LN2, 8);
    expect(less).toBe(1);
  });
});

describe('agreement', () => {
  it('is 1 where raters always agree, 0 where they do by chance', () => {
    expect(
      cohensKappa(
        matrixFromRows([
          [5, 0],
          [0, 7],
        ]),
        'none',
        0.95,
      )?.estimate,
    ).toBe(1);
    expect(
      cohensKappa(
        matrixFromRows([
          [4, 6],
          [8, 12],
        ]),
        'none',
        0.95,
      )?.estimate,
    ).toBeCloseTo(0, 12);
    expect(
      cohensKappa(
        matrixFromRows([
          [9, 0],
          [0, 0],
        ]),
        'none',
        0.95,
      ),
    ).toBeNull();
  });

  it('weighted by two levels is the plain one', () => {
    const counts = matrixFromRows([
      [11, 4],
      [3, 9],
    ]);
    const plain = cohensKappa(counts, 'none', 0.95);
    expect(cohensKappa(counts, 'linear', 0.95)?.se).toBeCloseTo(plain?.se ?? 0, 12);
    expect(cohensKappa(counts, 'quadratic', 0.95)?.estimate).toBeCloseTo(plain?.estimate ?? 0, 12);
  });

  it('McNemar asks of the pairs that differ only', () => {
    const one = mcnemarTest(
      matrixFromRows([
        [1, 9],
        [4, 2],
      ]),
      0.95,
    );
    const other = mcnemarTest(
      matrixFromRows([
        [500, 9],
        [4, 70],
      ]),
      0.95,
    );
    expect(other).toEqual(one);
    expect(
      mcnemarTest(
        matrixFromRows([
          [3, 0],
          [0, 4],
        ]),
        0.95,
      ),
    ).toBeNull();
    expect(
      mcnemarTest(
        matrixFromRows([
          [3, 5],
          [5, 4],
        ]),
        0.95,
      ),
    ).toMatchObject({ statistic: 0, exact: { p: 1 } });
  });
});

const row = ['a', 'a', 'b', 'b'];
const column = ['x', 'y', 'x', 'y'];

describe('contingency', () => {
  it('counts rows as it counts weights', async () => {
    const n = [4, 2, 1, 5];
    const repeat = <Value>(values: readonly Value[]): Value[] =>
      values.flatMap((value, i) => new Array<Value>(n[i]!).fill(value));
    const { r: _script, ...counted } = await run({ row: 'row', column: 'column', weight: 'n' }, { row, column, n });
    const { r: _other, ...listed } = await run(
      { row: 'row', column: 'column' },
      { row: repeat(row), column: repeat(column) },
    );
    expect(counted).toEqual(listed);
  });

  it('is null where it is not defined', async () => {
    const found = await run(
      { row: 'row', column: 'column' },
      { row: ['a', 'b', 'c', 'a'], column: ['x', 'y', 'z', 'y'] },
    );
    for (const key of [
      'mcnemar',
      'kappa',
      'oddsRatio',
      'riskRatio',
      'riskDifference',
      'cochranArmitage',
      'mantelHaenszel',
    ]) {
      expect(found).toHaveProperty(key, null);
    }
    expect(found).toHaveProperty('chiSquaredCorrected', null);
  });

  it('turns the odds ratio with the event', async () => {
    const data = { row, column, n: [4, 2, 1, 5] };
    const first = await run({ row: 'row', column: 'column', weight: 'n' }, data);
    const other = await run({ row: 'row', column: 'column', weight: 'n', event: 'y' }, data);
    const odds = (found: Found) => (found['oddsRatio'] as unknown as { estimate: number }).estimate;
    const z = (found: Found) => (found['cochranArmitage'] as unknown as { z: number }).z;
    expect(odds(other)).toBeCloseTo(1 / odds(first), 12);
    expect(z(other)).toBeCloseTo(-z(first), 12);
  });

  it('says what an empty cell takes away', async () => {
    const found = await run({ row: 'row', column: 'column', weight: 'n' }, { row, column, n: [3, 0, 2, 5] });
    expect(found['oddsRatio']).toEqual({ estimate: null, se: null, low: null, high: null });
    expect((found['fisher'] as unknown as { high: number | null }).high).toBeNull();
    expect(found.warnings.join(' ')).toMatch(/no upper limit.*A cell is empty/);
  });

  it('warns of strata that cannot tell', async () => {
    const strata = ['s', 's', 't', 't'];
    const found = await run({ row: 'row', column: 'column', strata: 'strata' }, { row, column, strata });
    expect(found['mantelHaenszel']).toBeNull();
    expect(found.warnings.join()).toMatch(/In every stratum a row or a column is empty/);
  });

  it.each([
    ['one column', { row: 'row', column: 'one' }, 'REFUSED_MODEL', /only one value/],
    ['a negative count', { row: 'row', column: 'column', weight: 'negative' }, 'BAD_COLUMN', /-1 in row 2/],
    ['counts of 0', { row: 'row', column: 'column', weight: 'zero' }, 'REFUSED_MODEL', /too few/],
    ['text as counts', { row: 'row', column: 'column', weight: 'row' }, 'BAD_COLUMN', /must be numeric/],
    ['an unknown event', { row: 'row', column: 'column', event: 'q' }, 'BAD_SPEC', /no value of/],
    ['too few scores', { row: 'row', column: 'column', scores: [1, 2, 3] }, 'BAD_SPEC', /3 scores for 2 groups/],
    ['no column', { row: 'row', column: 'nowhere' }, 'BAD_COLUMN', /no column/],
  ])('refuses %s', async (_name, spec, code, message) => {
    const data = { row, column, one: ['x', 'x', 'x', 'x'], negative: [1, -1, 2, 2], zero: [0, 0, 0, 0] };
    await expect(run(spec, data)).rejects.toMatchObject({ error: { code }, message: expect.stringMatching(message) });
  });
});
