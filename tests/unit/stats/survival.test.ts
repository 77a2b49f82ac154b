import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProcedureResult } from '#main/stats/procedures/run-procedure.ts';
import { kaplanMeier } from '#main/stats/survival/kaplan-meier.ts';
import { mergeNearTimes } from '#main/stats/survival/near-times.ts';
import { csvOf, runProcedure } from '#tests/statistics/run-procedure.ts';

type Columns = Readonly<Record<string, readonly (number | string | null)[]>>;

async function run(procedure: string, columns: Columns, spec: Readonly<Record<string, unknown>>) {
  return runProcedure({ procedure, data: csvOf(columns), spec });
}

const month = fc.integer({ min: 1, max: 12 });
/** People with a month, whether the event came, a team and a number. */
const people = fc.array(
  fc.record({
    t: month,
    d: fc.integer({ min: 0, max: 2 }),
    g: fc.constantFrom('a', 'b', 'c'),
    x: fc.integer({ min: -3, max: 3 }),
  }),
  {
    minLength: 12,
    maxLength: 40,
  },
);

function columnsOf(rows: readonly { t: number; d: number; g: string; x: number }[]) {
  return {
    t: rows.map((row) => row.t),
    d: rows.map((row) => (row.d === 0 ? 0 : 1)),
    cause: rows.map((row) => row.d),
    g: rows.map((row) => row.g),
    x: rows.map((row) => row.x),
  };
}

const runs = { numRuns: 40 };

describe('survival', () => {
  const small = { t: [1, 2, 2, 3, 5, 8], d: [1, 1, 0, 1, 0, 1], g: ['a', 'a', 'b', 'b', 'a', 'b'] };

  it('says that a median is not reached, and that no one had the event', async () => {
    const high = await run('survival', { t: [1, 2, 3, 4], d: [1, 0, 0, 0] }, { formula: 'Surv(t, d) ~ 1' });
    expect(high['strata']).toEqual([expect.objectContaining({ name: 'all', median: null, low: 1, high: null })]);
    expect(high.warnings.join(' ')).toContain('median is not reached');
    const none = await run('survival', { t: [1, 2, 3], d: [0, 0, 0] }, { formula: 'Surv(t, d) ~ 1' });
    expect(none.warnings.join(' ')).toContain('Nobody had the event');
  });

  it('has limits on the log scale, cut at 1', async () => {
    const result = await run('survival', small, { formula: 'Surv(t, d) ~ 1' });
    const [{ curve }] = result['strata'] as [{ curve: { survival: number; low: number; high: number }[] }];
    // S = 5/6, Greenwood variance of log S = 1/(6·5).
    const se = Math.sqrt(1 / 30);
    expect(curve[0]?.survival).toBeCloseTo(5 / 6, 14);
    expect(curve[0]?.low).toBeCloseTo((5 / 6) * Math.exp(-1.959963984540054 * se), 12);
    expect(curve[0]?.high).toBe(1);
  });

  it('takes the middle of the stretch where S is ½', async () => {
    const result = await run('survival', { t: [1, 2, 3, 4], d: [1, 1, 1, 1] }, { formula: 'Surv(t, d) ~ 1' });
    expect(result['strata']).toEqual([expect.objectContaining({ median: 2.5 })]);
  });

  it('reads a status of 1 and 2 as censored and event', async () => {
    const coded = { ...small, d: small.d.map((value) => value + 1) };
    const plain = await run('survival', small, { formula: 'Surv(t, d) ~ g' });
    const again = await run('survival', coded, { formula: 'Surv(t, d) ~ g' });
    expect(again['strata']).toEqual(plain['strata']);
    expect((await run('survival', coded, { formula: 'Surv(t, d == 2) ~ g' }))['strata']).toEqual(plain['strata']);
  });

  it('does not depend on the order of rows, nor the test on the order of groups or the unit of time', async () => {
    await fc.assert(
      fc.asyncProperty(people, async (rows) => {
        const formula = 'Surv(t, d) ~ g';
        const forward = await run('survival', columnsOf(rows), { formula });
        const backward = await run('survival', columnsOf([...rows].reverse()), { formula });
        expect(backward['strata']).toEqual(forward['strata']);
        const other = await run('survival', columnsOf(rows.map((row) => ({ ...row, t: row.t * 7 }))), {
          formula,
          factors: { g: ['c', 'b', 'a'] },
        });
        const statistic = (result: ProcedureResult): number | null =>
          (result['test'] as { statistic: number | null } | null)?.statistic ?? null;
        if (statistic(forward) === null) expect(statistic(other)).toBeNull();
        else expect(statistic(other)).toBeCloseTo(statistic(forward) as number, 8);
      }),
      runs,
    );
  });

  it('without censoring is the share that still waits', () => {
    fc.assert(
      fc.property(fc.array(month, { minLength: 1, maxLength: 50 }), (times) => {
        const curve = kaplanMeier(
          { time: Float64Array.from(times), entry: null },
          new Float64Array(times.length).fill(1),
        );
        curve.time.forEach((t, k) => {
          expect(curve.survival[k]).toBeCloseTo(times.filter((time) => time > t).length / times.length, 12);
        });
      }),
      runs,
    );
  });

  it('joins times that differ by rounding, and refuses a start joined to its stop', () => {
    const merged = mergeNearTimes({ time: Float64Array.from([0.1 + 0.2, 0.3, 1]), entry: null });
    expect(Array.from(merged.time)).toEqual([0.3, 0.3, 1]);
    expect(() => mergeNearTimes({ time: Float64Array.from([0.1 + 0.2]), entry: Float64Array.from([0.3]) })).toThrow(
      /no more than rounding/,
    );
  });

  it.each([
    ['Surv(t, d) ~ g:t', 'no meaning'],
    ['Surv(t, d) ~ offset(t)', 'no offset'],
    ['Surv(t, d) ~ cluster(g)', 'no cluster'],
    ['t ~ g', 'Surv'],
    ['Surv(t, t) ~ g', 'more than two codes'],
    ['Surv(t, t, d) ~ g', 'not after the start'],
  ])('refuses %s', async (formula, words) => {
    await expect(run('survival', small, { formula })).rejects.toThrow(words);
  });
});

describe('competing-risks', () => {
  it('incidences of all causes and the survival from all of them add up to 1', async () => {
    await fc.assert(
      fc.asyncProperty(people, async (rows) => {
        const columns = columnsOf(rows);
        if (!columns.cause.some((code) => code > 0)) return;
        const times = [6];
        const risks = await run('competing-risks', columns, { formula: 'Surv(t, cause) ~ 1', times });
        const all = await run('survival', columns, { formula: 'Surv(t, d) ~ 1', times });
        const [{ atTimes }] = all['strata'] as [{ atTimes: { survival: number | null }[] }];
        const curves = risks['curves'] as { points: { incidence: number | null }[] }[];
        if (curves[0]?.points[0]?.incidence === null) return;
        const total = curves.reduce((sum, { points }) => sum + (points[0]?.incidence as number), 0);
        expect(total + (atTimes[0]?.survival as number)).toBeCloseTo(1, 12);
      }),
      runs,
    );
  });

  const data = {
    t: [1, 2, 3, 4, 5, 6],
    e: [1, 2, 0, 1, 2, 1],
    g: ['a', 'b', 'a', 'b', 'a', 'b'],
    x: [3, 1, 4, 1, 5, 9.5],
  };

  it('gives curves and Gray’s test for groups, and a regression where covariates are numbers', async () => {
    const groups = await run('competing-risks', data, { formula: 'Surv(t, e) ~ g' });
    expect(groups['terms']).toBeUndefined();
    expect(
      (groups['curves'] as { group: string; cause: number }[]).map(({ group, cause }) => `${group}${cause}`),
    ).toEqual(['a1', 'b1', 'a2', 'b2']);
    const numeric = await run('competing-risks', data, { formula: 'Surv(t, e) ~ x', cause: 1 });
    expect(numeric['terms']).toHaveLength(1);
    expect(numeric['test']).toBeNull();
    const both = await run('competing-risks', data, { formula: 'Surv(t, e) ~ g + x' });
    expect((both['terms'] as unknown[]).length).toBe(2);
    expect(both['test']).not.toBeNull();
  });

  it.each([
    [{ formula: 'Surv(t, e) ~ g', cause: 3 }, 'cause 3'],
    [{ formula: 'Surv(t, e) ~ 1', regression: true }, 'needs a covariate'],
    [{ formula: 'Surv(t, e) ~ x + strata(g)' }, 'has no strata'],
    [{ formula: 'Surv(t, g) ~ 1' }, 'must be numeric'],
    [{ formula: 'Surv(t / 10, t, e) ~ x' }, 'no late entry'],
  ])('refuses %j', async (spec, words) => {
    await expect(run('competing-risks', data, spec)).rejects.toThrow(words);
  });

  it('does not show incidence beyond the last one observed', async () => {
    const result = await run('competing-risks', data, { formula: 'Surv(t, e) ~ 1', times: [100] });
    expect(result['curves']).toEqual([
      expect.objectContaining({ points: [expect.objectContaining({ incidence: null, se: null })] }),
      expect.objectContaining({ points: [expect.objectContaining({ incidence: null, se: null })] }),
    ]);
    expect(result.warnings.join(' ')).toContain('observed as long as 100');
  });
});

type Terms = { term: string; estimate: number | null; se: number | null; p: number | null }[];

describe('cox', () => {
  const data = {
    t: [5, 8, 3, 9, 12, 7, 4, 11, 6, 10],
    d: [1, 0, 1, 1, 0, 1, 1, 1, 0, 1],
    x: [2, 1, 0.3, 0, 1.2, 2.1, 2.5, 1.7, 1.5, 0.4],
    g: ['a', 'b', 'b', 'a', 'b', 'a', 'b', 'b', 'a', 'a'],
  };

  it('warns of a coefficient without a finite maximum', async () => {
    const apart = { t: [1, 2, 3, 4, 5, 6, 7, 8], d: [1, 1, 1, 1, 0, 0, 0, 0], x: [1, 1, 1, 1, 0, 0, 0, 0] };
    const result = await run('cox', apart, { formula: 'Surv(t, d) ~ x' });
    expect(result.warnings.join(' ')).toContain('rises without end in x');
    const clustered = await run('cox', apart, { formula: 'Surv(t, d) ~ x', robust: true });
    expect((clustered['terms'] as Terms)[0]).toMatchObject({ se: null, p: null });
  });

  it('leaves out columns that add nothing, and says so', async () => {
    const result = await run('cox', data, { formula: 'Surv(t, d) ~ x + I(2 * x)' });
    expect((result['terms'] as Terms)[1]).toMatchObject({ estimate: null, se: null });
    expect(result.warnings.join(' ')).toContain('cannot be estimated');
  });

  it.each([
    [{ formula: 'Surv(t, d) ~ x + cluster(g)', cluster: 'g' }, 'named twice'],
    [{ formula: 'Surv(t, d) ~ (1 | g)' }, 'no random terms'],
    [{ formula: 'Surv(t, d) ~ x', newData: [{ x: 1 }] }, 'needs “times”'],
    [{ formula: 'Surv(t, d) ~ x + g', newData: [{ x: 1, g: 'z' }], times: [3] }, 'no “g” that the data know'],
    [{ formula: 'Surv(t, d) ~ x', newData: [{ g: 'a' }], times: [3] }, 'has no number “x”'],
    [{ formula: 'Surv(t, I(t > 99)) ~ x' }, 'Nobody had the event'],
    [{ formula: 'Surv(t, d) ~ x', ties: 'exact', residuals: true }, 'Exact ties'],
  ])('refuses %j', async (spec, words) => {
    await expect(run('cox', data, spec)).rejects.toThrow(words);
  });

  it('gives inverse ratios for the other reference, and rescales with the covariate', async () => {
    await fc.assert(
      fc.asyncProperty(people, async (rows) => {
        const columns = { ...columnsOf(rows), g: rows.map((row) => (row.g === 'a' ? 'a' : 'b')) };
        if (new Set(columns.g).size < 2 || !columns.d.includes(1) || new Set(columns.x).size < 2) return;
        const formula = 'Surv(t, d) ~ g + x';
        const one = await run('cox', columns, { formula });
        if (one.warnings.some((warning) => /without end|cannot be/.test(warning))) return;
        const scaled = { ...columns, x: columns.x.map((value) => 1000 * value + 5), t: columns.t.map((t) => 3 * t) };
        const two = await run('cox', scaled, { formula, factors: { g: ['b', 'a'] } });
        const [g1, x1] = one['terms'] as Terms;
        const [g2, x2] = two['terms'] as Terms;
        expect(g2?.estimate).toBeCloseTo(-(g1?.estimate as number), 7);
        expect((x2?.estimate as number) * 1000).toBeCloseTo(x1?.estimate as number, 7);
        expect(two['fit']).toMatchObject({ logLik: expect.closeTo((one['fit'] as { logLik: number }).logLik, 8) });
      }),
      runs,
    );
  });

  it('without ties gives the same by every treatment of ties', async () => {
    const formula = 'Surv(t, d) ~ x + g';
    const termsBy = async (ties: string): Promise<Terms> =>
      (await run('cox', data, { formula, ties }))['terms'] as Terms;
    const [breslow, exact] = [await termsBy('breslow'), await termsBy('exact')];
    for (const [j, term] of (await termsBy('efron')).entries()) {
      expect(breslow[j]?.estimate).toBeCloseTo(term.estimate as number, 10);
      expect(exact[j]?.se).toBeCloseTo(term.se as number, 10);
    }
  });

  it('splitting people’s time at random changes nothing', async () => {
    const halves = data.t.map((t, i) => t * (0.2 + 0.06 * i));
    const split = {
      from: [...data.t.map(() => 0), ...halves],
      to: [...halves, ...data.t],
      d: [...data.t.map(() => 0), ...data.d],
      x: [...data.x, ...data.x],
      g: [...data.g, ...data.g],
    };
    const whole = await run('cox', data, { formula: 'Surv(t, d) ~ x + g' });
    const parts = await run('cox', split, { formula: 'Surv(from, to, d) ~ x + g' });
    for (const [j, term] of (whole['terms'] as Terms).entries()) {
      expect((parts['terms'] as Terms)[j]?.estimate).toBeCloseTo(term.estimate as number, 9);
      expect((parts['terms'] as Terms)[j]?.se).toBeCloseTo(term.se as number, 9);
    }
  });
});
