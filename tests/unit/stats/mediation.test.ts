import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitMediation, type MediationData } from '#main/stats/mediation/fit-mediation.ts';
import { mediationDiagram } from '#main/stats/mediation/mediation-effects.ts';
import { productCdf, productLimits } from '#main/stats/mediation/product-of-normals.ts';
import { resampleEffects } from '#main/stats/mediation/resample-mediation.ts';
import type { RowResamples } from '#main/stats/resampling/row-resamples.ts';
import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import { csvOf, runProcedure } from '../../statistics/run-procedure.ts';

const stream = randomStream(3, 'mediation-unit');
const n = 40;
const x = normalDraws(stream, n);
const m = normalDraws(stream, n).map((value, row) => value + 0.5 * (x[row] as number));
const w = normalDraws(stream, n).map((value, row) => value + 0.4 * (m[row] as number));
const y = normalDraws(stream, n).map((value, row) => value + 0.4 * (m[row] as number) + 0.2 * (w[row] as number));
const half = x.map((_value, row) => (row % 2 === 0 ? 'no' : 'yes'));
const columns = { x, m, w, y, half };

type Found = { readonly estimate: number; readonly se: number; readonly low: number; readonly high: number };
const run = (spec: Record<string, unknown>, data: Parameters<typeof csvOf>[0] = columns, index?: string) =>
  runProcedure({
    procedure: 'mediation',
    data: csvOf(data),
    spec: { x: 'x', m: ['m'], y: 'y', ...spec },
    ...(index === undefined ? {} : { files: { 'index.csv': index } }),
  });

describe('the diagram of a mediation', () => {
  it('has 2ᵏ − 1 ways through k serial mediators, the short ones first', () => {
    const { effects, paths } = mediationDiagram('serial', 3);
    expect(effects.map(({ nodes }) => nodes.slice(1, -1))).toEqual([[1], [2], [3], [1, 2], [1, 3], [2, 3], [1, 2, 3]]);
    expect(paths.map(({ name }) => name)).toEqual(['a1', 'a2', 'a3', 'd21', 'd31', 'd32', 'b1', 'b2', 'b3', "c'"]);
    expect(effects.at(-1)?.paths.map((place) => paths[place]?.name)).toEqual(['a1', 'd21', 'd32', 'b3']);
  });

  it('has one way through each parallel mediator', () => {
    expect(mediationDiagram('parallel', 2).effects.map(({ nodes }) => nodes)).toEqual([
      [0, 1, 3],
      [0, 2, 3],
    ]);
    expect(mediationDiagram('parallel', 1).paths.map(({ name }) => name)).toEqual(['a', 'b', "c'"]);
  });
});

describe('effects', () => {
  it('add up: total is direct and all indirect, in every structure and resample', async () => {
    for (const structure of ['parallel', 'serial']) {
      const found = await run({ m: ['m', 'w'], structure, covariates: ['half'], samples: 100 });
      const { indirect, direct, total } = found as unknown as Record<string, Found>;
      expect(indirect?.estimate).toBeCloseTo((total?.estimate ?? 0) - (direct?.estimate ?? 0), 12);
      const specific = found['specific'] as Found[];
      expect(specific.reduce((sum, { estimate }) => sum + estimate, 0)).toBeCloseTo(indirect?.estimate ?? 0, 12);
    }
  });

  it('of a resample equal least squares on its rows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: n - 1 }), { minLength: 12, maxLength: n }), (rows) => {
        const of = (values: readonly number[], chosen: readonly number[]): Float64Array =>
          Float64Array.from(chosen, (row) => values[row] as number);
        const data = (chosen: readonly number[]): MediationData => ({
          x: of(x, chosen),
          mediators: [of(m, chosen), of(w, chosen)],
          y: of(y, chosen),
          covariates: [],
        });
        if (new Set(rows).size < 8) return;
        const one: RowResamples = { count: 1, visit: (each) => each(Int32Array.from(rows), 0) };
        const all = data(x.map((_value, row) => row));
        const refit = fitMediation(data(rows), 'serial');
        const found = resampleEffects(all, refit.diagram, one);
        expect(found.total[0]).toBeCloseTo(refit.total.estimate, 9);
        expect(found.direct[0]).toBeCloseTo(refit.coefficients.at(-1) as number, 9);
        const product = refit.diagram.effects[2]?.paths.reduce(
          (part, path) => part * (refit.coefficients[path] as number),
          1,
        );
        expect(found.specific[2]?.[0]).toBeCloseTo(product as number, 9);
      }),
      { numRuns: 60 },
    );
  });

  it('follow the units of x and y, whatever the order of rows', async () => {
    const spec = { method: 'delta' };
    const base = (await run(spec))['indirect'] as Found;
    const order = x.map((_value, row) => (row * 7) % n);
    const turned = Object.fromEntries(
      Object.entries(columns).map(([name, values]) => [name, order.map((row) => values[row] as number)]),
    );
    const moved = (await run(spec, { ...turned, y: order.map((row) => 1e6 + 100 * (y[row] as number)) }))[
      'indirect'
    ] as Found;
    for (const key of ['estimate', 'se', 'low', 'high'] as const) expect(moved[key] / 100).toBeCloseTo(base[key], 7);
  });

  it('change sign when the levels of x change places', async () => {
    const levels = (order: string[]) => run({ x: 'half', method: 'delta', factors: { half: order } });
    const one = await levels(['no', 'yes']);
    const other = await levels(['yes', 'no']);
    expect((one['indirect'] as Found).low).toBeCloseTo(-(other['indirect'] as Found).high, 12);
    expect(one['contrast']).toEqual({ level: 'yes', against: 'no' });
  });
});

describe('limits', () => {
  it('are the same for the same seed, and others for another', async () => {
    for (const method of ['bootstrap', 'monte-carlo']) {
      const drawn = async (seed: number) => (await run({ method, seed, samples: 200 }))['indirect'] as Found;
      const first = await drawn(4);
      expect(await drawn(4)).toEqual(first);
      expect((await drawn(5)).low).not.toBe(first.low);
    }
  });

  it('of a product of normals hold the share they promise', () => {
    const a = { mean: 0.3, sd: 0.2 };
    const b = { mean: -0.5, sd: 0.1 };
    const { low, high } = productLimits(a, b, 0.9)!;
    expect(productCdf(low, a, b)).toBeCloseTo(0.05, 12);
    expect(productCdf(high, a, b)).toBeCloseTo(0.95, 12);
    // Of two standard normals: symmetric about 0, and P(AB ≤ 1) = 0.5 + ∫₀¹ K₀(t)/π dt.
    const standard = { mean: 0, sd: 1 };
    expect(productCdf(0, standard, standard)).toBeCloseTo(0.5, 13);
    expect(productCdf(1, standard, standard)).toBeCloseTo(0.5 + 1.2425098486 / Math.PI, 8);
    expect(productCdf(-1, standard, standard) + productCdf(1, standard, standard)).toBeCloseTo(1, 12);
    expect(productLimits({ mean: 1, sd: 0 }, b, 0.9)).toBeNull();
  });

  it('say which resamples had no estimate', async () => {
    const few = x.map((_value, row) => (row < 2 ? 1 : 0));
    const found = await run({ x: 'few', samples: 400 }, { ...columns, few });
    expect(found.warnings.join()).toMatch(/^\d+ of 400 resamples have no estimate/);
    // Without its only row of 1, x is constant, so that the jackknife has no value.
    const single = x.map((_value, row) => (row === 0 ? 1 : 0));
    const corrected = await run({ x: 'single', interval: 'bca', samples: 400 }, { ...columns, single });
    expect((corrected['indirect'] as Found).low).toBeNull();
    expect(corrected.warnings.join()).toMatch(/Bias-corrected and accelerated limits do not exist/);
  });
});

describe('what is refused', () => {
  const nine = Array.from({ length: 9 }, (_none, index) => `m${index}`);
  it.each<[string, Record<string, unknown>, string, RegExp]>([
    ['a column twice', { m: ['m', 'x'] }, 'BAD_SPEC', /“x” is named twice/],
    ['no mediator', { m: [] }, 'BAD_SPEC', /“m”/],
    ['an unknown key', { mediators: ['m'] }, 'BAD_SPEC', /./],
    ['too many serial mediators', { m: nine, structure: 'serial' }, 'REFUSED_MODEL', /511 indirect effects/],
    ['text as a mediator', { m: ['half'] }, 'BAD_COLUMN', /must be numeric/],
    ['x of three levels', { x: 'three' }, 'REFUSED_MODEL', /has 3 levels/],
    ['x that does not vary', { x: 'same' }, 'REFUSED_MODEL', /“same” is 4 in every/],
    ['x of one level', { x: 'level' }, 'REFUSED_MODEL', /is 0 in every|only one value/],
    ['a mediator made of x', { m: ['double'] }, 'REFUSED_MODEL', /“double” is an exact combination/],
    ['y made of the others', { y: 'sum' }, 'REFUSED_MODEL', /“sum” is an exact combination/],
    ['infinite values', { m: ['infinite'] }, 'BAD_COLUMN', /infinite value in row 3/],
    ['no complete row', { m: ['empty'] }, 'REFUSED_MODEL', /No row has a value/],
    ['fewer rows than coefficients', { m: ['rare'] }, 'REFUSED_MODEL', /3 complete rows.*3 coefficients/],
    ['too few resamples', { samples: 5 }, 'BAD_SPEC', /“samples”/],
  ])('%s', async (_name, spec, code, message) => {
    const more = {
      ...columns,
      three: x.map((_value, row) => ['a', 'b', 'c'][row % 3] as string),
      same: x.map(() => 4),
      level: x.map(() => 'one'),
      double: x.map((value) => 2 * value + 1),
      sum: x.map((value, row) => value + 3 * (m[row] as number)),
      infinite: x.map((value, row) => (row === 2 ? 'Inf' : value)),
      empty: x.map(() => null),
      rare: x.map((value, row) => (row < 3 ? value : null)),
    };
    await expect(run(spec, more)).rejects.toMatchObject({ error: { code }, message: expect.stringMatching(message) });
  });

  it('resamples of another size, of no rows, or of text', async () => {
    const header = x.map((_value, row) => `V${row}`).join(',');
    const line = (value: string) => x.map(() => value).join(',');
    const from = (text: string) => run({ resamples: 'index.csv' }, columns, text);
    await expect(from('a,b\n1,2\n3,4\n')).rejects.toMatchObject({ error: { code: 'BAD_SPEC' } });
    await expect(from(`${header}\n${line('41')}\n`)).rejects.toMatchObject({
      error: { code: 'BAD_COLUMN' },
      message: expect.stringMatching(/“41”.*1 to 40/),
    });
    await expect(from(`${header}\n${line('1.5')}\n`)).rejects.toMatchObject({ error: { code: 'BAD_COLUMN' } });
    await expect(from(`${header}\n${line('one')}\n`)).rejects.toMatchObject({ error: { code: 'BAD_COLUMN' } });
    await expect(from(`${header}\n${line('1')}\n`)).rejects.toMatchObject({ error: { code: 'REFUSED_MODEL' } });
  });

  it('a covariate that adds nothing is left out and said so', async () => {
    const found = await run(
      { method: 'delta', covariates: ['double', 'same'] },
      {
        ...columns,
        double: x.map((value) => 2 * value),
        same: x.map(() => 4),
      },
    );
    expect(found.warnings).toHaveLength(2);
    expect(found['indirect']).toEqual((await run({ method: 'delta' }))['indirect']);
  });
});
