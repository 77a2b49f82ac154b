import { randomStream } from '#shared/domain/random.ts';
import { normalDraws } from '../draws.ts';
import { closedForm, type LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

type Columns = Record<string, (number | string | null)[]>;

const rounded = (value: number, digits: number): number =>
  digits < 0 ? Math.round(value * 10 ** digits) / 10 ** digits : Number(value.toFixed(digits));

/** Two groups that differ in mean and spread; values rounded, so that few digits make ties. */
function twoGroups(first: number, second: number, digits = 9, label = 'groups'): Columns {
  const stream = randomStream(21, `${label} ${first} ${second} ${digits}`);
  const a = normalDraws(stream, first);
  const b = normalDraws(stream, second);
  return {
    y: [...a, ...b.map((value) => 0.4 + 1.5 * value)].map((value) => rounded(value, digits)),
    group: [...a.map(() => 'treated'), ...b.map(() => 'control')],
    number: [...a.map(() => 10), ...b.map(() => 9)],
  };
}

function pairs(n: number, digits = 9): Columns {
  const stream = randomStream(22, `pairs ${n} ${digits}`);
  const before = normalDraws(stream, n);
  const change = normalDraws(stream, n);
  return {
    before: before.map((value) => rounded(50 + 10 * value, digits)),
    after: before.map((value, row) => rounded(50 + 10 * value - 2 + 5 * change[row]!, digits)),
  };
}

function gaps(columns: Columns, every: number): Columns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values], place) => [
      name,
      values.map((value, row) => ((row + place) % every === 1 ? null : value)),
    ]),
  );
}

function moved(columns: Columns, name: string, origin: number, unit: number): Columns {
  return { ...columns, [name]: (columns[name] as number[]).map((value) => origin + unit * value) };
}

type Case = Omit<LiveCase, 'procedure' | 'tolerance' | 'data'> & { readonly columns: Columns };

const byGroup = { y: 'y', group: 'group' };

const meanCases: readonly Case[] = [
  { name: 'Welch, unequal sizes', columns: twoGroups(12, 31), spec: byGroup },
  {
    name: 'one variance, groups named by numbers, mu, 90% limits, gaps',
    columns: gaps(twoGroups(25, 18), 7),
    spec: { y: 'y', group: 'number', equalVariance: true, mu: 0.5, confidence: 0.9 },
  },
  {
    name: 'levels in an order of one’s own',
    columns: twoGroups(9, 9),
    spec: { ...byGroup, factors: { group: ['treated', 'control'] } },
  },
  { name: 'two values in a group', columns: twoGroups(2, 5), spec: byGroup },
  {
    name: 'one value in a group, one variance',
    columns: twoGroups(1, 6),
    spec: { ...byGroup, equalVariance: true },
  },
  { name: 'large groups', columns: twoGroups(900, 1_100), spec: byGroup },
  { name: 'a distant origin', columns: moved(twoGroups(20, 22), 'y', 1e7, 1), spec: byGroup },
  { name: 'a small unit', columns: moved(twoGroups(20, 22), 'y', 0, 1e-70), spec: byGroup, floor: 0 },
  { name: 'pairs with gaps', columns: gaps(pairs(28), 6), spec: { paired: ['before', 'after'] } },
  { name: 'two pairs, mu', columns: pairs(2), spec: { paired: ['before', 'after'], mu: -1, confidence: 0.8 } },
  { name: 'one sample', columns: pairs(17), spec: { y: 'before', mu: 47, confidence: 0.99 } },
  { name: 'one sample far from mu', columns: pairs(40), spec: { y: 'before', mu: 30 } },
];

const rankCases: readonly Case[] = [
  { name: 'exact, unequal sizes, mu', columns: twoGroups(7, 12), spec: { ...byGroup, mu: 0.3 } },
  { name: 'exact, the largest that is', columns: twoGroups(49, 49), spec: byGroup },
  { name: 'too few values for the limits', columns: twoGroups(3, 3), spec: byGroup },
  { name: 'one value against many', columns: twoGroups(1, 45), spec: byGroup },
  { name: 'normal from fifty values', columns: twoGroups(50, 12), spec: byGroup },
  { name: 'exact on request', columns: twoGroups(55, 51), spec: { ...byGroup, exact: true } },
  { name: 'normal on request', columns: twoGroups(9, 8), spec: { ...byGroup, exact: false, confidence: 0.9 } },
  { name: 'ties', columns: twoGroups(23, 30, 1), spec: byGroup },
  { name: 'many ties, gaps', columns: gaps(twoGroups(40, 70, 0), 9), spec: byGroup },
  { name: 'exact given the ties', columns: twoGroups(15, 11, 0), spec: { ...byGroup, exact: true } },
  { name: 'large groups with ties', columns: twoGroups(300, 400, 2), spec: byGroup },
  { name: 'pairs, exact, gaps', columns: gaps(pairs(30), 8), spec: { paired: ['before', 'after'] } },
  { name: 'pairs, normal', columns: pairs(64), spec: { paired: ['before', 'after'], mu: -3, confidence: 0.99 } },
  { name: 'pairs with ties and zeros', columns: pairs(40, 0), spec: { paired: ['before', 'after'] } },
  {
    name: 'pairs with ties and zeros, exact given them',
    columns: pairs(22, 0),
    spec: { paired: ['before', 'after'], exact: true },
  },
  { name: 'few pairs with ties', columns: pairs(6, -1), spec: { paired: ['before', 'after'] } },
  { name: 'one sample, exact, mu', columns: pairs(12), spec: { y: 'before', mu: 48 } },
];

/** Two factors and a covariate, unbalanced. */
function crossed(n: number, label: string, without: (a: string, b: string) => boolean = () => false): Columns {
  const stream = randomStream(23, label);
  const x = normalDraws(stream, n);
  const noise = normalDraws(stream, n);
  const rows = x.map((value, row) => {
    const a = ['p', 'q', 'r'][stream.nextBelow(3)] as string;
    const b = stream.nextUniform() < 0.6 ? 'u' : 'v';
    const effect = (a === 'q' ? 1 : 0) + (b === 'u' && a === 'r' ? 0.8 : 0);
    return { a, b, x: rounded(value, 6), z: 1 + stream.nextBelow(4), y: rounded(12 + effect + value + noise[row]!, 6) };
  });
  const kept = rows.filter(({ a, b }) => !without(a, b));
  return {
    ...{ y: kept.map(({ y }) => y), a: kept.map(({ a }) => a), b: kept.map(({ b }) => b) },
    ...{ x: kept.map((row) => row.x), z: kept.map(({ z }) => z) },
  };
}

const formulas = [
  'y ~ a',
  'y ~ a * b',
  'y ~ a * b + x',
  'y ~ a * x',
  'log(y) ~ b / a',
  'y ~ a + factor(z) + x + I(x^2)',
  'y ~ a * b * x',
  'y ~ a + offset(x)',
  'y ~ a + a:b',
  'y ~ a - 1',
];

const varianceCases: readonly Case[] = [
  ...formulas.flatMap((formula, place): Case[] =>
    [1, 2, 3].map((type) => ({
      name: `${formula}, type ${type}`,
      columns: crossed(60 + 7 * place, formula),
      spec: { formula, type },
    })),
  ),
  ...[1, 2, 3].map(
    (type): Case => ({
      name: `an empty cell, type ${type}`,
      columns: crossed(80, 'empty', (a, b) => a === 'p' && b === 'u'),
      spec: { formula: 'y ~ a * b', type, factors: { a: ['r', 'p'] } },
    }),
  ),
  {
    name: 'gaps, a collinear column',
    columns: gaps(crossed(90, 'gaps'), 11),
    spec: { formula: 'y ~ x + I(2 * x) + a' },
  },
  {
    name: 'a distant origin',
    columns: moved(crossed(70, 'far'), 'y', 1e6, 1),
    spec: { formula: 'y ~ a * b', type: 3 },
  },
  {
    name: 'a small unit',
    columns: moved(crossed(70, 'small'), 'y', 0, 1e-90),
    spec: { formula: 'y ~ a + b' },
    floor: 0,
  },
];

function fourGroups(n: number, digits: number): Columns {
  const stream = randomStream(24, `four ${n} ${digits}`);
  const values = normalDraws(stream, n);
  const groups = values.map(() => stream.nextBelow(4));
  return {
    y: values.map((value, row) => rounded(value + 0.3 * groups[row]!, digits)),
    group: groups.map((group) => ['north', 'south', 'east', 'west'][group] as string),
  };
}

const kruskalCases: readonly Case[] = [
  { name: 'no ties', columns: fourGroups(70, 9), spec: byGroup },
  { name: 'ties and gaps', columns: gaps(fourGroups(120, 1), 10), spec: byGroup },
  { name: 'few values, most tied', columns: fourGroups(30, 0), spec: { ...byGroup, factors: { group: ['west'] } } },
  { name: 'groups of more than fifty', columns: fourGroups(500, 3), spec: byGroup },
  { name: 'two groups', columns: twoGroups(14, 19), spec: byGroup },
];

const ofProcedure = (procedure: string, cases: readonly Case[]): LiveCase[] =>
  cases.map(({ columns, ...rest }) => ({ ...rest, procedure, data: csvOf(columns), tolerance: closedForm }));

export const groupComparisonCases: readonly LiveCase[] = [
  ...ofProcedure('t-test', meanCases),
  ...ofProcedure('wilcoxon', rankCases),
  ...ofProcedure('anova', varianceCases),
  ...ofProcedure('kruskal', kruskalCases),
];
