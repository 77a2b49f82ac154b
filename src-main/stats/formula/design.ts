import { ExpectedError } from '#shared/domain/result.ts';
import type { Column } from '../data/table.ts';
import { type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { type TermList, termLabel } from './formula.ts';
import type { ModelFrame } from './model-frame.ts';

export type Contrasts = 'treatment' | 'sum';

/** The columns that a formula's terms become, as R's `model.matrix` makes and names them. */
export type Design = {
  readonly matrix: Matrix;
  /** One name a column: `(Intercept)`, `x`, `raceblack`, `x:raceblack`. */
  readonly names: readonly string[];
  /** The term of each column: 0 the intercept, then 1, 2 … in the order of `termLabels`. */
  readonly assign: readonly number[];
  readonly termLabels: readonly string[];
};

const mostCells = 1.2e9;

/** @throws ExpectedError REFUSED_MODEL for a factor of one level, or more columns than memory holds. */
export function designMatrix(frame: ModelFrame, contrasts: Contrasts = 'treatment'): Design {
  return designOf(frame.formula, frame.variables, frame.n, contrasts);
}

type Coding = { readonly names: readonly string[]; readonly fill: (out: Float64Array, place: number) => void };

/** The design of any list of terms over its evaluated variables (those of a random term, say). */
export function designOf(
  list: TermList,
  variables: readonly Column[],
  n: number,
  contrasts: Contrasts = 'treatment',
): Design {
  const full = codingPattern(list, variables);
  const names: string[] = list.intercept ? ['(Intercept)'] : [];
  const assign: number[] = list.intercept ? [0] : [];
  const codings = list.terms.map((term, t) =>
    term.map((variable, v) => coding(variables[variable] as Column, full[t]?.[v] === true, contrasts)),
  );
  codings.forEach((parts, t) => {
    for (const name of combinations(parts.map((part) => part.names))) {
      names.push(name);
      assign.push(t + 1);
    }
  });
  if (names.length * n > mostCells) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `The model has ${names.length.toLocaleString('en-GB')} columns for ${n.toLocaleString('en-GB')} rows, more than memory holds.`,
      'Nothing was computed. Use fewer terms, or factors with fewer levels.',
    );
  }
  const matrix = matrixOf(n, names.length);
  let column = 0;
  if (list.intercept) {
    matrix.data.fill(1, 0, n);
    column = 1;
  }
  for (const parts of codings) column = fillTerm(matrix, column, parts, n);
  return { matrix, names, assign, termLabels: list.terms.map((term) => termLabel(list, term)) };
}

/** Multiplies the columns of a term's variables; those of the first vary fastest. */
function fillTerm(matrix: Matrix, from: number, parts: readonly Coding[], n: number): number {
  const counts = parts.map((part) => part.names.length);
  const total = counts.reduce((a, b) => a * b, 1);
  const other = new Float64Array(parts.length > 1 ? n : 0);
  for (let index = 0; index < total; index += 1) {
    const out = matrix.data.subarray((from + index) * n, (from + index + 1) * n);
    let rest = index;
    parts.forEach((part, place) => {
      const count = counts[place] as number;
      const which = rest % count;
      rest = Math.floor(rest / count);
      if (place === 0) {
        part.fill(out, which);
        return;
      }
      part.fill(other, which);
      for (let row = 0; row < n; row += 1) out[row] = (out[row] as number) * (other[row] as number);
    });
  }
  return from + total;
}

/**
 * Which factors of which terms take a column for every level: those whose margin is not in the model (R's TermCode in
 * model.c), and the first factor where there is no intercept.
 */
function codingPattern(list: TermList, variables: readonly Column[]): boolean[][] {
  const pattern = list.terms.map((term, t) =>
    term.map((variable) => {
      const margin = term.filter((other) => other !== variable);
      if (margin.length === 0) return false;
      return !list.terms.slice(0, t).some((earlier) => margin.every((other) => earlier.includes(other)));
    }),
  );
  if (!list.intercept) {
    for (const [t, term] of list.terms.entries()) {
      const v = term.findIndex((variable) => variables[variable]?.kind === 'categorical');
      if (v < 0) continue;
      const codes = pattern[t] as boolean[];
      codes[v] = true;
      break;
    }
  }
  return pattern;
}

function coding(column: Column, full: boolean, contrasts: Contrasts): Coding {
  if (column.kind === 'numeric') {
    return { names: [column.name], fill: (out) => out.set(column.values) };
  }
  const { codes, levels, name } = column;
  if (full) {
    return {
      names: levels.map((level) => `${name}${level}`),
      fill: (out, place) => fillIndicator(out, codes, place),
    };
  }
  if (levels.length < 2) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `“${name}” has only one value, “${levels[0] ?? ''}”, in the rows that are used, so it can explain nothing.`,
      'Nothing was computed. Leave it out of the formula.',
      { column: name },
    );
  }
  if (contrasts === 'treatment') {
    return {
      names: levels.slice(1).map((level) => `${name}${level}`),
      fill: (out, place) => fillIndicator(out, codes, place + 1),
    };
  }
  const last = levels.length - 1;
  return {
    names: levels.slice(1).map((_level, index) => `${name}${index + 1}`),
    fill: (out, place) => {
      for (let row = 0; row < out.length; row += 1) {
        const code = codes[row] as number;
        out[row] = code === place ? 1 : code === last ? -1 : 0;
      }
    },
  };
}

function fillIndicator(out: Float64Array, codes: Int32Array, level: number): void {
  for (let row = 0; row < out.length; row += 1) out[row] = codes[row] === level ? 1 : 0;
}

/** Names of the columns of a term: those of its first variable vary fastest. */
function combinations(lists: readonly (readonly string[])[]): string[] {
  return lists.reduce<string[]>(
    (done, names, place) =>
      place === 0 ? [...names] : names.flatMap((name) => done.map((before) => `${before}:${name}`)),
    [],
  );
}
