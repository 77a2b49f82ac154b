import { z } from 'zod';
import { categoriesIn, columnNamed, type DataTable, finiteColumn } from '../data/table.ts';
import { describeValues } from '../description/describe-values.ts';
import { endOfScript, rColumn, rScript, rText, rVector, scriptOpening } from '../r/script.ts';
import { columnSpec, commonSpec } from './common-spec.ts';
import type { Outcome, Procedure, RunContext } from './procedure.ts';

const schema = z.strictObject({
  ...commonSpec,
  columns: z.array(columnSpec).min(1).max(1_000),
  /** A column whose values make groups. */
  by: columnSpec.optional(),
});
type Spec = z.output<typeof schema>;

/** The columns of one group, missing values of each left out and counted. */
function run(table: DataTable, spec: Spec, context: RunContext): Outcome {
  const groups = groupsOf(table, spec);
  const warnings: string[] = [];
  const columns = spec.columns.flatMap((name) => {
    const { values } = finiteColumn(table, name);
    return groups.map(({ group, rows }) => {
      const found = describeValues(Float64Array.from(rows, (row) => values[row] as number));
      if (found.n === 0) warnings.push(`“${name}”${group === null ? '' : ` in “${group}”`} has no value.`);
      else if (found.sd === 0) warnings.push(`“${name}”${group === null ? '' : ` in “${group}”`} does not vary.`);
      return { name, ...(group === null ? {} : { group }), ...found };
    });
  });
  const counted = groups.reduce((total, { rows }) => total + rows.length, 0);
  return { n: counted, excluded: table.rows - counted, columns, warnings, r: script(table, spec, context) };
}

function groupsOf(table: DataTable, spec: Spec): { readonly group: string | null; readonly rows: Int32Array }[] {
  const all = Int32Array.from({ length: table.rows }, (_none, row) => row);
  if (spec.by === undefined) return [{ group: null, rows: all }];
  const { codes, levels } = categoriesIn(table, spec.by, all, spec.factors[spec.by]);
  return levels.map((group, level) => ({ group, rows: all.filter((row) => codes[row] === level) }));
}

function script(table: DataTable, spec: Spec, { dataName }: RunContext): string {
  const used = spec.by === undefined ? spec.columns : [...spec.columns, spec.by];
  const by = spec.by === undefined ? [] : [spec.by];
  const order = spec.by === undefined ? undefined : spec.factors[spec.by];
  const makeFactor =
    spec.by === undefined || columnNamed(table, spec.by).kind === 'categorical' || order
      ? []
      : [`${rColumn(spec.by)} <- factor(${rColumn(spec.by)})`];
  return rScript(
    scriptOpening([], { dataName, table, columns: used, factors: spec.factors, complete: false }),
    makeFactor,
    by.map((name) => `data <- data[!is.na(${rColumn(name)}), , drop = FALSE]`),
    'describe <- function(name, group, x) {',
    '  missing <- sum(is.na(x)); x <- x[!is.na(x)]; d <- x - mean(x); m <- function(k) mean(d^k); k <- length(x)',
    '  q <- unname(quantile(x, c(0, 0.25, 0.5, 0.75, 1)))',
    '  list(name = name, group = group, n = k, missing = missing, mean = mean(x), sd = sd(x), min = q[1], q1 = q[2], median = q[3],',
    '    q3 = q[4], max = q[5], skewness = m(3) / m(2)^1.5, kurtosis = m(4) / m(2)^2 - 3,',
    '    autocorrelation1 = sum(d[-1] * d[-k]) / sum(d^2))',
    '}',
    spec.by === undefined
      ? `columns <- lapply(${rVector(spec.columns)}, function(name) describe(name, NULL, data[[name]]))`
      : [
          `columns <- list()`,
          `for (name in ${rVector(spec.columns)}) for (level in levels(data[[${rText(spec.by)}]]))`,
          `  columns[[length(columns) + 1]] <- describe(name, level, data[[name]][data[[${rText(spec.by)}]] == level])`,
        ],
    `result <- list(n = nrow(data), columns = columns)`,
    endOfScript,
  );
}

export const describe: Procedure<Spec> = {
  name: 'describe',
  summary: 'Describes columns: how many values, where they lie, how they spread.',
  schema,
  columns: (spec) => (spec.by === undefined ? spec.columns : [...spec.columns, spec.by]),
  run,
  example: {
    question: 'How are the scores spread, by shift?',
    data: 'shift,score\nday,4\nday,7\nday,5\nnight,9\nnight,12\nnight,8\n',
    spec: { columns: ['score'], by: 'shift' },
  },
};
