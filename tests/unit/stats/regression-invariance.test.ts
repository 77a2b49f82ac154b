import { describe, expect, it } from 'vitest';
import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../../statistics/draws.ts';
import { modelOf } from './run-model.ts';

const n = 60;
const rows = Array.from({ length: n }, (_none, row) => row);
const z = rows.map((row) => Math.sin(7 * row));
const x = rows.map((row) => ((row * 37) % 60) / 10);
const group = rows.map((row) => ['a', 'b', 'c'][row % 3] as string);
const event = rows.map((row) => ((row * row) % 7 > 3 ? 1 : 0));
const count = rows.map((row) => (row * row) % 5);
const logistic = { family: 'binomial' };

describe('what cannot change an answer', () => {
  const stream = randomStream(12, 'invariance');
  const noise = normalDraws(stream, n);
  const data = { y: x.map((value, row) => value / 2 + (noise[row] as number)), x, z, group, event, count };
  const order = rows.map((row) => (row * 7) % n);
  const shuffled = Object.fromEntries(
    Object.entries(data).map(([name, values]) => [name, order.map((row) => values[row] as number | string)]),
  );
  const specs = [
    { formula: 'y ~ x * group + z' },
    { formula: 'y ~ x + z', robust: 'CR2', cluster: 'group' },
    { formula: 'event ~ x + group', family: 'binomial' },
    { formula: 'event ~ x + z', family: 'binomial', firth: true },
    { formula: 'count ~ z + group', family: 'negative-binomial' },
    { formula: 'count ~ z + group', family: 'quasipoisson' },
  ];

  it.each(specs)('the order of the rows: %j', async (spec) => {
    const [one, other] = [await modelOf(data, spec), await modelOf(shuffled, spec)];
    for (const [place, term] of one.terms.entries()) {
      expect(term.estimate).toBeCloseTo(other.terms[place]?.estimate as number, 9);
      expect(term.se).toBeCloseTo(other.terms[place]?.se as number, 7);
    }
  });

  it.each(specs)('the unit of a predictor: %j', async (spec) => {
    const [one, other] = [
      await modelOf(data, spec),
      await modelOf({ ...data, z: z.map((value) => value * 1000) }, spec),
    ];
    const place = one.terms.findIndex((term) => term.term === 'z');
    if (place < 0) return;
    expect(1000 * (other.terms[place]?.estimate as number)).toBeCloseTo(one.terms[place]?.estimate as number, 8);
    expect(other.terms[place]?.p).toBeCloseTo(one.terms[place]?.p as number, 7);
  });

  it('the name of a level, beside its term’s', async () => {
    const renamed = group.map((level) => ({ a: 'k', b: 'l', c: 'm' })[level] as string);
    const one = await modelOf(data, { formula: 'y ~ group' });
    const other = await modelOf({ ...data, group: renamed }, { formula: 'y ~ group' });
    expect(other.terms.map((term) => term.estimate)).toEqual(one.terms.map((term) => term.estimate));
    expect(other.terms[1]?.term).toBe('groupl');
  });

  it('which outcome is called the event, beside the sign', async () => {
    const one = await modelOf(data, { formula: 'factor(event) ~ x + z', ...logistic });
    const other = await modelOf(data, { formula: 'event ~ x + z', ...logistic, factors: { event: ['1', '0'] } });
    expect(one).toMatchObject({ event: '1', nonEvent: '0' });
    expect(other).toMatchObject({ event: '0', nonEvent: '1' });
    for (const [place, term] of one.terms.entries()) {
      expect(term.estimate).toBeCloseTo(-(other.terms[place]?.estimate as number), 10);
    }
  });

  it('grouping of the same events', async () => {
    const levels = ['a', 'b', 'c'];
    const of = (level: string, value: number): number =>
      rows.filter((row) => group[row] === level && event[row] === value).length;
    const grouped = {
      group: levels,
      yes: levels.map((level) => of(level, 1)),
      no: levels.map((level) => of(level, 0)),
    };
    const one = await modelOf(data, { formula: 'event ~ group', ...logistic });
    const other = await modelOf(grouped, { formula: 'cbind(yes, no) ~ group', ...logistic });
    for (const [place, term] of one.terms.entries()) {
      expect(term.estimate).toBeCloseTo(other.terms[place]?.estimate as number, 9);
      expect(term.se).toBeCloseTo(other.terms[place]?.se as number, 7);
    }
  });
});
