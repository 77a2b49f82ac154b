import { describe, expect, it } from 'vitest';
import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import { modelOf, refusal } from './run-model.ts';

const n = 60;
const rows = Array.from({ length: n }, (_none, row) => row);
const z = rows.map((row) => Math.sin(7 * row));
const x = rows.map((row) => ((row * 37) % 60) / 10);
const event = rows.map((row) => ((row * row) % 7 > 3 ? 1 : 0));

describe('ridge', () => {
  const stream = randomStream(3, 'ridge');
  const noise = normalDraws(stream, n);
  const data = { y: x.map((value, row) => value + (noise[row] as number)), x, z, event };

  it('shrinks towards the mean as lambda grows, and is least squares at 0', async () => {
    const plain = await modelOf(data, { formula: 'y ~ x + z' });
    const none = await modelOf(data, { formula: 'y ~ x + z', lambda: 0 }, 'ridge');
    for (const name of ['(Intercept)', 'x', 'z']) {
      expect(none.term(name).estimate).toBeCloseTo(plain.term(name).estimate as number, 10);
    }
    let last = Number.POSITIVE_INFINITY;
    for (const lambda of [0.01, 0.1, 1, 10, 1e6]) {
      const size = Math.abs(
        (await modelOf(data, { formula: 'y ~ x + z', lambda }, 'ridge')).term('x').estimate as number,
      );
      expect(size).toBeLessThan(last);
      last = size;
    }
    expect(last).toBeLessThan(1e-4);
  });

  it('solves the penalised normal equations', async () => {
    const lambda = 0.7;
    const found = await modelOf(data, { formula: 'y ~ x', lambda }, 'ridge');
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / n;
    const [mx, my] = [mean(x), mean(data.y)];
    const sxx = mean(x.map((value) => (value - mx) ** 2));
    const sxy = mean(x.map((value, row) => (value - mx) * ((data.y[row] as number) - my)));
    const sy = Math.sqrt(mean(data.y.map((value) => (value - my) ** 2)));
    const slope = sxy / sxx / (1 + lambda / sy);
    expect(found.term('x').estimate).toBeCloseTo(slope, 12);
    expect(found.term('(Intercept)').estimate).toBeCloseTo(my - slope * mx, 12);
  });

  it('chooses the same lambda from the same seed, from a path of 100', async () => {
    const spec = { formula: 'event ~ x + z', family: 'binomial', folds: 5, seed: 4 };
    const [one, other] = [await modelOf(data, spec, 'ridge'), await modelOf(data, spec, 'ridge')];
    expect(one.found.lambda).toBe(other.found.lambda);
    expect(one.found.cv).toHaveLength(100);
    const another = await modelOf(data, { ...spec, seed: 5 }, 'ridge');
    expect(another.found.cv).not.toEqual(one.found.cv);
  });

  it('leaves a predictor that does not vary at 0, and says so', async () => {
    const found = await modelOf(
      { ...data, still: rows.map(() => 3) },
      { formula: 'y ~ x + still', lambda: 0.1 },
      'ridge',
    );
    expect(found.term('still').estimate).toBe(0);
    expect(found.said).toMatch(/still does not vary/);
  });

  it.each([
    [{ formula: 'y ~ 1', lambda: 1 }, /no predictor/],
    [{ formula: 'y ~ x', folds: 61 }, /61 folds.*60 rows/],
    [{ formula: 'y ~ x', folds: 2 }, /BAD_SPEC/],
    [{ formula: 'y ~ x', foldid: 'event' }, /2 folds/],
    [{ formula: 'y ~ x', lambda: -1 }, /BAD_SPEC/],
    [{ formula: 'y ~ x', alpha: 2, lambda: 1 }, /BAD_SPEC/],
    [{ formula: 'still ~ x', lambda: 1 }, /same value in every row/],
  ])('refuses %j', async (spec, words) => {
    expect(await refusal({ ...data, still: rows.map(() => 3) }, spec, 'ridge')).toMatch(words);
  });
});
