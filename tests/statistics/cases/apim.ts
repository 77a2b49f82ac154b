import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../draws.ts';
import { iterative, type LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

type Columns = Record<string, (number | string | null)[]>;

function couples(n: number, label: string, scale = 1, origin = 0): Columns {
  const stream = randomStream(21, `apim-${label}`);
  const [x1, shared, own, e1, common, e2, age] = Array.from({ length: 7 }, () => normalDraws(stream, n)) as number[][];
  const at = (list: number[] | undefined, row: number): number => list?.[row] as number;
  const rows = Array.from({ length: n }, (_none, row) => {
    const x2 = 0.3 * at(shared, row) + 0.3 * at(x1, row) + at(own, row);
    const years = 10 + 4 * at(age, row);
    return {
      x1: at(x1, row),
      x2,
      y1: 2 + 0.5 * at(x1, row) + 0.2 * x2 + at(e1, row) + 0.5 * at(common, row) + 0.03 * years,
      y2: 1 + 0.15 * at(x1, row) + 0.4 * x2 + 1.3 * at(e2, row) + 0.5 * at(common, row),
      years,
    };
  });
  const list = (name: 'x1' | 'x2' | 'y1' | 'y2'): number[] => rows.map((row) => origin + scale * row[name]);
  return {
    x1: list('x1'),
    x2: list('x2'),
    y1: list('y1'),
    y2: list('y2'),
    years: rows.map(({ years }) => Math.round(years)),
    children: rows.map((_row, row) => (['none', 'some', 'many'] as const)[(row * 11) % 3] as string),
  };
}

/** Leaves out cells of the columns named, the more likely the higher x1 is. */
function withGaps(columns: Columns, names: readonly string[], share: number): Columns {
  const stream = randomStream(8, `gaps-${names.join()}`);
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [
      name,
      names.includes(name)
        ? values.map((value, row) =>
            stream.nextUniform() < share * (1 + 0.5 * Math.tanh(columns['x1']?.[row] as number)) ? null : value,
          )
        : values,
    ]),
  );
}

function resamplesOf(n: number, count: number): string {
  const stream = randomStream(6, `couples-${n}`);
  const lines = Array.from({ length: count }, () => Array.from({ length: n }, () => 1 + stream.nextBelow(n)).join(','));
  return `${[Array.from({ length: n }, (_none, place) => `V${place + 1}`).join(','), ...lines].join('\n')}\n`;
}

const roles = { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2' };
type Case = Omit<LiveCase, 'procedure' | 'tolerance' | 'data'> & { readonly columns: Columns };
const cases: readonly Case[] = [
  { name: 'complete couples', columns: couples(120, 'complete'), spec: roles },
  {
    name: 'named roles, covariates of both kinds, 90% limits, rows missing a value left out',
    columns: withGaps(couples(160, 'covariates'), ['y1', 'years', 'children'], 0.1),
    spec: {
      ...roles,
      names: ['officer', 'partner'],
      covariates: ['years', 'children'],
      confidence: 0.9,
      factors: { children: ['none'] },
    },
  },
  {
    name: 'k by resamples of couples, BCa',
    columns: couples(60, 'resamples'),
    spec: { ...roles, covariates: ['years'], interval: 'bca', resamples: 'index.csv' },
    files: { 'index.csv': resamplesOf(60, 150) },
  },
  {
    name: 'full information, outcomes and predictors missing',
    columns: withGaps(couples(150, 'fiml'), ['x1', 'x2', 'y1', 'y2'], 0.2),
    spec: { ...roles, missing: 'fiml' },
  },
  {
    name: 'full information with covariates of both kinds, some couples without any value',
    columns: withGaps(
      Object.fromEntries(
        Object.entries(couples(140, 'fiml-covariate')).map(([name, values]) => [
          name,
          values.map((value, row) => (row % 35 === 4 ? null : value)),
        ]),
      ),
      ['x2', 'y1', 'y2', 'years', 'children'],
      0.2,
    ),
    spec: { ...roles, missing: 'fiml', covariates: ['years', 'children'], names: ['A', 'B'] },
  },
  {
    name: 'full information, k by resamples of couples',
    columns: withGaps(couples(90, 'fiml-resamples'), ['x2', 'y1', 'y2'], 0.15),
    spec: { ...roles, missing: 'fiml', resamples: 'index.csv' },
    files: { 'index.csv': resamplesOf(90, 20) },
  },
  { name: 'a distant origin', columns: couples(110, 'distant', 10, 500), spec: roles },
];

export const apimCases: readonly LiveCase[] = cases.map(({ columns, ...rest }) => ({
  ...rest,
  tolerance: iterative,
  procedure: 'apim',
  data: csvOf(columns),
}));
