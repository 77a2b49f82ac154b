import { ExpectedError } from '#shared/domain/result.ts';
import {
  asCategorical,
  type CategoricalColumn,
  type Column,
  columnNamed,
  type DataTable,
  numericColumn,
  takeValues,
} from '../data/table.ts';
import { formulaError } from './parse.ts';
import { columnsOf, type Expression, label, quotedName } from './syntax.ts';

const functions: Readonly<Record<string, (x: number) => number>> = {
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  log1p: Math.log1p,
  exp: Math.exp,
  expm1: Math.expm1,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
};

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': power,
};

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
};

/** Small whole powers by multiplication, as R takes them: Math.pow may differ in the last bit. */
function power(base: number, exponent: number): number {
  if (exponent === 2) return base * base;
  return base ** exponent;
}

export type Evaluation = {
  readonly text: string;
  readonly table: DataTable;
  /** Rows of the table (from 0) that are used. */
  readonly rows: Int32Array;
  /** Order of levels, by column. */
  readonly factors: Readonly<Record<string, readonly string[]>>;
};

/**
 * A variable of a formula over the rows in use: numbers, or categories.
 * @throws ExpectedError BAD_SPEC for an unknown function, BAD_COLUMN for text where numbers are needed or a value that is not
 * finite (the logarithm of 0, say), naming the row.
 */
export function evaluate(expression: Expression, from: Evaluation): Column {
  if (expression.kind === 'name') return plainColumn(expression.name, from);
  if (expression.kind === 'call' && (expression.name === 'factor' || expression.name === 'as.factor')) {
    const inner = onlyArgument(expression, from.text);
    const column = evaluate(inner, from);
    return { ...asCategorical(column, inner.kind === 'name' ? from.factors[inner.name] : []), name: label(expression) };
  }
  if (expression.kind === 'call' && expression.name === 'I') {
    const inner = onlyArgument(expression, from.text);
    const compared = comparison(inner, from);
    if (compared) return { ...compared, name: label(expression) };
  }
  const values = numbers(expression, from);
  refuseNotFinite(values, expression, from);
  return { kind: 'numeric', name: label(expression), values };
}

function plainColumn(name: string, { table, rows, factors }: Evaluation): Column {
  const column = columnNamed(table, name);
  const order = factors[name];
  const taken: Column =
    column.kind === 'numeric'
      ? { ...column, values: takeValues(column.values, rows) }
      : rows.length === table.rows
        ? column
        : { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] as number) };
  const named = { ...taken, name: quotedName(name) };
  return named.kind === 'categorical' || order ? asCategorical(named, order ?? []) : named;
}

function onlyArgument(call: Expression & { readonly kind: 'call' }, text: string): Expression {
  const [inner, second] = call.arguments;
  if (!inner || second) throw formulaError(text, (second ?? call).at, `${call.name}() takes one argument`);
  return inner;
}

function comparison(expression: Expression, from: Evaluation): CategoricalColumn | null {
  if (expression.kind === 'group') return comparison(expression.inner, from);
  if (expression.kind !== 'binary') return null;
  const compare = comparisons[expression.operator];
  if (!compare) return null;
  const left = numbers(expression.left, from);
  const right = numbers(expression.right, from);
  const codes = Int32Array.from(left, (value, row) => (compare(value, right[row] as number) ? 1 : 0));
  return asCategorical({ kind: 'categorical', name: '', codes, levels: ['FALSE', 'TRUE'], firstText: null });
}

function numbers(expression: Expression, from: Evaluation): Float64Array {
  switch (expression.kind) {
    case 'number':
      return new Float64Array(from.rows.length).fill(expression.value);
    case 'name':
      return takeValues(numericColumn(from.table, expression.name).values, from.rows);
    case 'group':
      return numbers(expression.inner, from);
    case 'unary':
      return numbers(expression.operand, from).map((value) => (expression.operator === '-' ? -value : value));
    case 'call': {
      if (expression.name === 'I') return numbers(onlyArgument(expression, from.text), from);
      const f = Object.hasOwn(functions, expression.name) ? functions[expression.name] : undefined;
      if (!f) {
        throw formulaError(
          from.text,
          expression.at,
          `there is no function ${expression.name}(); known are factor, I, ${Object.keys(functions).join(', ')}, offset, Surv, strata and cluster`,
        );
      }
      return numbers(onlyArgument(expression, from.text), from).map(f);
    }
    case 'binary': {
      const f = arithmetic[expression.operator];
      if (!f) throw formulaError(from.text, expression.at, `“${expression.operator}” has no meaning inside a variable`);
      const left = numbers(expression.left, from);
      const right = numbers(expression.right, from);
      return left.map((value, row) => f(value, right[row] as number));
    }
  }
}

function refuseNotFinite(values: Float64Array, expression: Expression, { table, rows }: Evaluation): void {
  const place = values.findIndex((value) => !Number.isFinite(value));
  if (place < 0) return;
  const row = rows[place] as number;
  const shown = [...new Set(columnsOf(expression))].map((name) => {
    const column = table.columns.get(name);
    return column?.kind === 'numeric' ? `${name} is ${column.values[row]}` : name;
  });
  throw new ExpectedError(
    'BAD_COLUMN',
    `${label(expression)} is not a finite number in row ${row + 1}, where ${shown.join(' and ')}.`,
    'Nothing was computed. Correct the value, leave it empty so that the row is left out, or use another transformation.',
    { row: row + 1 },
  );
}
