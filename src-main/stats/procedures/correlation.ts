import { z } from 'zod';
import { ExpectedError } from '#shared/domain/result.ts';
import { kendallTest } from '../correlation/kendall.ts';
import { type Correlation, pearsonTest } from '../correlation/pearson.ts';
import { type RankCorrelation, spearmanTest } from '../correlation/spearman.ts';
import { completeRows, type DataTable, numbersIn, numericColumn } from '../data/table.ts';
import { endOfScript, rColumn, rNumber, rScript, scriptOpening } from '../r/script.ts';
import { columnSpec, commonSpec } from './common-spec.ts';
import type { Outcome, Procedure, RunContext } from './procedure.ts';

const schema = z.strictObject({
  ...commonSpec,
  x: columnSpec,
  y: columnSpec,
  method: z.enum(['pearson', 'spearman', 'kendall']).default('pearson'),
});
type Spec = z.output<typeof schema>;

const tests = { pearson: pearsonTest, spearman: spearmanTest, kendall: kendallTest };

function run(table: DataTable, spec: Spec, context: RunContext): Outcome {
  const rows = completeRows(table, [spec.x, spec.y]);
  const [x, y] = [spec.x, spec.y].map((name) => varyingColumn(table, name, rows)) as [Float64Array, Float64Array];
  const found: Correlation & Partial<RankCorrelation> = tests[spec.method](x, y, spec.confidence);
  const { tied, exact, statistic, ...rest } = found;
  const infinite = !Number.isFinite(statistic);
  return {
    n: rows.length,
    excluded: table.rows - rows.length,
    method: spec.method,
    ...rest,
    statistic: infinite ? null : statistic,
    ...(exact === undefined ? {} : { exact }),
    warnings: warningsOf(spec, rows.length, { tied: tied === true, infinite, noLimits: found.low === null }),
    r: script(table, spec, exact === true, context),
  };
}

function varyingColumn(table: DataTable, name: string, rows: Int32Array): Float64Array {
  numericColumn(table, name);
  const values = numbersIn(table, name, rows);
  if (values.length < 3) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `There ${values.length === 1 ? 'is one row' : `are ${values.length} rows`} with both values, and a correlation needs three.`,
      'Nothing was computed. Use more data, or look at why the values are missing.',
    );
  }
  if (values.every((value) => value === values[0])) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `“${name}” is the same in every row, so nothing can go with it.`,
      'Nothing was computed. Choose another column.',
      { column: name },
    );
  }
  return values;
}

function warningsOf(
  spec: Spec,
  n: number,
  found: { readonly tied: boolean; readonly infinite: boolean; readonly noLimits: boolean },
): string[] {
  const warnings: string[] = [];
  if (spec.x === spec.y) warnings.push('Both columns are the same one.');
  if (found.tied && n < (spec.method === 'kendall' ? 50 : 1_290)) {
    warnings.push('Some values are tied, so p is approximate, not exact.');
  }
  if (found.infinite) warnings.push('The points lie on a line, so the statistic is infinite.');
  if (found.noLimits) warnings.push(`${n} rows are too few for limits.`);
  return warnings;
}

function script(table: DataTable, spec: Spec, exact: boolean, { dataName }: RunContext): string {
  const level = rNumber(spec.confidence);
  const opening = [
    ...scriptOpening([], { dataName, table, columns: [spec.x, spec.y], factors: {} }),
    `x <- ${rColumn(spec.x)}; y <- ${rColumn(spec.y)}; n <- length(x)`,
  ];
  if (spec.method === 'pearson') {
    return rScript(
      opening,
      `test <- cor.test(x, y, conf.level = ${level})`,
      'limits <- if (n > 3) test$conf.int else c(NA, NA)',
      'result <- list(n = n, estimate = unname(test$estimate), statistic = unname(test$statistic), df = unname(test$parameter), p = test$p.value,',
      '  low = limits[1], high = limits[2])',
      endOfScript,
    );
  }
  const spearman = spec.method === 'spearman';
  return rScript(
    opening,
    `test <- cor.test(x, y, method = "${spec.method}", exact = ${exact ? 'TRUE' : 'FALSE'})`,
    'estimate <- unname(test$estimate)',
    spearman
      ? '# Bonett and Wright (2000); cor.test() gives no limits for ranks.'
      : '# Fieller, Hartley and Pearson (1957); cor.test() gives no limits for ranks.',
    spearman
      ? 'se <- if (n > 3) sqrt((1 + estimate^2 / 2) / (n - 3)) else NA'
      : 'se <- if (n > 4) sqrt(0.437 / (n - 4)) else NA',
    `limits <- tanh(atanh(estimate) + c(-1, 1) * qnorm((1 + ${level}) / 2) * se)`,
    'result <- list(n = n, estimate = estimate, statistic = unname(test$statistic), p = test$p.value, low = limits[1], high = limits[2])',
    endOfScript,
  );
}

export const correlation: Procedure<Spec> = {
  name: 'correlation',
  summary: 'How far two columns go together: Pearson, Spearman or Kendall.',
  schema,
  columns: (spec) => [spec.x, spec.y],
  run,
  example: {
    question: 'Do hours of overtime and the score go together?',
    data: 'overtime,score\n2,5\n9,14\n4,6\n7,9\n12,15\n1,7\n6,11\n8,10\n',
    spec: { x: 'overtime', y: 'score', method: 'pearson' },
  },
};
