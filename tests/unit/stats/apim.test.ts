import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ActorPartnerData, fitActorPartner, type Restriction } from '#main/stats/dyads/actor-partner-model.ts';
import {
  actorPartnerLayout,
  impliedMoments,
  parametersOf,
  structureCurvature,
  structureJacobian,
} from '#main/stats/dyads/actor-partner-structure.ts';
import { groupByPattern } from '#main/stats/dyads/missing-patterns.ts';
import {
  coordinateCount,
  covariancePlace,
  likelihoodDerivatives,
  observedLogLikelihood,
} from '#main/stats/dyads/observed-likelihood.ts';
import { resampleRatios } from '#main/stats/dyads/resample-effects.ts';
import { fitSaturated } from '#main/stats/dyads/saturated-normal.ts';
import { at, matrixOf } from '#main/stats/linear-algebra/matrix.ts';
import { drawnResamples } from '#main/stats/resampling/row-resamples.ts';
import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import { csvOf, runProcedure } from '../../statistics/run-procedure.ts';

const stream = randomStream(12, 'apim-unit');
const n = 70;
const x1 = normalDraws(stream, n);
const x2 = normalDraws(stream, n).map((value, row) => value + 0.4 * (x1[row] as number));
const y1 = normalDraws(stream, n).map((value, row) => value + 0.7 * (x1[row] as number) + 0.2 * (x2[row] as number));
const y2 = normalDraws(stream, n).map((value, row) => value + 0.2 * (x1[row] as number) + 0.6 * (x2[row] as number));
const columns = { x1, x2, y1, y2 };
const names = ['x1', 'x2', 'y1', 'y2'] as const;

function gaps(values: readonly number[], every: number, shift: number): (number | null)[] {
  return values.map((value, row) => (row % every === shift ? null : value));
}
const incomplete = { x1, x2: gaps(x2, 7, 1), y1: gaps(y1, 5, 2), y2: gaps(y2, 4, 3) };

function dataOf(given: Readonly<Record<(typeof names)[number], readonly (number | null)[]>>): ActorPartnerData {
  const values = (name: (typeof names)[number]): Float64Array =>
    Float64Array.from(given[name], (value) => value ?? Number.NaN);
  return { x1: values('x1'), x2: values('x2'), y1: values('y1'), y2: values('y2'), covariates: [] };
}

const run = (spec: Record<string, unknown> = {}, data: Parameters<typeof csvOf>[0] = columns) =>
  runProcedure({ procedure: 'apim', data: csvOf(data), spec: { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', ...spec } });
type Term = { readonly term: string; readonly parameter: string; readonly estimate: number; readonly se: number };

describe('derivatives of the likelihood', () => {
  const layout = actorPartnerLayout(1);
  const z = normalDraws(stream, n);
  const given = [incomplete.x1, incomplete.x2, gaps(z, 6, 0), incomplete.y1, incomplete.y2];
  const { patterns } = groupByPattern(given.map((values) => Float64Array.from(values, (value) => value ?? Number.NaN)));
  const start = fitSaturated(patterns, 5).moments;
  // Off the maximum, so that no gradient vanishes.
  const theta = (parametersOf(layout, start) as Float64Array).map((value, place) => value * 1.1 + 0.01 * (place % 3));

  it('by means and covariances are what differences of it say', () => {
    const moments = impliedMoments(layout, theta);
    const found = likelihoodDerivatives(patterns, moments, 'observed')!;
    const step = 1e-5;
    const moved = (place: number, by: number) => {
      const mean = Float64Array.from(moments.mean);
      const covariance = matrixOf(5, 5, Float64Array.from(moments.covariance.data));
      for (let a = 0; a < 5; a += 1) {
        if (place === a) mean[a] = (mean[a] as number) + by;
        for (let b = 0; b <= a; b += 1) {
          if (place !== covariancePlace(5, a, b)) continue;
          covariance.data[b * 5 + a] = at(covariance, a, b) + by;
          if (a !== b) covariance.data[a * 5 + b] = at(covariance, b, a) + by;
        }
      }
      return { mean, covariance };
    };
    for (let place = 0; place < coordinateCount(5); place += 1) {
      const [up, down] = [moved(place, step), moved(place, -step)];
      const slope = (observedLogLikelihood(patterns, up) - observedLogLikelihood(patterns, down)) / (2 * step);
      expect(found.gradient[place]).toBeCloseTo(slope, 4);
      const [high, low] = [up, down].map((at5) => likelihoodDerivatives(patterns, at5, 'observed')!.gradient);
      for (let other = 0; other < found.gradient.length; other += 1) {
        const bend = ((high?.[other] as number) - (low?.[other] as number)) / (2 * step);
        expect(at(found.hessian, other, place)).toBeCloseTo(bend, 3);
      }
    }
  });

  it('by parameters follow the structure', () => {
    const weights = Float64Array.from({ length: coordinateCount(5) }, (_none, place) => Math.sin(place + 1));
    const weighted = (values: Float64Array): number => {
      const { mean, covariance } = impliedMoments(layout, values);
      let total = 0;
      for (let a = 0; a < 5; a += 1) {
        total += (weights[a] as number) * (mean[a] as number);
        for (let b = 0; b <= a; b += 1) total += (weights[covariancePlace(5, a, b)] as number) * at(covariance, a, b);
      }
      return total;
    };
    const slopes = (values: Float64Array): Float64Array => {
      const jacobian = structureJacobian(layout, values);
      return Float64Array.from({ length: layout.parameters }, (_none, p) =>
        weights.reduce((total, weight, place) => total + weight * at(jacobian, place, p), 0),
      );
    };
    const curvature = structureCurvature(layout, theta, weights);
    const step = 1e-4;
    for (let p = 0; p < layout.parameters; p += 1) {
      const shifted = (by: number) => theta.map((value, place) => (place === p ? value + by : value));
      expect(slopes(theta)[p]).toBeCloseTo((weighted(shifted(step)) - weighted(shifted(-step))) / (2 * step), 6);
      const [up, down] = [slopes(shifted(step)), slopes(shifted(-step))];
      for (let q = 0; q < layout.parameters; q += 1) {
        expect(at(curvature, q, p)).toBeCloseTo(((up[q] as number) - (down[q] as number)) / (2 * step), 6);
      }
    }
  });

  it('without constraints the parameters reproduce any moments', () => {
    const back = parametersOf(layout, impliedMoments(layout, theta)) as Float64Array;
    for (let p = 0; p < theta.length; p += 1) expect(back[p]).toBeCloseTo(theta[p] as number, 10);
  });
});

describe('the fit', () => {
  it('climbs to a maximum that no other point beats', () => {
    const given = names.map((name) => Float64Array.from(incomplete[name], (value) => value ?? Number.NaN));
    const { patterns } = groupByPattern(given);
    const { moments, logLik, converged } = fitSaturated(patterns, 4);
    expect(converged).toBe(true);
    fc.assert(
      fc.property(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }), (noise) => {
        const mean = moments.mean.map((value, v) => value + 0.2 * (noise[v] as number));
        const covariance = matrixOf(4, 4, Float64Array.from(moments.covariance.data));
        for (let v = 0; v < 4; v += 1)
          covariance.data[v * 5] = at(covariance, v, v) * (1 + 0.3 * (noise[v + 4] as number));
        expect(observedLogLikelihood(patterns, { mean, covariance })).toBeLessThanOrEqual(logLik + 1e-9);
      }),
      { numRuns: 100 },
    );
  });

  it('swaps with the partners, in full', async () => {
    for (const [missing, data] of [
      ['omit', columns],
      ['fiml', incomplete],
    ] as const) {
      const base = await run({ missing }, data);
      const swapped = await run({ missing, x1: 'x2', x2: 'x1', y1: 'y2', y2: 'y1' }, data);
      const other: Readonly<Record<string, string>> = {
        'actor 1': 'actor 2',
        'partner 1→2': 'partner 2→1',
        'intercept 1': 'intercept 2',
      };
      const term = (found: typeof base, parameter: string): Term =>
        (found['terms'] as Term[]).find((row) => row.parameter === parameter) as Term;
      for (const [one, two] of Object.entries(other)) {
        expect(term(base, one).estimate).toBeCloseTo(term(swapped, two).estimate, 9);
        expect(term(base, one).se).toBeCloseTo(term(swapped, two).se, 9);
      }
      const statistics = (found: typeof base) =>
        (found['tests'] as { statistic: number }[]).map(({ statistic }) => statistic);
      const [a, b] = [statistics(base), statistics(swapped)];
      for (const place of [0, 1, 2, 3, 6, 7, 8, 9]) expect(a[place]).toBeCloseTo(b[place] as number, 7);
    }
  });

  it('follows units and origins: tests stay, effects scale', () => {
    for (const missing of ['omit', 'fiml'] as const) {
      const source = missing === 'fiml' ? incomplete : columns;
      const base = fitActorPartner(dataOf(source), missing);
      const move = (values: readonly (number | null)[], unit: number, origin: number) =>
        values.map((value) => (value === null ? null : origin + unit * value));
      const moved = fitActorPartner(
        dataOf({
          x1: move(source.x1, 100, 5e4),
          x2: move(source.x2, 100, 5e4),
          y1: move(source.y1, 0.01, -3),
          y2: move(source.y2, 0.01, -3),
        }),
        missing,
      );
      const { slope } = base.layout;
      expect((moved.theta[slope(0, 1)] as number) * 1e4).toBeCloseTo(base.theta[slope(0, 1)] as number, 8);
      expect(at(moved.covariance!, slope(1, 1), slope(1, 1)) * 1e8).toBeCloseTo(
        at(base.covariance!, slope(1, 1), slope(1, 1)),
        8,
      );
      for (const name of ['equal actors', 'no partner effects', 'indistinguishable'] satisfies Restriction[]) {
        const ratio = (fit: typeof base): number => fit.logLik - fit.restricted(name).logLik;
        expect(ratio(moved)).toBeCloseTo(ratio(base), 6);
      }
    }
  });

  it('a restriction costs likelihood, and more restrictions more', () => {
    const fit = fitActorPartner(dataOf(incomplete), 'fiml');
    const logLik = (name: Restriction): number => fit.restricted(name).logLik;
    expect(logLik('equal actors')).toBeLessThanOrEqual(fit.logLik);
    expect(logLik('equal actors and partners')).toBeLessThanOrEqual(
      Math.min(logLik('equal actors'), logLik('equal partners')),
    );
    expect(logLik('indistinguishable')).toBeLessThanOrEqual(logLik('equal actors and partners'));
  });

  it('full information of complete couples is what complete couples say', async () => {
    const [omit, fiml] = [await run(), await run({ missing: 'fiml' })];
    for (const key of ['terms', 'residualCovariance', 'k'] as const) {
      const flat = (value: unknown): number[] =>
        typeof value === 'number'
          ? [value]
          : value && typeof value === 'object'
            ? Object.values(value).flatMap(flat)
            : [];
      flat(omit[key]).forEach((value, place) => {
        expect(flat(fiml[key])[place]).toBeCloseTo(value, 9);
      });
    }
  });

  it('the six restrictions of indistinguishable partners, and two more for each covariate', async () => {
    const age = x1.map((_value, row) => 30 + ((row * 13) % 17));
    const df = async (covariates: string[]) =>
      ((await run({ covariates }, { ...columns, age }))['tests'] as { name: string; df: number }[]).find(
        ({ name }) => name === 'indistinguishable',
      )?.df;
    expect(await df([])).toBe(6);
    expect(await df(['age'])).toBe(8);
  });
});

describe('what is missing', () => {
  it('leaves a couple out, or uses what it has', async () => {
    const empty = Object.fromEntries(
      names.map((name) => [name, incomplete[name].map((value, row) => (row < 2 ? null : value))]),
    );
    const omit = await run({}, empty);
    const complete = x1.filter((_value, row) => names.every((name) => empty[name]?.[row] !== null)).length;
    expect([omit.n, omit.excluded]).toEqual([complete, n - complete]);
    const fiml = await run({ missing: 'fiml' }, empty);
    expect([fiml.n, fiml.excluded, fiml['complete']]).toEqual([n - 2, 2, complete]);
  });
});

describe('k', () => {
  it('is not given where the actor effect is not distinguishable from nothing', async () => {
    const found = await run(
      { y1: 'noise', samples: 50 },
      { ...columns, noise: x1.map((_value, row) => (row * 37) % 11) },
    );
    const k = found['k'] as { parameter: string; estimate: number | null; low: number | null }[];
    expect(k[0]).toMatchObject({ parameter: 'k1', estimate: null, low: null });
    expect(k[1]?.estimate).not.toBeNull();
    expect(found.warnings.join()).toMatch(
      /k 1 is not given: the actor effect of 1 is not distinguishable from nothing/,
    );
  });

  it('has the same limits for the same seed, by couples', async () => {
    const limits = async (seed: number) => (await run({ seed, samples: 200 }))['k'];
    expect(await limits(3)).toEqual(await limits(3));
    expect(await limits(3)).not.toEqual(await limits(4));
  });

  it('of incomplete couples is refitted in each resample as it is in moments of complete ones', () => {
    const resamples = drawnResamples(n, 25, () => randomStream(1, 'k'));
    const one = resampleRatios(dataOf(columns), resamples, 'omit');
    const other = resampleRatios(dataOf(columns), resamples, 'fiml');
    for (let i = 0; i < 25; i += 1) expect(other.k1[i]).toBeCloseTo(one.k1[i] as number, 9);
  });
});

describe('what is refused', () => {
  it.each<[string, Record<string, unknown>, string, RegExp]>([
    ['a column twice', { x2: 'x1' }, 'BAD_SPEC', /“x1” is named twice/],
    ['one name for both', { names: ['a', 'a'] }, 'BAD_SPEC', /Both roles/],
    ['three names', { names: ['a', 'b', 'c'] }, 'BAD_SPEC', /names/],
    ['text', { x1: 'text' }, 'BAD_COLUMN', /must be numeric/],
    ['infinite values', { x1: 'infinite', missing: 'fiml' }, 'BAD_COLUMN', /infinite value in row 4/],
    ['a constant', { y2: 'same' }, 'REFUSED_MODEL', /“same” is 4 in every couple/],
    ['no value', { y2: 'empty', missing: 'fiml' }, 'REFUSED_MODEL', /“empty” has no value/],
    ['partners who are one', { x2: 'twin' }, 'REFUSED_MODEL', /“twin” is determined by the columns before it/],
    ['an outcome made of predictors', { y1: 'made' }, 'REFUSED_MODEL', /“made” is determined/],
    ['too few couples', { y1: 'rare' }, 'REFUSED_MODEL', /4 couples, but 4 variables/],
    [
      'columns never seen together',
      { y1: 'early', y2: 'late', missing: 'fiml' },
      'REFUSED_MODEL',
      /never seen in the same couple/,
    ],
    ['a covariate of one level', { covariates: ['level'] }, 'REFUSED_MODEL', /only one value/],
  ])('%s', async (_name, spec, code, message) => {
    const more = {
      ...columns,
      text: x1.map(() => 'word'),
      level: x1.map(() => 'one'),
      infinite: x1.map((value, row) => (row === 3 ? '-Inf' : value)),
      same: x1.map(() => 4),
      empty: x1.map(() => null),
      twin: x1.map((value) => 3 - 2 * value),
      made: x1.map((value, row) => value + (x2[row] as number)),
      rare: y1.map((value, row) => (row < 4 ? value : null)),
      early: y1.map((value, row) => (row < 30 ? value : null)),
      late: y2.map((value, row) => (row >= 30 ? value : null)),
    };
    await expect(run(spec, more)).rejects.toMatchObject({ error: { code }, message: expect.stringMatching(message) });
  });

  it('warns of fewer than 100 couples, and of pairs that are hardly seen together', async () => {
    expect((await run()).warnings.join()).toMatch(/70 couples/);
    const thin = await run(
      { missing: 'fiml' },
      { ...columns, y1: gapsBut(y1, 35), y2: y2.map((value, row) => (row > 30 ? value : null)) },
    );
    expect(thin.warnings.join()).toMatch(/seen together in only \d of 70 couples/);
  });
});

function gapsBut(values: readonly number[], last: number): (number | null)[] {
  return values.map((value, row) => (row <= last ? value : null));
}
