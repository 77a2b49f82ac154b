import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../draws.ts';
import { closedForm, type LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

const tolerance = { ...closedForm, z0: 1e-7, acceleration: 1e-7 };

type Columns = Record<string, (number | string | null)[]>;

function people(n: number, label: string): Columns {
  const stream = randomStream(11, `mediation-${label}`);
  const [x, e1, e2, e3, ey, age] = Array.from({ length: 6 }, () => normalDraws(stream, n)) as number[][];
  const at = (list: number[] | undefined, row: number): number => list?.[row] as number;
  const rows = Array.from({ length: n }, (_none, row) => {
    const m1 = 0.5 * at(x, row) + at(e1, row) + 0.2 * at(age, row);
    const m2 = 0.3 * at(x, row) + 0.4 * m1 + at(e2, row);
    const m3 = -0.2 * at(x, row) + 0.3 * m2 + at(e3, row) + 0.3 * at(e1, row);
    return { m1, m2, m3, y: 0.2 * at(x, row) + 0.4 * m1 - 0.3 * m2 + 0.25 * m3 + at(ey, row) };
  });
  return {
    x: x as number[],
    m1: rows.map(({ m1 }) => m1),
    m2: rows.map(({ m2 }) => m2),
    m3: rows.map(({ m3 }) => m3),
    y: rows.map(({ y }) => y),
    age: (age as number[]).map((value) => Math.round(40 + 9 * value)),
    team: rows.map((_row, row) => ['north', 'south', 'east'][(row * 7) % 3] as string),
    group: (x as number[]).map((value) => (value > 0 ? 'treated' : 'control')),
  };
}

/** Row numbers as a file: one resample a line, or one a column. */
function resamplesOf(n: number, count: number, layout: 'line' | 'column' = 'line'): string {
  const stream = randomStream(5, `resamples-${n}-${count}`);
  const lists = Array.from({ length: count }, () => Array.from({ length: n }, () => 1 + stream.nextBelow(n)));
  const lines =
    layout === 'line' ? lists : Array.from({ length: n }, (_none, row) => lists.map((list) => list[row] as number));
  const header = (lines[0] as number[]).map((_value, place) => `V${place + 1}`);
  return `${[header, ...lines].map((line) => line.join(',')).join('\n')}\n`;
}

function gaps(columns: Columns, names: readonly string[], every: number): Columns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [
      name,
      names.includes(name)
        ? values.map((value, row) => ((row + names.indexOf(name)) % every === 2 ? null : value))
        : values,
    ]),
  );
}

const distant = Object.fromEntries(
  Object.entries(people(80, 'distant')).map(([name, values]) => [
    name,
    values.map((value) => (typeof value === 'number' && name !== 'age' ? 5e5 + 1e3 * value : value)),
  ]),
) as Columns;

type Case = Omit<LiveCase, 'procedure' | 'tolerance' | 'data'> & { readonly columns: Columns };
const cases: readonly Case[] = [
  { name: 'one mediator, delta', columns: people(60, 'one'), spec: { x: 'x', m: ['m1'], y: 'y', method: 'delta' } },
  {
    name: 'two levels of x, covariates of both kinds, 90% limits',
    columns: people(90, 'levels'),
    spec: {
      x: 'group',
      m: 'm1',
      y: 'y',
      covariates: ['age', 'team'],
      method: 'delta',
      confidence: 0.9,
      factors: { group: ['treated', 'control'], team: ['south'] },
    },
  },
  {
    name: 'parallel mediators whose residuals covary, monte-carlo',
    columns: people(75, 'parallel'),
    spec: { x: 'x', m: ['m1', 'm2', 'm3'], y: 'y', method: 'monte-carlo', samples: 200 },
  },
  {
    name: 'serial mediators with missing values, delta',
    columns: gaps(people(120, 'serial'), ['m1', 'y', 'team'], 9),
    spec: { x: 'x', m: ['m1', 'm2', 'm3'], y: 'y', structure: 'serial', covariates: ['team'], method: 'delta' },
  },
  {
    name: 'resamples a line, percentile limits, parallel',
    columns: people(60, 'one'),
    spec: { x: 'x', m: ['m1', 'm2'], y: 'y', covariates: ['team'], resamples: 'index.csv' },
    files: { 'index.csv': resamplesOf(60, 199) },
  },
  {
    name: 'resamples a column, BCa limits, serial, x of two levels',
    columns: people(70, 'bca'),
    spec: { x: 'group', m: ['m1', 'm2'], y: 'y', structure: 'serial', interval: 'bca', resamples: 'index.csv' },
    files: { 'index.csv': resamplesOf(70, 150, 'column') },
  },
  {
    name: 'resamples of the rows in use where some are missing',
    columns: gaps(people(64, 'gaps'), ['m1'], 8),
    spec: { x: 'x', m: ['m1'], y: 'y', interval: 'bca', resamples: 'index.csv' },
    files: { 'index.csv': resamplesOf(56, 120) },
  },
  {
    name: 'resamples of all rows where some are missing, a delta method beside them',
    columns: gaps(people(64, 'gaps'), ['m1'], 8),
    spec: { x: 'x', m: ['m1'], y: 'y', method: 'delta', resamples: 'index.csv' },
    files: { 'index.csv': resamplesOf(64, 120) },
  },
  {
    name: 'a distant origin and a large unit',
    columns: distant,
    spec: {
      x: 'x',
      m: ['m1', 'm2'],
      y: 'y',
      structure: 'serial',
      covariates: ['age'],
      resamples: 'index.csv',
      interval: 'bca',
    },
    files: { 'index.csv': resamplesOf(80, 100) },
  },
];

export const mediationCases: readonly LiveCase[] = cases.map(({ columns, ...rest }) => ({
  ...rest,
  tolerance,
  procedure: 'mediation',
  data: csvOf(columns),
}));
