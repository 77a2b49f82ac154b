import { z } from 'zod';
import { ExpectedError } from '#shared/domain/result.ts';
import { columnNamed, type DataTable, numericColumn } from '../data/table.ts';
import { adjustments, adjustP } from '../multiplicity/adjust-p-values.ts';
import { endOfScript, rColumn, rNumber, rScript, rText, scriptOpening } from '../r/script.ts';
import { columnSpec, commonSpec } from './common-spec.ts';
import type { Outcome, Procedure, RunContext } from './procedure.ts';

const schema = z.strictObject({
  ...commonSpec,
  /** The p-values, null where one is missing; or the column that holds them. */
  p: z.union([z.array(z.number().min(0).max(1).nullable()).min(1), columnSpec]),
  method: z.enum(adjustments).default('holm'),
});
type Spec = z.output<typeof schema>;

/** Hommel's method takes n² steps. */
const mostHommel = 50_000;

function run(table: DataTable, spec: Spec, context: RunContext): Outcome {
  const given =
    typeof spec.p === 'string' ? columnOfP(table, spec.p) : Float64Array.from(spec.p, (p) => p ?? Number.NaN);
  const present = given.filter((value) => !Number.isNaN(value));
  if (present.length === 0) {
    throw new ExpectedError('REFUSED_MODEL', 'There is no p-value.', 'Nothing was computed. Give at least one.');
  }
  if (spec.method === 'hommel' && present.length > mostHommel) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `Hommel’s method would take the square of ${present.length.toLocaleString('en-GB')} steps.`,
      'Nothing was computed. Use “hochberg”, which rejects nearly as much under the same assumptions, or “holm”.',
    );
  }
  const adjusted = adjustP(present, spec.method);
  let next = 0;
  const p = Array.from(given, (value) => {
    if (Number.isNaN(value)) return null;
    next += 1;
    return adjusted[next - 1] as number;
  });
  return {
    n: present.length,
    excluded: given.length - present.length,
    method: spec.method,
    p,
    warnings: [],
    r: script(table, spec, context),
  };
}

function columnOfP(table: DataTable, name: string): Float64Array {
  if (table.columns.size === 0) {
    throw new ExpectedError(
      'BAD_SPEC',
      `“${name}” names a column, but there are no data.`,
      'Nothing was computed. Give the data, or the p-values themselves as a list of numbers.',
    );
  }
  columnNamed(table, name);
  const { values } = numericColumn(table, name);
  const row = values.findIndex((value) => value < 0 || value > 1);
  if (row >= 0) {
    throw new ExpectedError(
      'BAD_COLUMN',
      `“${name}” holds ${values[row]} in row ${row + 1}, which is no p-value.`,
      'Nothing was computed. p-values lie from 0 to 1.',
      { column: name, row: row + 1 },
    );
  }
  return values;
}

function script(table: DataTable, spec: Spec, { dataName }: RunContext): string {
  const { p, method } = spec;
  return rScript(
    typeof p === 'string'
      ? [...scriptOpening([], { dataName, table, columns: [p], factors: {}, complete: false }), `p <- ${rColumn(p)}`]
      : [`p <- c(${p.map((value) => (value === null ? 'NA' : rNumber(value))).join(', ')})`],
    `result <- list(n = sum(!is.na(p)), p = p.adjust(p, method = ${rText(method)}))`,
    endOfScript,
  );
}

export const adjust: Procedure<Spec> = {
  name: 'adjust',
  summary: 'Adjusts p-values for their number.',
  schema,
  columns: (spec) => (typeof spec.p === 'string' ? [spec.p] : []),
  run,
  example: {
    question: 'Which of four findings stand when four were looked for?',
    data: null,
    spec: { p: [0.004, 0.03, 0.021, 0.4], method: 'holm' },
  },
};
