import { ExpectedError } from '#shared/domain/result.ts';
import { type CodedColumn, numericCoding } from '../data/numeric-coding.ts';
import { columnNamed, completeRows, type DataTable, numbersIn, numericColumn } from '../data/table.ts';
import type { ActorPartnerData } from './actor-partner-model.ts';
import { mostVariables } from './missing-patterns.ts';

export type ActorPartnerColumns = {
  readonly x1: string;
  readonly x2: string;
  readonly y1: string;
  readonly y2: string;
  readonly covariates: readonly string[];
  readonly missing: 'omit' | 'fiml';
  readonly factors: Readonly<Record<string, readonly string[]>>;
};

export type ReadActorPartner = {
  readonly data: ActorPartnerData;
  /** Couples in use. */
  readonly rows: Int32Array;
  readonly covariateNames: readonly string[];
  readonly warnings: readonly string[];
};

function refuse(message: string, hint: string, column?: string): never {
  throw new ExpectedError('REFUSED_MODEL', message, `Nothing was computed. ${hint}`, column ? { column } : {});
}

/**
 * Columns of the couples: complete ones, or with `fiml` all that have a value.
 * @throws ExpectedError REFUSED_MODEL where a column does not vary, two columns are never seen together, or there are not more
 * couples than variables.
 */
export function readActorPartner(table: DataTable, spec: ActorPartnerColumns): ReadActorPartner {
  const { x1, x2, y1, y2, covariates, missing, factors } = spec;
  const names = [x1, x2, ...covariates, y1, y2];
  const rows = missing === 'omit' ? completeRows(table, names) : rowsWithSome(table, names);
  const numeric = (name: string): CodedColumn => ({ name, values: numbersIn(table, name, rows) });
  const coded = numericCoding(table, covariates, rows, factors);
  const columns = [numeric(x1), numeric(x2), ...coded, numeric(y1), numeric(y2)];
  if (columns.length > mostVariables) {
    refuse(`The model has ${columns.length} variables; at most ${mostVariables} are taken.`, 'Use fewer covariates.');
  }
  for (const column of columns) mustVary(column);
  if (rows.length <= columns.length) {
    refuse(
      `There are ${rows.length} couples, but ${columns.length} variables need at least ${columns.length + 1}.`,
      'Use fewer covariates, or more couples.',
    );
  }
  const warnings: string[] = [];
  if (missing === 'fiml') warnings.push(...coverageWarnings(columns, rows.length));
  const [first, second] = columns as [CodedColumn, CodedColumn];
  const [third, fourth] = columns.slice(-2) as [CodedColumn, CodedColumn];
  return {
    data: {
      x1: first.values,
      x2: second.values,
      y1: third.values,
      y2: fourth.values,
      covariates: coded.map(({ values }) => values),
    },
    rows,
    covariateNames: coded.map(({ name }) => name),
    warnings,
  };
}

function rowsWithSome(table: DataTable, names: readonly string[]): Int32Array {
  const some = new Uint8Array(table.rows);
  for (const name of names) {
    const column = columnNamed(table, name);
    if (column.kind === 'categorical') {
      column.codes.forEach((code, row) => {
        if (code >= 0) some[row] = 1;
      });
      continue;
    }
    const { values } = numericColumn(table, name);
    for (let row = 0; row < values.length; row += 1) {
      const value = values[row] as number;
      if (Number.isFinite(value)) some[row] = 1;
      else if (!Number.isNaN(value)) completeRows(table, [name]);
    }
  }
  const rows = Int32Array.from({ length: table.rows }, (_none, row) => row).filter((row) => some[row] === 1);
  if (rows.length === 0) refuse('No couple has a value in the columns that are used.', 'Choose other columns.');
  return rows;
}

function mustVary({ name, values }: CodedColumn): void {
  let first = Number.NaN;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (Number.isNaN(first)) first = value;
    else if (value !== first) return;
  }
  if (Number.isNaN(first))
    refuse(`“${name}” has no value in the couples that are used.`, 'Choose another column.', name);
  refuse(`“${name}” is ${first} in every couple, so nothing can be told of it.`, 'Choose another column.', name);
}

const thinCoverage = 0.1;

function coverageWarnings(columns: readonly CodedColumn[], n: number): string[] {
  const warnings: string[] = [];
  columns.forEach((one, a) => {
    columns.slice(0, a).forEach((other) => {
      let together = 0;
      for (let row = 0; row < n; row += 1) {
        if (!Number.isNaN(one.values[row]) && !Number.isNaN(other.values[row])) together += 1;
      }
      if (together < 2) {
        refuse(
          `“${other.name}” and “${one.name}” are ${together === 0 ? 'never' : 'only once'} seen in the same couple, so how they go together cannot be estimated.`,
          'Use other columns.',
        );
      }
      if (together < thinCoverage * n) {
        warnings.push(
          `“${other.name}” and “${one.name}” are seen together in only ${together} of ${n} couples; what is said of them leans on the model.`,
        );
      }
    });
  });
  return warnings;
}
