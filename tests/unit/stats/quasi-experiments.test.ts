import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrixOf } from '#main/stats/linear-algebra/matrix.ts';
import { didRegression, jointTest } from '#main/stats/quasi-experiments/did/did-regression.ts';
import { doublyRobustEffect } from '#main/stats/quasi-experiments/did/doubly-robust.ts';
import { twoWayWithin } from '#main/stats/quasi-experiments/did/within-transformation.ts';
import { propensityWeights } from '#main/stats/quasi-experiments/iptw/propensity-weights.ts';
import { fitAr1 } from '#main/stats/quasi-experiments/its/ar1-gls.ts';
import { neweyWestCovariance } from '#main/stats/quasi-experiments/its/newey-west.ts';
import { partialAutocorrelations } from '#main/stats/quasi-experiments/its/residual-diagnostics.ts';
import { leastSquares } from '#main/stats/regression/least-squares.ts';
import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import { csvOf, runProcedure } from '../../statistics/run-procedure.ts';

// biome-ignore lint/suspicious/noExplicitAny: a result of any procedure, read by its keys
type Found = any;

async function message(procedure: string, data: string, spec: Record<string, unknown>): Promise<string> {
  try {
    await runProcedure({ procedure, data, spec });
  } catch (error) {
    return (error as Error).message;
  }
  return 'no refusal';
}

function walk(seed: number, n: number): number[] {
  let value = 0;
  return normalDraws(randomStream(seed, 'walk'), n).map((noise) => {
    value = 0.4 * value + noise;
    return value;
  });
}

const t = Array.from({ length: 60 }, (_none, i) => i + 1);
const y = walk(1, 60).map((value, i) => 30 + 0.2 * (i + 1) - (i >= 35 ? 5 : 0) + value);
const seriesData = csvOf({ t, y });

describe('interrupted time series', () => {
  const spec = { y: 'y', time: 't', start: 36 };
  const run = async (extra: Record<string, unknown>, data = seriesData): Promise<Found> =>
    runProcedure({ procedure: 'its', data, spec: { ...spec, ...extra } });

  it('takes ar1 by REML as of itself for short gaussian series, else Newey–West', async () => {
    expect((await run({})).errors).toEqual({ kind: 'ar1', method: 'REML' });
    expect((await run({ family: 'poisson' })).errors).toEqual({ kind: 'newey-west', lag: 3, adjust: true });
    const longer = csvOf({ t: Array.from({ length: 120 }, (_none, i) => i + 1), y: walk(2, 120) });
    expect((await run({}, longer)).errors).toEqual({ kind: 'newey-west', lag: 4, adjust: true });
  });

  it('does not depend on the order of rows', async () => {
    const order = [...t.keys()].sort((a, b) => ((a * 37) % 61) - ((b * 37) % 61));
    const mixed = csvOf({ t: order.map((i) => t[i] as number), y: order.map((i) => y[i] as number) });
    for (const errors of [{ kind: 'ar1' }, { kind: 'newey-west', lag: 4 }]) {
      const [a, b] = [await run({ errors }), await run({ errors }, mixed)];
      expect(b.terms).toEqual(a.terms);
      expect(b.counterfactual).toEqual(a.counterfactual);
    }
  });

  it('scales with the outcome', async () => {
    const scaled = csvOf({ t, y: y.map((value) => 1_000 * value) });
    const [a, b] = [await run({}), await run({}, scaled)];
    expect(b.fit.phi).toBeCloseTo(a.fit.phi, 9);
    expect(b.terms[2].se / a.terms[2].se).toBeCloseTo(1_000, 6);
    expect(b.terms[2].p).toBeCloseTo(a.terms[2].p, 9);
  });

  it('takes the effect as what is fitted less what is expected, and sums it', async () => {
    for (const family of ['gaussian', 'poisson']) {
      const found = await run({ family, horizons: [1, 25] });
      let total = 0;
      for (const point of found.counterfactual) {
        expect(point.effect).toBeCloseTo(point.fitted - point.expected, 8);
        total += point.effect;
      }
      expect(found.total.effect).toBeCloseTo(total, 7);
      expect(found.counterfactual).toHaveLength(25);
      if (family === 'gaussian') expect(found.effects[0].estimate).toBeCloseTo(found.counterfactual[0].effect, 10);
      else
        expect(Math.log(found.counterfactual[24].fitted / found.counterfactual[24].expected)).toBeCloseTo(
          found.effects[1].estimate,
          10,
        );
    }
  });

  it('drops the sine that is 0 at every whole time', async () => {
    const found = await run({ seasonality: { period: 4, harmonics: 2 } });
    expect(found.terms.map((term: Found) => term.term)).toEqual([
      '(Intercept)',
      'time',
      'level',
      'after',
      'sin1',
      'cos1',
      'cos2',
    ]);
  });

  it('says what it did about gaps, few points, fractions and text', async () => {
    const gap = csvOf({ t, y: y.map((value, i) => (i === 20 ? null : value)) });
    const gapped = await run({}, gap);
    expect(gapped.excluded).toBe(1);
    expect(gapped.warnings.join()).toContain('1 time point is missing');
    expect((await run({ start: 56 })).warnings.join()).toContain('fewer than 8');
    const yearly = csvOf({ t: t.map((value) => 2_000 + value / 12), y });
    expect((await run({ start: 2_003 }, yearly)).warnings.join()).toContain('steps of 0.08333');
    const named = csvOf({ t: t.map((value) => `week ${value}`), y });
    expect((await run({ start: 'week 36' }, named)).warnings.join()).toContain('order of their characters');
    const dated = csvOf({ t: t.map((value) => `2020-W${String(value).padStart(2, '0')}`), y });
    const found = await run({ start: '2020-W36' }, dated);
    expect(found.warnings).toEqual([]);
    expect(found.counterfactual[0].time).toBe('2020-W36');
    expect(found.terms[2].estimate).toBeCloseTo((await run({})).terms[2].estimate, 12);
  });

  it('refuses what it cannot tell apart', async () => {
    const refused = (data: string, extra: Record<string, unknown>): Promise<string> =>
      message('its', data, { ...spec, ...extra });
    expect(await refused(seriesData, { start: 100 })).toContain('must be points before and after');
    expect(await refused(seriesData, { start: 60 })).toContain('at least 2 on each side');
    expect(await refused(csvOf({ t: [...t, 5], y: [...y, 1] }), {})).toContain('more than once');
    expect(await refused(seriesData, { errors: { kind: 'ar1' }, family: 'poisson' })).toContain('gaussian');
    expect(await refused(seriesData, { offset: 't' })).toContain('family of counts');
    expect(await refused(seriesData, { seasonality: { period: 4, harmonics: 3 } })).toContain('harmonics at most');
    expect(await refused(seriesData, { errors: { kind: 'newey-west', lag: 60 } })).toContain('not below the number');
    expect(await refused(csvOf({ t, y: t.map(() => 4) }), {})).toContain('does not vary');
    expect(await refused(csvOf({ t, y: t.map((value) => 3 * value) }), {})).toContain('exactly');
    expect(await refused(csvOf({ t, y: y.map((value) => value - 40) }), { family: 'poisson' })).toContain(
      'cannot be negative',
    );
    const covariate = csvOf({ t, y, on: t.map((value) => (value >= 36 ? 2 : 0)) });
    for (const covariates of [['on'], 'on']) {
      expect((await run({ covariates }, covariate)).warnings.join()).toContain('Not estimable');
    }
  });

  it('Newey–West of lag 0 is the sum of squared scores, and a longer lag stays positive', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.integer({ min: 0, max: 20 }), (seed, lag) => {
        const n = 30;
        const x = matrixOf(n, 2, Float64Array.from([...Array(n).fill(1), ...normalDraws(randomStream(seed, 'x'), n)]));
        const e = Float64Array.from(normalDraws(randomStream(seed, 'e'), n));
        const bread = leastSquares(x, e).unscaledCovariance;
        const found = neweyWestCovariance(x, e, bread, lag, false);
        expect(found.data[0]).toBeGreaterThan(0);
        expect((found.data[0] as number) * (found.data[3] as number) - (found.data[1] as number) ** 2).toBeGreaterThan(
          0,
        );
      }),
      { numRuns: 40 },
    );
  });

  it('ar1 finds the likelihood’s maximum, and no better one lies near', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.constantFrom('REML' as const, 'ML' as const),
        (seed, method) => {
          const n = 40;
          const x = matrixOf(
            n,
            2,
            Float64Array.from({ length: 2 * n }, (_none, i) => (i < n ? 1 : i - n)),
          );
          const values = Float64Array.from(walk(seed, n));
          const steps = Int32Array.from({ length: n }, (_none, i) => (i % 7 === 3 ? 2 : 1));
          const fit = fitAr1(x, values, steps, method);
          const again = fitAr1(
            x,
            values.map((value) => 5 + 2 * value),
            steps,
            method,
          );
          expect(again.phi).toBeCloseTo(fit.phi, 7);
          expect(Math.abs(fit.phi)).toBeLessThan(1);
          // Uncorrelated errors are one of the models it may choose.
          if (method === 'ML') {
            const plain = leastSquares(x, values);
            expect(fit.logLik).toBeGreaterThanOrEqual(
              -0.5 * n * (Math.log((2 * Math.PI * plain.residualSumOfSquares) / n) + 1) - 1e-9,
            );
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('partial autocorrelations of an autoregression of order 1 stop after the first', () => {
    expect(partialAutocorrelations([0.6, 0.36, 0.216]).map((value) => Math.round(value * 1e12) / 1e12)).toEqual([
      0.6, 0, 0,
    ]);
  });
});

const units = Array.from({ length: 24 }, (_none, i) => `u${i}`);
const noise = normalDraws(randomStream(3, 'did'), 24 * 5);
const panel = units.flatMap((unit, u) =>
  [1, 2, 3, 4, 5].map((time) => {
    const from = [null, 3, 4][u % 3] as number | null;
    const value = u / 10 + time / 2 + (noise[u * 5 + time - 1] as number) + (from !== null && time >= from ? 2 : 0);
    return { unit, time, from, y: value, town: `t${u % 8}` };
  }),
);
const panelData = (rows: typeof panel): string =>
  csvOf({
    unit: rows.map((row) => row.unit),
    time: rows.map((row) => row.time),
    from: rows.map((row) => row.from),
    y: rows.map((row) => row.y),
    town: rows.map((row) => row.town),
  });

describe('difference-in-differences', () => {
  const spec = { y: 'y', unit: 'unit', time: 'time', treatedFrom: 'from' };
  const run = async (extra: Record<string, unknown>, rows = panel): Promise<Found> =>
    runProcedure({ procedure: 'did', data: panelData(rows), spec: { ...spec, ...extra } });

  it('takes an empty or 0 first treatment as never, not as missing', async () => {
    const [empty, zero] = [
      await run({}),
      await run(
        {},
        panel.map((row) => ({ ...row, from: row.from ?? 0 })),
      ),
    ];
    expect(empty.excluded).toBe(0);
    expect(zero.att).toEqual(empty.att);
    expect(empty.untreatedUnits).toBe(8);
  });

  it('does not depend on the order of rows, the names of units or the origin of time', async () => {
    const order = [...panel.keys()].sort((a, b) => ((a * 43) % 121) - ((b * 43) % 121));
    const other = order.map((i) => {
      const row = panel[i] as (typeof panel)[number];
      return {
        ...row,
        unit: `x${97 - Number(row.unit.slice(1))}`,
        time: row.time + 2_000,
        from: row.from && row.from + 2_000,
      };
    });
    for (const method of ['group-time', 'event-study', 'twfe']) {
      const [a, b] = [await run({ method }), await run({ method }, other)];
      for (const key of ['estimate', 'se', 'low']) expect(b.att[key]).toBeCloseTo(a.att[key], 10);
      expect(b.preTrend?.statistic ?? 0).toBeCloseTo(a.preTrend?.statistic ?? 0, 8);
    }
  });

  it('a single cohort in two periods is the same by every method', async () => {
    const two = panel.filter((row) => row.time >= 2 && row.time <= 3 && row.from !== 4);
    const found = await Promise.all(
      ['2x2', 'twfe', 'event-study', 'group-time'].map((method) =>
        run({ method, ...(method === '2x2' ? { cluster: 'unit' } : {}) }, two),
      ),
    );
    for (const other of found.slice(1)) expect(other.att.estimate).toBeCloseTo(found[0].att.estimate, 12);
  });

  it('warns of few clusters, unbalanced panels and what cannot be tested', async () => {
    const found = await run({ method: 'event-study', cluster: 'town' }, panel.slice(1));
    expect(found.warnings.join()).toContain('only 8 clusters (town)');
    expect(found.warnings.join()).toContain('miss some times');
    const simple = await run({ method: 'twfe' });
    expect(simple.preTrend).toBeNull();
    expect(simple.warnings.join()).toContain('not tested here');
    const always = await run(
      {},
      panel.map((row) => ({ ...row, from: row.unit === 'u1' ? 1 : row.from })),
    );
    expect(always.warnings.join()).toContain('1 units treated from the first time on');
  });

  it('refuses what has no comparison', async () => {
    const refused = (rows: typeof panel, extra: Record<string, unknown>): Promise<string> =>
      message('did', panelData(rows), { ...spec, ...extra });
    const treatedOnly = panel.filter((row) => row.from !== null);
    expect(await refused(treatedOnly, {})).toContain('never treated');
    expect(
      await refused(
        panel.map((row) => ({ ...row, from: null })),
        {},
      ),
    ).toContain('No unit becomes treated');
    expect(await refused(panel, { method: '2x2' })).toContain('different times');
    expect(await refused([...panel, panel[0] as (typeof panel)[number]], {})).toContain('several rows');
    expect(
      await refused(
        panel.map((row, i) => ({ ...row, from: i === 0 ? 2 : row.from })),
        {},
      ),
    ).toContain('more than one value');
    expect(
      await refused(
        panel.filter((row) => row.time === 1),
        {},
      ),
    ).toContain('only one time');
    expect(
      await refused(
        panel.map((row) => ({ ...row, town: 'all' })),
        { method: 'twfe', cluster: 'town' },
      ),
    ).toContain('one cluster');
    expect(await refused(panel, { method: 'twfe', robust: 'HC1' })).toContain('without clusters');
    expect(await refused(panel, { treated: 'town' })).toContain('treated');
    const arms = csvOf({ y: [1, 2, 3, 4], a: [0, 0, 1, 1], b: [0, 1, 1, 1] });
    expect(await message('did', arms, { y: 'y', treated: 'a', post: 'b' })).toContain(
      'no rows of the treated group before',
    );
    expect(await message('did', arms, { y: 'y', treated: 'y', post: 'b' })).toContain('must be 0 or 1');
  });

  it('takes two sets of effects out of unbalanced panels as dummies would', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), (seed) => {
        const stream = randomStream(seed, 'within');
        const n = 40;
        const unit = Int32Array.from({ length: n }, (_none, i) => (i < 8 ? i : stream.nextBelow(8)));
        const period = Int32Array.from({ length: n }, (_none, i) => (i < 5 ? i : stream.nextBelow(5)));
        const values = Float64Array.from(normalDraws(stream, n));
        const dummies = matrixOf(n, 13);
        for (let i = 0; i < n; i += 1) {
          dummies.data[(unit[i] as number) * n + i] = 1;
          dummies.data[(8 + (period[i] as number)) * n + i] = 1;
        }
        const fit = leastSquares(dummies, values);
        const within = twoWayWithin(unit, 8, period, 5);
        const swept = Float64Array.from(values);
        within.apply(swept);
        expect(within.absorbed).toBe(fit.rank);
        swept.forEach((value, i) => {
          expect(value).toBeCloseTo(fit.residuals[i] as number, 11);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('a doubly robust effect has an influence of mean 0, and covariates without use change little', () => {
    const stream = randomStream(5, 'robust');
    const n = 200;
    const x = matrixOf(n, 2, Float64Array.from([...Array(n).fill(1), ...normalDraws(stream, n)]));
    const treated = Uint8Array.from({ length: n }, () => stream.nextBelow(2));
    const change = Float64Array.from(normalDraws(stream, n), (value, i) => value + 3 * (treated[i] as number));
    const found = doublyRobustEffect(x, change, treated);
    if (typeof found === 'string') throw new Error(found);
    expect(found.influence.reduce((sum, value) => sum + value, 0) / n).toBeCloseTo(0, 10);
    expect(found.effect).toBeCloseTo(3, 0);
    expect(
      doublyRobustEffect(
        matrixOf(
          n,
          2,
          Float64Array.from(x.data, (_value, i) => (i < n ? 1 : 2)),
        ),
        change,
        treated,
      ),
    ).toBe('collinear');
  });

  it('errors clustered by rows of their own are HC1, and singular tests are none', () => {
    const n = 30;
    const x = matrixOf(n, 2, Float64Array.from([...Array(n).fill(1), ...normalDraws(randomStream(6, 'x'), n)]));
    const values = Float64Array.from(normalDraws(randomStream(6, 'y'), n));
    const own = didRegression(x, values, {
      kind: 'clustered',
      clusters: Int32Array.from(x.data.keys()).slice(0, n),
      count: n,
    });
    const white = didRegression(x, values, { kind: 'heteroscedastic', type: 'HC1' });
    // n/(n − 1)·(n − 1)/(n − 2) is HC1’s own n/(n − 2).
    expect(own.covariance.data[3]).toBeCloseTo(white.covariance.data[3] as number, 14);
    expect(jointTest(Float64Array.of(1, 1), matrixOf(2, 2, Float64Array.of(1, 1, 1, 1)), null)).toBeNull();
  });
});

describe('weighting by propensity', () => {
  const stream = randomStream(8, 'iptw');
  const n = 120;
  const age = normalDraws(stream, n);
  const on = age.map((value): number => (stream.nextUniform() < 1 / (1 + Math.exp(-value)) ? 1 : 0));
  const score = normalDraws(stream, n).map((value, i) => value + (age[i] as number) + 2 * (on[i] as number));
  const town = age.map(() => ['n', 's', 'w'][stream.nextBelow(3)] as string);
  const columns = { on, age, town, score };
  const spec = { treatment: 'on ~ age + town', y: 'score' };
  const run = async (extra: Record<string, unknown>, data: Parameters<typeof csvOf>[0] = columns): Promise<Found> =>
    runProcedure({ procedure: 'iptw', data: csvOf(data), spec: { ...spec, ...extra } });

  it('overlap weights balance every term exactly', async () => {
    for (const row of (await run({ estimand: 'ATO' })).balance) expect(Math.abs(row.after)).toBeLessThan(1e-9);
  });

  it('the effect changes sign with the arms, and not with the order of levels or rows', async () => {
    const arms = { ...columns, on: on.map((value) => (value === 1 ? 'yes' : 'no')) };
    for (const [estimand, mirrored] of [
      ['ATE', 'ATE'],
      ['ATT', 'ATC'],
      ['ATO', 'ATO'],
    ]) {
      const a = await run({ estimand }, arms);
      const b = await run({ estimand: mirrored, factors: { on: ['yes'], town: ['w'] } }, arms);
      expect(b.effect.estimate).toBeCloseTo(-a.effect.estimate, 9);
      expect(b.effect.se).toBeCloseTo(a.effect.se, 9);
      const reversed = Object.fromEntries(Object.entries(arms).map(([key, values]) => [key, [...values].reverse()]));
      expect((await run({ estimand }, reversed)).effect.estimate).toBeCloseTo(a.effect.estimate, 10);
    }
  });

  it('weights are those of the textbook, and their slopes their derivatives', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -6, max: 6, noNaN: true }),
        fc.constantFrom('ATE', 'ATT', 'ATC', 'ATO'),
        (eta, estimand) => {
          const e = 1 / (1 + Math.exp(-eta));
          const expected = { ATE: [1 / (1 - e), 1 / e], ATT: [e / (1 - e), 1], ATC: [1, (1 - e) / e], ATO: [e, 1 - e] }[
            estimand
          ];
          const at = (value: number) =>
            propensityWeights(Float64Array.of(value, value), Float64Array.of(0, 1), estimand, null);
          const step = 1e-5;
          for (const arm of [0, 1]) {
            const wanted = expected[arm] as number;
            expect(Math.abs((at(eta).weights[arm] as number) / wanted - 1)).toBeLessThan(1e-12);
            const slope =
              ((at(eta + step).weights[arm] as number) - (at(eta - step).weights[arm] as number)) / (2 * step);
            expect(Math.abs((at(eta).slopes[arm] as number) - slope)).toBeLessThan(1e-7 * Math.max(1, wanted));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('refuses where arms do not overlap, and says so where weights are extreme', async () => {
    const parted = { ...columns, on: age.map((value) => (value > 0 ? 1 : 0)) };
    expect(await message('iptw', csvOf(parted), spec)).toContain('without error');
    const partly = { ...columns, on: on.map((value, i) => (town[i] === 's' ? 1 : value)) };
    expect(await message('iptw', csvOf(partly), spec)).toContain('determine the treatment');
    const overlap = await run({ estimand: 'ATO' }, partly);
    expect(overlap.warnings.join()).toContain('have no weight');
    expect(overlap.effect.se).toBeGreaterThan(0);
    expect(await message('iptw', csvOf({ ...columns, on: town }), spec)).toContain('3 levels');
    expect(await message('iptw', csvOf({ ...columns, on: on.map((value) => value + 1) }), spec)).toContain(
      'must be 0 or 1',
    );
    expect(await message('iptw', csvOf({ ...columns, on: on.map(() => 1) }), spec)).toContain('both arms need');
    expect(await message('iptw', csvOf(columns), { ...spec, treatment: 'on ~ age + score' })).toContain('the outcome');
    expect(await message('iptw', csvOf(columns), { ...spec, formula: 'on ~ age' })).toContain('once');
    expect(await message('iptw', csvOf(columns), { ...spec, treatment: 'on ~ 1' })).toContain('no covariate');
    const steep = { ...columns, age: age.map((value) => 30 * value) };
    const truncated = await run({ truncate: [0.05, 0.95] }, steep);
    expect(truncated.warnings.join()).toContain('held at quantiles');
  });
});
