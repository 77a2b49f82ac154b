import { z } from 'zod';
import { ExpectedError } from '#shared/domain/result.ts';
import { categoriesIn, completeRows, type DataTable, numbersIn, numericColumn } from '../../data/table.ts';
import { rColumn, scriptOpening } from '../../r/script.ts';
import { columnSpec, commonSpec } from '../common-spec.ts';
import type { RunContext } from '../procedure.ts';

/** What t-test and wilcoxon compare: y between two groups, two columns row by row, or y with a number. */
export const comparedSpec = {
  ...commonSpec,
  y: columnSpec.optional(),
  /** A column of two values; without it, y is compared with `mu`. */
  group: columnSpec.optional(),
  /** Two columns, compared row by row. */
  paired: z.tuple([columnSpec, columnSpec]).optional(),
  /** Value of the null hypothesis. */
  mu: z.number().default(0),
};

export type ComparedSpec = {
  readonly y?: string | undefined;
  readonly group?: string | undefined;
  readonly paired?: readonly [string, string] | undefined;
  readonly mu: number;
  readonly confidence: number;
  readonly factors: Readonly<Record<string, readonly string[]>>;
};

/** Refines the schema: y with or without a group, or else paired. */
export function isOneComparison(spec: ComparedSpec): boolean {
  return spec.paired ? spec.y === undefined && spec.group === undefined : spec.y !== undefined;
}

export const oneComparison = {
  message: 'give “y” (with “group” where two groups are compared), or “paired” with two columns, not both',
};

export function comparedColumns(spec: ComparedSpec): readonly string[] {
  return spec.paired ?? [spec.y, spec.group].filter((name) => name !== undefined);
}

export type NamedSample = { readonly group: string; readonly values: Float64Array };

/** One sample (a column, or differences of pairs, first minus second) or two, in the order of the levels. */
export type ComparedSamples = {
  readonly kind: 'one' | 'paired' | 'two';
  readonly n: number;
  readonly excluded: number;
  /** For pairs, both columns. */
  readonly samples: readonly NamedSample[];
  /** What is tested: the column, the differences, or the first group. */
  readonly first: Float64Array;
  readonly second: Float64Array | null;
};

/** @throws ExpectedError BAD_COLUMN for text or infinite values, REFUSED_MODEL where there are not two groups. */
export function readSamples(table: DataTable, spec: ComparedSpec): ComparedSamples {
  const names = comparedColumns(spec);
  const rows = completeRows(table, names);
  const counts = { n: rows.length, excluded: table.rows - rows.length };
  if (spec.paired) {
    const [a, b] = spec.paired;
    const first = numbersIn(table, a, rows);
    const second = numbersIn(table, b, rows);
    const differences = new Float64Array(rows.length);
    for (let i = 0; i < differences.length; i += 1) differences[i] = (first[i] as number) - (second[i] as number);
    if (differences.some((value) => !Number.isFinite(value))) {
      throw new ExpectedError(
        'REFUSED_MODEL',
        `A difference between “${a}” and “${b}” is too large for a number of double precision.`,
        'Nothing was computed. Use larger units.',
      );
    }
    const samples = [
      { group: a, values: first },
      { group: b, values: second },
    ];
    return { kind: 'paired', ...counts, samples, first: differences, second: null };
  }
  const y = spec.y as string;
  numericColumn(table, y);
  const values = numbersIn(table, y, rows);
  if (spec.group === undefined) {
    return { kind: 'one', ...counts, samples: [{ group: y, values }], first: values, second: null };
  }
  const samples = splitByGroup(table, values, spec.group, rows, spec.factors[spec.group]);
  if (samples.length !== 2) throw notTwoGroups(spec.group, samples);
  const [first, second] = samples as [NamedSample, NamedSample];
  return { kind: 'two', ...counts, samples, first: first.values, second: second.values };
}

function notTwoGroups(group: string, samples: readonly NamedSample[]): ExpectedError {
  return new ExpectedError(
    'REFUSED_MODEL',
    samples.length < 2
      ? `“${group}” has only one value, “${samples[0]?.group ?? ''}”, in the rows that are used.`
      : `“${group}” has ${samples.length} values, not two.`,
    samples.length < 2
      ? 'Nothing was computed. Two groups are compared: choose a column of two values, or leave “group” out.'
      : 'Nothing was computed. Use anova or kruskal for more than two groups, or data of two of them.',
    { column: group },
  );
}

/** Values by group, in the order of the levels. */
export function splitByGroup(
  table: DataTable,
  values: Float64Array,
  group: string,
  rows: Int32Array,
  order: readonly string[] | undefined,
): NamedSample[] {
  const { codes, levels } = categoriesIn(table, group, rows, order);
  const sizes = new Int32Array(levels.length);
  for (const code of codes) sizes[code] = (sizes[code] as number) + 1;
  const parts = levels.map((level, index) => ({
    group: level,
    values: new Float64Array(sizes[index] as number),
  }));
  const next = new Int32Array(levels.length);
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i] as number;
    const place = next[code] as number;
    (parts[code] as NamedSample).values[place] = values[i] as number;
    next[code] = place + 1;
  }
  return parts;
}

/** Script lines that leave `x`, and `y` or NULL, as they are compared here. */
export function samplesScript(table: DataTable, spec: ComparedSpec, { dataName }: RunContext): string[] {
  const opening = scriptOpening([], { dataName, table, columns: comparedColumns(spec), factors: spec.factors });
  if (spec.paired) {
    const [a, b] = spec.paired;
    return [...opening, `first <- ${rColumn(a)}; second <- ${rColumn(b)}`, 'x <- first - second; y <- NULL'];
  }
  if (spec.group === undefined) return [...opening, `x <- ${rColumn(spec.y as string)}; y <- NULL`];
  return [
    ...opening,
    `parts <- split(${rColumn(spec.y as string)}, factor(${rColumn(spec.group)}))`,
    'x <- parts[[1]]; y <- parts[[2]]',
  ];
}
