import { type RandomStream, randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../draws.ts';
import type { LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

/** The Hessian behind lmerTest's degrees of freedom is numeric. */
const mixed = { default: 1e-6, df: 1e-5, p: 1e-5 } as const;

type Columns = Readonly<Record<string, readonly (number | string | null)[]>>;

/** Groups of unequal size with a random intercept and slope, a group-level factor and a covariate. */
export function grouped(stream: RandomStream, groups: number, largest: number, slope = 0.6): Columns {
  const id: string[] = [];
  const x: number[] = [];
  const arm: string[] = [];
  const y: number[] = [];
  for (let group = 0; group < groups; group += 1) {
    const [start = 0, rise = 0] = normalDraws(stream, 2);
    const size = 3 + Math.floor(stream.nextUniform() * (largest - 2));
    const noise = normalDraws(stream, 2 * size);
    for (let row = 0; row < size; row += 1) {
      id.push(`g${100 + group}`);
      const value = row + (noise[2 * row] as number) / 3;
      x.push(value);
      arm.push(['control', 'offer', 'visit'][group % 3] as string);
      y.push(10 + 2 * start + (0.5 + slope * rise) * value + (group % 3) + (noise[2 * row + 1] as number));
    }
  }
  return { y, x, id, arm };
}

function withGaps(columns: Columns, stream: RandomStream, share: number): Columns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [
      name,
      values.map((value) => (stream.nextUniform() < share ? null : value)),
    ]),
  );
}

/** Rows in every combination of a, b and c, with an effect of each. */
function crossed(stream: RandomStream, sizes: readonly [number, number], repeats: number): Columns {
  const effects = sizes.map((size) => normalDraws(stream, size));
  const rows = { y: [] as number[], x: [] as number[], a: [] as number[], b: [] as string[] };
  for (let a = 0; a < sizes[0]; a += 1) {
    for (let b = 0; b < sizes[1]; b += 1) {
      for (const [z, e] of Array.from({ length: repeats }, () => normalDraws(stream, 2) as [number, number])) {
        if (stream.nextUniform() < 0.2) continue;
        rows.a.push(a + 1);
        rows.b.push(`b${b + 10}`);
        rows.x.push(z);
        rows.y.push(z + 2 * (effects[0]?.[a] as number) + 0.7 * (effects[1]?.[b] as number) + e);
      }
    }
  }
  return rows;
}

const stream = randomStream(3, 'mixed models');
const slopes = csvOf(grouped(stream, 24, 8));
const gaps = csvOf(withGaps(grouped(stream, 30, 7), stream, 0.04));
const flat = csvOf(grouped(stream, 15, 6, 0));
const cross = csvOf(crossed(stream, [9, 6], 3));
const far = grouped(stream, 20, 6);
const years = csvOf({ ...far, x: (far.x as number[]).map((value) => 2015 + value) });

function lmmCase(name: string, data: string, spec: Readonly<Record<string, unknown>>): LiveCase {
  return { name, procedure: 'lmm', data, spec, tolerance: mixed, floor: 1e-7 };
}

/** Visits of people in two arms, correlated, some missed. */
export function visited(stream: RandomStream, people: number, visits: number, missed: number): Columns {
  const rows = {
    y: [] as number[],
    person: [] as string[],
    visit: [] as string[],
    arm: [] as string[],
    age: [] as number[],
  };
  for (let person = 0; person < people; person += 1) {
    const [start = 0, age = 0, ...noise] = normalDraws(stream, visits + 2);
    for (let visit = 0; visit < visits; visit += 1) {
      if (stream.nextUniform() < missed) continue;
      const arm = person % 2 === 0 ? 'usual' : 'offer';
      rows.y.push(
        20 + 2 * start + (1 + visit / 3) * (noise[visit] as number) + visit * (arm === 'offer' ? 1 : 0.4) + age / 2,
      );
      rows.person.push(`p${100 + person}`);
      rows.visit.push(`v${visit + 1}`);
      rows.arm.push(arm);
      rows.age.push(age);
    }
  }
  return rows;
}

const complete = csvOf(visited(stream, 32, 4, 0));
const missed = csvOf(visited(stream, 40, 4, 0.2));
const five = csvOf(visited(stream, 26, 5, 0.12));

function mmrmCase(name: string, data: string, spec: Readonly<Record<string, unknown>>): LiveCase {
  return {
    name,
    procedure: 'mmrm',
    data,
    spec: { formula: 'y ~ arm * visit + age', id: 'person', time: 'visit', factors: { arm: ['usual'] }, ...spec },
    tolerance: mixed,
    floor: 1e-7,
  };
}

export const mixedCases: readonly LiveCase[] = [
  lmmCase('random intercept, REML', slopes, { formula: 'y ~ x * arm + (1|id)', randomEffects: true }),
  lmmCase('random slope, ML', slopes, { formula: 'y ~ x + arm + (x|id)', method: 'ML' }),
  lmmCase('random slope, Kenward and Roger', slopes, {
    formula: 'y ~ x + arm + (x|id)',
    df: 'kenward-roger',
    randomEffects: true,
  }),
  lmmCase('uncorrelated slope with gaps', gaps, {
    formula: 'y ~ x + arm + (x||id)',
    factors: { arm: ['visit'] },
    confidence: 0.9,
  }),
  lmmCase('no intercept between groups', gaps, { formula: 'y ~ x + (0 + x|id)', df: 'kenward-roger' }),
  lmmCase('slope without variance: singular', flat, { formula: 'y ~ x + (x|id)' }),
  lmmCase('slope without variance: singular, Kenward and Roger', flat, {
    formula: 'y ~ x + (x||id)',
    df: 'kenward-roger',
  }),
  lmmCase('a column far from zero', years, { formula: 'y ~ I(x - 2015) + (I(x - 2015)|id) + offset(0.1 * x)' }),
  lmmCase('crossed', cross, { formula: 'y ~ x + (1|a) + (1|b)', randomEffects: true }),
  lmmCase('crossed, with a slope, Kenward and Roger', cross, { formula: 'y ~ x + (x|a) + (1|b)', df: 'kenward-roger' }),
  lmmCase('nested', cross, { formula: 'y ~ x + (1|a/b)', df: 'kenward-roger' }),
  lmmCase('a factor’s levels vary between groups', cross, { formula: 'y ~ x + b + (0 + I(x > 0)|a)' }),
  lmmCase('a collinear column', slopes, { formula: 'y ~ x + I(2 * x) + arm + (1|id)' }),
  mmrmCase('unstructured', complete, {}),
  mmrmCase('unstructured with missed visits, Kenward and Roger', missed, { df: 'kenward-roger' }),
  mmrmCase('unstructured with missed visits, ML', missed, { method: 'ML', confidence: 0.9 }),
  mmrmCase('compound symmetry with missed visits', missed, { covariance: 'cs' }),
  mmrmCase('compound symmetry, Kenward and Roger', five, { covariance: 'cs', df: 'kenward-roger' }),
  mmrmCase('autoregressive with missed visits', five, { covariance: 'ar1' }),
  mmrmCase('autoregressive, Kenward and Roger', five, { covariance: 'ar1', df: 'kenward-roger' }),
  mmrmCase('autoregressive, a collinear column', missed, {
    covariance: 'ar1',
    formula: 'y ~ age + I(age / 2) + visit',
  }),
];
