import { ExpectedError } from '#shared/domain/result.ts';
import { type CodedColumn, numericCoding } from '../data/numeric-coding.ts';
import { categoriesIn, columnNamed, completeRows, type DataTable, numbersIn } from '../data/table.ts';
import { columnOf, matrixOf } from '../linear-algebra/matrix.ts';
import { qrDecompose } from '../linear-algebra/qr.ts';
import type { MediationData } from './fit-mediation.ts';

export type MediationColumns = {
  readonly x: string;
  readonly m: readonly string[];
  readonly y: string;
  readonly covariates: readonly string[];
  readonly factors: Readonly<Record<string, readonly string[]>>;
};

export type ReadMediation = {
  readonly data: MediationData;
  readonly rows: Int32Array;
  /** The level of x that counts as 1, against the other; null where x is a number. */
  readonly contrast: { readonly level: string; readonly against: string } | null;
  readonly covariateNames: readonly string[];
  readonly warnings: readonly string[];
};

function refuse(message: string, hint: string, column?: string): never {
  throw new ExpectedError('REFUSED_MODEL', message, `Nothing was computed. ${hint}`, column ? { column } : {});
}

/**
 * Columns of a mediation from complete rows. Covariates that repeat x or others are left out with a warning.
 * @throws ExpectedError REFUSED_MODEL where a column does not vary, x has more than two levels, a mediator is a combination of
 * other columns, or there are no more rows than coefficients.
 */
export function readMediation(table: DataTable, spec: MediationColumns): ReadMediation {
  const { x, m, y, covariates, factors } = spec;
  const rows = completeRows(table, [x, ...m, y, ...covariates]);
  const exposure = readExposure(table, spec, rows);
  const mediators = m.map((name) => ({ name, values: numbersIn(table, name, rows) }));
  const outcome = { name: y, values: numbersIn(table, y, rows) };
  for (const { name, values } of [exposure.column, ...mediators, outcome]) mustVary(name, values);
  const kept = independentCovariates(exposure.column, numericCoding(table, covariates, rows, factors), rows.length);
  const coefficients = 2 + mediators.length + kept.columns.length;
  if (rows.length <= coefficients) {
    refuse(
      `There are ${rows.length} complete rows, but the model of “${y}” has ${coefficients} coefficients.`,
      'Use fewer mediators or covariates, or more rows.',
    );
  }
  mediatorsMustAdd(exposure.column, kept.columns, mediators, outcome);
  return {
    data: {
      x: exposure.column.values,
      mediators: mediators.map(({ values }) => values),
      y: outcome.values,
      covariates: kept.columns.map(({ values }) => values),
    },
    rows,
    contrast: exposure.contrast,
    covariateNames: kept.columns.map(({ name }) => name),
    warnings: kept.warnings,
  };
}

function readExposure(
  table: DataTable,
  { x, factors }: MediationColumns,
  rows: Int32Array,
): { readonly column: CodedColumn; readonly contrast: ReadMediation['contrast'] } {
  if (columnNamed(table, x).kind === 'numeric' && !factors[x]) {
    return { column: { name: x, values: numbersIn(table, x, rows) }, contrast: null };
  }
  const { codes, levels } = categoriesIn(table, x, rows, factors[x]);
  if (levels.length > 2) {
    refuse(
      `“${x}” has ${levels.length} levels; an effect carried from one variable needs a number or two levels.`,
      'Compare two levels at a time, or turn it into a number.',
      x,
    );
  }
  return {
    column: { name: x, values: Float64Array.from(codes) },
    contrast: { level: levels[1] ?? '', against: levels[0] ?? '' },
  };
}

function mustVary(name: string, values: Float64Array): void {
  const first = values[0] as number;
  if (values.every((value) => value === first)) {
    refuse(`“${name}” is ${first} in every complete row, so no path leads through it.`, 'Choose another column.', name);
  }
}

function independentCovariates(
  exposure: CodedColumn,
  covariates: readonly CodedColumn[],
  n: number,
): { readonly columns: readonly CodedColumn[]; readonly warnings: string[] } {
  const { rank, pivot } = qrOf([exposure, ...covariates], n);
  const dropped = Array.from(pivot.subarray(rank), (place) => covariates[place - 2] as CodedColumn);
  return {
    columns: covariates.filter((column) => !dropped.includes(column)),
    warnings: dropped.map(
      ({ name }) =>
        `“${name}” adds nothing to the columns before it (it is constant or a combination of them) and was left out.`,
    ),
  };
}

function mediatorsMustAdd(
  exposure: CodedColumn,
  covariates: readonly CodedColumn[],
  mediators: readonly CodedColumn[],
  outcome: CodedColumn,
): void {
  const n = outcome.values.length;
  const all = [exposure, ...covariates, ...mediators, outcome];
  const { rank, pivot } = qrOf(all, n);
  if (rank === all.length + 1) return;
  const { name } = all[(pivot[rank] as number) - 1] as CodedColumn;
  if (name === outcome.name) {
    refuse(
      `“${name}” is an exact combination of the other columns, so its paths have no error to judge them by.`,
      'Look at how the column was made.',
      name,
    );
  }
  refuse(
    `The mediator “${name}” is an exact combination of the columns before it, so what it carries cannot be told apart.`,
    'Leave it or one of the others out.',
    name,
  );
}

/** Of an intercept and the columns. */
function qrOf(columns: readonly CodedColumn[], n: number): ReturnType<typeof qrDecompose> {
  const design = matrixOf(n, columns.length + 1);
  columnOf(design, 0).fill(1);
  columns.forEach(({ values }, index) => {
    columnOf(design, index + 1).set(values);
  });
  return qrDecompose(design, undefined, true);
}
