import { ExpectedError } from '#shared/domain/result.ts';
import { type Column, columnNamed, completeRows, type DataTable } from '../data/table.ts';
import { evaluate } from './evaluate.ts';
import { columnsOfFormula, type Formula } from './formula.ts';
import { formulaError } from './parse.ts';
import { type Expression, label } from './syntax.ts';

/** Order of the levels of a column, its reference first; levels not named follow in their usual order. */
export type FactorOrders = Readonly<Record<string, readonly string[]>>;

export type FrameOptions = {
  readonly factors?: FactorOrders | undefined;
  /** Columns used beside the formula (clusters, weights): rows that miss one are left out too. */
  readonly alsoUsed?: readonly string[];
};

/** A formula's variables over the rows that have them all. */
export type ModelFrame = {
  readonly formula: Formula;
  readonly table: DataTable;
  /** Rows of the table in use, from 0. */
  readonly rows: Int32Array;
  readonly n: number;
  /** Rows left out because a value is missing. */
  readonly excluded: number;
  /** In the order of `formula.variables`. */
  readonly variables: readonly Column[];
  /** Sum of the offsets; null without one. */
  readonly offset: Float64Array | null;
  readonly evaluate: (expression: Expression) => Column;
};

/** @throws ExpectedError BAD_SPEC, BAD_COLUMN or REFUSED_MODEL, as its parts do. */
export function modelFrame(table: DataTable, formula: Formula, options: FrameOptions = {}): ModelFrame {
  const names = columnsOfFormula(formula);
  for (const name of names) refuseUnknown(table, name, formula);
  const rows = completeRows(table, [...names, ...(options.alsoUsed ?? [])]);
  const from = { text: formula.text, table, rows, factors: options.factors ?? {} };
  const evaluateHere = (expression: Expression): Column => evaluate(expression, from);
  const variables = formula.variables.map(evaluateHere);
  const offsets = formula.offsets.map((expression) => numbersOf(evaluateHere(expression), label(expression)));
  return {
    formula,
    table,
    rows,
    n: rows.length,
    excluded: table.rows - rows.length,
    variables,
    offset: offsets.length === 0 ? null : offsets.reduce((a, b) => a.map((value, row) => value + (b[row] as number))),
    evaluate: evaluateHere,
  };
}

function refuseUnknown(table: DataTable, name: string, formula: Formula): void {
  if (table.columns.has(name)) return;
  try {
    columnNamed(table, name);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const place = formula.text.search(new RegExp(`(?<![\\p{L}\\p{N}._])${escaped(name)}(?![\\p{L}\\p{N}._(])`, 'u'));
    const at = formulaError(formula.text, Math.max(place, 0), `there is no column “${name}”`);
    throw new ExpectedError('BAD_COLUMN', at.message, error.error.hint, { ...error.error.params, ...at.error.params });
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function numbersOf(column: Column, name: string): Float64Array {
  if (column.kind === 'numeric') return column.values;
  throw new ExpectedError('BAD_COLUMN', `${name} must be numeric.`, 'Nothing was computed. Use a numeric column.');
}

/**
 * The response as numbers.
 * @throws ExpectedError BAD_SPEC without a response, BAD_COLUMN where it is not numeric or does not vary.
 */
export function numericResponse(frame: ModelFrame): Float64Array {
  const { response } = frame.formula;
  if (!response) throw formulaError(frame.formula.text, 0, 'there is nothing to explain on the left of ~');
  const column = frame.evaluate(response);
  if (column.kind === 'numeric') return column.values;
  const first = column.firstText;
  throw new ExpectedError(
    'BAD_COLUMN',
    first
      ? `“${label(response)}” must be numeric, but row ${first.row} holds “${first.value.slice(0, 40)}”, which is no number.`
      : `“${label(response)}” must be numeric, not a factor.`,
    'Nothing was computed. Correct the file, or choose another column.',
    { column: label(response) },
  );
}
