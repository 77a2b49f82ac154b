import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import { type Columns, modelOf, refusal } from './run-model.ts';

const n = 60;
const rows = Array.from({ length: n }, (_none, row) => row);
const z = rows.map((row) => Math.sin(7 * row));
const x = rows.map((row) => ((row * 37) % 60) / 10);
const group = rows.map((row) => ['a', 'b', 'c'][row % 3] as string);
const event = rows.map((row) => ((row * row) % 7 > 3 ? 1 : 0));
const count = rows.map((row) => (row * row) % 5);
const logistic = { family: 'binomial' };

describe('separation', () => {
  it('is found where one variable tells every response', async () => {
    const found = await modelOf({ y: x.map((value) => (value > 3 ? 1 : 0)), x }, { formula: 'y ~ x', ...logistic });
    expect(found.said).toMatch(/^Complete separation.*firth/);
    expect(found.terms.map((term) => term.estimate)).toEqual([null, null]);
    expect(found.fit.deviance).toBe(0);
  });

  it('is found in one level; the other terms are those of the rest of the rows', async () => {
    const y = event.map((value, row) => (group[row] === 'b' ? 1 : value));
    const found = await modelOf({ y, z, group }, { formula: 'y ~ z + group', ...logistic });
    expect(found.said).toMatch(/^Quasi-complete separation.* 20 rows.*groupb has no finite/);
    expect(found.term('groupb').estimate).toBeNull();
    const keep = (values: readonly (number | string)[]) => values.filter((_value, row) => group[row] !== 'b');
    const rest = await modelOf(
      { y: keep(y), z: keep(z), group: keep(group) },
      { formula: 'y ~ z + group', ...logistic },
    );
    for (const name of ['(Intercept)', 'z', 'groupc']) {
      expect(found.term(name).estimate).toBeCloseTo(rest.term(name).estimate as number, 10);
      expect(found.term(name).se).toBeCloseTo(rest.term(name).se as number, 8);
    }
  });

  it('names the reference level’s terms where the reference is told', async () => {
    const y = event.map((value, row) => (group[row] === 'a' ? 0 : value));
    const found = await modelOf({ y, z, group }, { formula: 'y ~ z + group', ...logistic });
    expect(found.said).toMatch(/\(Intercept\), groupb, groupc have no finite/);
    expect(found.term('z').se).toBeGreaterThan(0);
  });

  it('is found in counts of a group without events', async () => {
    const y = count.map((value, row) => (group[row] === 'c' ? 0 : value));
    const found = await modelOf({ y, z, group }, { formula: 'y ~ z + group', family: 'poisson' });
    expect(found.said).toMatch(/separation.*groupc has no finite/);
  });

  it('is not claimed of strong effects that overlap', async () => {
    const y = x.map((value, row) => (value > 3 !== (row === 17) ? 1 : 0));
    const found = await modelOf({ y, x }, { formula: 'y ~ x', ...logistic });
    expect(found.said).not.toMatch(/separation:/);
    expect(found.term('x').estimate).toBeGreaterThan(0);
  });

  it('has finite Firth estimates with limits and tests', async () => {
    const y = x.map((value) => (value > 3 ? 1 : 0));
    const found = await modelOf({ y, x }, { formula: 'y ~ x', ...logistic, firth: true });
    expect(found.said).toBe('');
    expect(found.term('x')).toMatchObject({ df: 1 });
    expect(found.term('x').p).toBeLessThan(1e-6);
    expect(found.term('x').low).toBeGreaterThan(0);
  });

  it('by chance is found exactly where a direction with no row on the wrong side exists', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), async (seed) => {
        const stream = randomStream(seed, 'separation');
        const few = 9;
        const one = normalDraws(stream, few);
        const y = one.map(() => stream.nextBelow(2));
        if (new Set(y).size < 2) return;
        const low = (side: number): number => Math.min(...one.filter((_value, row) => y[row] === side));
        const high = (side: number): number => Math.max(...one.filter((_value, row) => y[row] === side));
        const apart = high(0) < low(1) || high(1) < low(0);
        const found = await modelOf({ y, one }, { formula: 'y ~ one', ...logistic });
        expect(/separation:/.test(found.said)).toBe(apart);
      }),
      { numRuns: 60 },
    );
  });
});

describe('refusals', () => {
  it.each([
    [
      'more coefficients than rows',
      { y: [1, 2], x: [1, 2], z: [2, 1] },
      { formula: 'y ~ x + z' },
      /3 coefficients.*2 rows/,
    ],
    ['no event', { y: [0, 0, 0], x: [1, 2, 3] }, { formula: 'y ~ x', ...logistic }, /No row has the event.*firth/],
    ['only events', { y: [1, 1, 1], x: [1, 2, 3] }, { formula: 'y ~ x', ...logistic }, /Every row has the event/],
    ['no count', { y: [0, 0, 0], x: [1, 2, 3] }, { formula: 'y ~ x', family: 'poisson' }, /Every count is 0/],
    ['negative counts', { y: [1, -1, 0], x: [1, 2, 3] }, { formula: 'y ~ x', family: 'poisson' }, /row 2 holds -1/],
    ['zeros in gamma', { y: [1, 0, 2], x: [1, 2, 3] }, { formula: 'y ~ x', family: 'gamma' }, /greater than 0.*row 2/],
    [
      'numbers beyond 0 and 1',
      { y: [0, 2, 1], x: [1, 2, 3] },
      { formula: 'y ~ x', ...logistic },
      /between 0 and 1.*row 2/,
    ],
    ['three levels', { y: ['a', 'b', 'c'], x: [1, 2, 3] }, { formula: 'y ~ x', ...logistic }, /3 levels.*needs two/],
    ['one level', { y: ['a', 'a', 'a'], x: [1, 2, 3] }, { formula: 'y ~ x', ...logistic }, /only one value/],
    ['text as numbers', { y: ['a', 'b', 'c'], x: [1, 2, 3] }, { formula: 'y ~ x' }, /must be numeric/],
    ['cbind of a linear model', { y: [1, 2, 3], x: [1, 2, 3] }, { formula: 'cbind(y, x) ~ 1' }, /binomial family/],
    ['negative weights', { y: [1, 2, 3], x: [1, 2, -3] }, { formula: 'y ~ 1', weights: 'x' }, /weights.*row 3/],
    [
      'one cluster',
      { y: [1, 2, 3], c: ['q', 'q', 'q'] },
      { formula: 'y ~ 1', robust: 'CR1', cluster: 'c' },
      /one group/,
    ],
    ['a random term', { y: [1, 2, 3], x: [1, 2, 3] }, { formula: 'y ~ 1 + (1|x)' }, /lmm/],
    ['numbers too large', { y: [1, 2, 3], x: [1e200, 2, 3] }, { formula: 'y ~ x' }, /too large/],
  ] as const)('%s', async (_name, columns, spec, words) => {
    expect(await refusal(columns as Columns, spec)).toMatch(words);
  });

  it.each([
    [{ robust: 'CR2' }, /needs the column of the clusters/],
    [{ robust: 'HC1', cluster: 'x' }, /CR1 or CR2/],
    [{ link: 'logit' }, /takes identity, log, inverse/],
    [{ firth: true }, /binomial family/],
    [{ family: 'binomial', firth: true, robust: 'HC0' }, /do not go together/],
    [{ family: 'tweedie' }, /BAD_SPEC/],
    [{ colour: 1 }, /BAD_SPEC/],
  ])('the spec %j', async (spec, words) => {
    expect(await refusal({ y: event, x }, { formula: 'y ~ x', ...spec })).toMatch(words);
  });
});

describe('warnings', () => {
  it('of columns that others determine, whose terms hold nulls', async () => {
    const found = await modelOf({ y: z, x, double: x.map((value) => 2 * value) }, { formula: 'y ~ x + double' });
    expect(found.said).toMatch(/double is determined by the terms before/);
    expect(found.term('double')).toEqual({
      ...{ term: 'double', estimate: null, se: null, statistic: null },
      ...{ df: null, p: null, low: null, high: null },
    });
  });

  it('of a model as large as the data', async () => {
    const found = await modelOf({ y: [1, 4, 2], x: [1, 2, 4], z: [3, 1, 1] }, { formula: 'y ~ x + z' });
    expect(found.said).toMatch(/as many coefficients as rows/);
    expect(found.terms.every((term) => term.se === null && term.estimate !== null)).toBe(true);
  });

  it('of counts more even than Poisson: that model is given', async () => {
    const y = rows.map((row) => 4 + (row % 2));
    const found = await modelOf({ y, x }, { formula: 'y ~ x', family: 'negative-binomial' });
    expect(found.said).toMatch(/no maximum in theta.*Poisson model is given/);
    expect(found.found.family).toBe('poisson');
    expect(found.fit.theta).toBeNull();
    const plain = await modelOf({ y, x }, { formula: 'y ~ x', family: 'poisson' });
    expect(found.terms).toEqual(plain.terms);
  });

  it('of proportions without numbers of trials, and of counts that are not whole', async () => {
    const share = rows.map((row) => (1 + (row % 5)) / 7);
    expect((await modelOf({ share, x }, { formula: 'share ~ x', ...logistic })).said).toMatch(/weights.*quasibinomial/);
    expect((await modelOf({ share, x }, { formula: 'share ~ x', family: 'quasibinomial' })).said).not.toMatch(/whole/);
    const found = await modelOf({ share, x }, { formula: 'share ~ x', family: 'poisson' });
    expect(found.said).toMatch(/not whole numbers, so logLik/);
    expect(found.fit.logLik).toBeNull();
  });

  it('of a row with leverage 1, for HC2 and HC3 alone', async () => {
    const only = rows.map((row) => (row === 5 ? 1 : 0));
    const data = { y: z, x, only };
    expect((await modelOf(data, { formula: 'y ~ x + only', robust: 'HC3' })).said).toMatch(/leverage 1/);
    expect((await modelOf(data, { formula: 'y ~ x + only', robust: 'HC1' })).said).toBe('');
  });

  it('of few clusters with CR1', async () => {
    const found = await modelOf({ y: z, x, group }, { formula: 'y ~ x', robust: 'CR1', cluster: 'group' });
    expect(found.said).toMatch(/3 clusters.*CR2/);
    expect(found.term('x').df).toBe(2);
  });

  it('of rows with weight 0, which do not count', async () => {
    const w = rows.map((row) => (row < 4 ? 0 : 1));
    const found = await modelOf({ y: z, x, w }, { formula: 'y ~ x', weights: 'w' });
    expect(found).toMatchObject({ n: 56, excluded: 0 });
    expect(found.said).toMatch(/4 rows have a weight of 0/);
  });
});
