import { randomStream } from '#shared/domain/random.ts';
import { closedForm, type LiveCase } from '../live-case.ts';
import { csvOf } from '../run-procedure.ts';

type Columns = Record<string, (number | string | null)[]>;

/** One row a cell, with its count. */
function cells(values: readonly (readonly number[])[], rows?: readonly string[], columns?: readonly string[]): string {
  const list = values.flatMap((row, i) =>
    row.map((n, j) => ({ row: rows?.[i] ?? `r${i + 1}`, column: columns?.[j] ?? `c${j + 1}`, n })),
  );
  return csvOf({
    row: list.map(({ row }) => row),
    column: list.map(({ column }) => column),
    n: list.map(({ n }) => n),
  });
}

/** Rows of people in strata, the outcome’s chance rising with exposure and stratum. */
function people(n: number, outcomes: readonly string[], strata: number, label: string): Columns {
  const stream = randomStream(31, label);
  const rows = Array.from({ length: n }, () => {
    const stratum = stream.nextBelow(strata);
    const exposed = stream.nextUniform() < 0.3 + 0.1 * stratum;
    const chance = 0.25 + 0.2 * (exposed ? 1 : 0) + 0.05 * stratum;
    const other = outcomes[1 + stream.nextBelow(outcomes.length - 1)] as string;
    return {
      exposure: exposed ? 'yes' : 'no',
      outcome: stream.nextUniform() < chance ? (outcomes[0] as string) : other,
      stratum: `s${stratum + 1}`,
      shift: ['day', 'late', 'night'][stream.nextBelow(3)] as string,
      missing: stream.nextUniform() < 0.08,
    };
  });
  return {
    exposure: rows.map(({ exposure, missing }) => (missing ? null : exposure)),
    outcome: rows.map(({ outcome }) => outcome),
    stratum: rows.map(({ stratum }) => stratum),
    shift: rows.map(({ shift }) => shift),
  };
}

/** Two ratings that agree more often than chance. */
function ratings(n: number, levels: readonly string[], label: string, second = levels): Columns {
  const stream = randomStream(32, label);
  const first = Array.from({ length: n }, () => levels[stream.nextBelow(levels.length)] as string);
  return {
    first,
    second: first.map((level) =>
      stream.nextUniform() < 0.5 && second.includes(level)
        ? level
        : (second[stream.nextBelow(second.length)] as string),
    ),
  };
}

const counted = { row: 'row', column: 'column', weight: 'n' };
type Case = Omit<LiveCase, 'procedure' | 'tolerance'>;

const tables: readonly (readonly [string, readonly (readonly number[])[]])[] = [
  [
    'small',
    [
      [4, 2],
      [1, 6],
    ],
  ],
  [
    'an empty cell',
    [
      [0, 5],
      [4, 3],
    ],
  ],
  [
    'nothing in common',
    [
      [6, 0],
      [0, 7],
    ],
  ],
  [
    'one empty cell below',
    [
      [12, 0],
      [3, 9],
    ],
  ],
  [
    'rare events',
    [
      [12, 3_988],
      [4, 4_996],
    ],
  ],
  [
    'large counts',
    [
      [41_000, 32_000],
      [39_000, 35_500],
    ],
  ],
  [
    'two by three',
    [
      [2, 9, 4],
      [5, 1, 7],
    ],
  ],
  [
    'two by eight',
    [
      [4, 9, 2, 1, 7, 3, 2, 5],
      [1, 5, 2, 4, 5, 9, 7, 3],
    ],
  ],
  [
    'five by two',
    [
      [2, 3],
      [5, 1],
      [1, 6],
      [3, 3],
      [8, 2],
    ],
  ],
  [
    'three by four',
    [
      [5, 2, 3, 8],
      [1, 7, 4, 2],
      [3, 3, 9, 1],
    ],
  ],
  [
    'four by four',
    [
      [9, 2, 1, 3],
      [2, 11, 4, 1],
      [3, 1, 8, 2],
      [1, 2, 3, 7],
    ],
  ],
  [
    'three by three of two hundred',
    [
      [41, 12, 16],
      [9, 35, 20],
      [17, 21, 29],
    ],
  ],
];

const tableCases: readonly Case[] = tables.flatMap(([name, values]): Case[] => [
  { name: `${name}, counted`, data: cells(values), spec: counted },
  ...(values[0]?.length === 2
    ? [
        {
          name: `${name}, the other event, 90%`,
          data: cells(values),
          spec: { ...counted, event: 'c2', confidence: 0.9 },
        },
      ]
    : []),
]);

const moreCases: readonly Case[] = [
  {
    name: 'counts that are not whole',
    data: cells([
      [4.5, 3.25],
      [1, 5.5],
    ]),
    spec: counted,
  },
  {
    name: 'scores',
    data: cells([
      [4, 3, 9],
      [7, 5, 2],
    ]),
    spec: { ...counted, scores: [0, 1, 5] },
  },
  {
    name: 'an event of three',
    data: cells([
      [13, 7, 21],
      [29, 7, 7],
    ]),
    spec: { ...counted, event: 'c3' },
  },
  {
    name: 'a level without a count',
    data: cells([
      [8, 3, 0],
      [2, 9, 0],
    ]),
    spec: counted,
  },
  {
    name: 'people, levels in an order of one’s own',
    data: csvOf(people(120, ['hurt', 'well'], 1, 'orders')),
    spec: { row: 'exposure', column: 'outcome', factors: { exposure: ['yes', 'no'] } },
  },
  {
    name: 'a trend over shifts',
    data: csvOf(people(90, ['hurt', 'well'], 1, 'trend')),
    spec: { row: 'shift', column: 'outcome', event: 'hurt', factors: { shift: ['night', 'late', 'day'] } },
  },
  ...[2, 5].map(
    (strata): Case => ({
      name: `people in ${strata} strata`,
      data: csvOf(people(60 * strata, ['hurt', 'well'], strata, `strata ${strata}`)),
      spec: { row: 'exposure', column: 'outcome', strata: 'stratum', confidence: strata === 2 ? 0.9 : 0.95 },
    }),
  ),
  {
    name: 'many small strata, some that cannot tell',
    data: csvOf(people(70, ['hurt', 'well'], 14, 'small strata')),
    spec: { row: 'exposure', column: 'outcome', strata: 'stratum' },
  },
  {
    name: 'three outcomes in strata',
    data: csvOf(people(200, ['hurt', 'sore', 'well'], 3, 'outcomes')),
    spec: { row: 'shift', column: 'outcome', strata: 'stratum' },
  },
  {
    name: 'two ratings of two levels',
    data: csvOf(ratings(75, ['fit', 'unfit'], 'two')),
    spec: { row: 'first', column: 'second' },
  },
  {
    name: 'two ratings of four levels, in their order',
    data: csvOf(ratings(90, ['low', 'fair', 'good', 'high'], 'four')),
    spec: {
      ...{ row: 'first', column: 'second', confidence: 0.9 },
      factors: { first: ['low', 'fair', 'good', 'high'], second: ['low', 'fair', 'good', 'high'] },
    },
  },
  {
    name: 'a level that one rater never uses',
    data: csvOf(ratings(60, ['a', 'b', 'c'], 'unused', ['a', 'b'])),
    spec: { row: 'first', column: 'second' },
  },
];

export const contingencyCases: readonly LiveCase[] = [...tableCases, ...moreCases].map((live) => ({
  ...live,
  procedure: 'contingency',
  tolerance: { ...closedForm, estimate: 1e-8 },
}));
