import type { Column } from '../data/table.ts';
import { fUpperTail } from '../distributions/f.ts';
import { type Design, designOf } from '../formula/design.ts';
import type { TermList } from '../formula/formula.ts';
import { columnOf, type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { applyQTransposed, type QrDecomposition, qrDecompose } from '../linear-algebra/qr.ts';
import { mean, sumOfSquares } from '../numeric/sums.ts';
import { largestSize, unitOfScale } from '../numeric/unit-of-scale.ts';
import { leastSquares } from '../regression/least-squares.ts';
import { collapseToCells } from './cells.ts';

export type AnovaType = 1 | 2 | 3;

export type AnovaRow = {
  readonly term: string;
  readonly df: number;
  readonly ss: number;
  readonly ms: number | null;
  readonly f: number | null;
  readonly p: number | null;
  /** Share of the total sum of squares. */
  readonly etaSquared: number;
  /** ss/(ss + residual). */
  readonly partialEtaSquared: number | null;
};

export type AnovaTable = {
  readonly rows: readonly AnovaRow[];
  readonly residual: { readonly df: number; readonly ss: number; readonly ms: number | null };
  /** About the mean where the model has an intercept, else about 0. */
  readonly total: { readonly df: number; readonly ss: number };
  /** Columns that add nothing to those before them. */
  readonly collinear: readonly string[];
};

/** n rows that the model's columns describe, with their weights; squares that no model of them explains. */
type Fitted = {
  readonly design: Design;
  /** R and Qᵀy of the model: every smaller model can be fitted from them. */
  readonly triangle: Matrix;
  readonly effects: Float64Array;
  readonly qr: QrDecomposition;
  readonly residual: number;
};

/**
 * Analysis of variance of a linear model. Type 1: each term after those before it (R's `anova(lm(…))`); type 2: after all terms
 * that do not contain it; type 3: after all others, factors coded to sum to zero (Yates 1934, JASA 29:51; Herr 1986, The American
 * Statistician 40:265; `car::Anova` types II and III). Errors independent, normal, of one variance. The response is centred
 * before the arithmetic where there is an intercept.
 * @param y the response, less any offset; it must vary
 */
export function anovaTable(list: TermList, variables: readonly Column[], y: Float64Array, type: AnovaType): AnovaTable {
  const centre = list.intercept ? mean(y) : 0;
  const centred = y.map((value) => value - centre);
  const unit = unitOfScale(largestSize(centred));
  if (unit !== 1) for (let i = 0; i < centred.length; i += 1) centred[i] = (centred[i] as number) / unit;
  const total = list.intercept ? sumOfSquares(centred) : centred.reduce((sum, value) => sum + value * value, 0);
  const fitted = fitModel(list, variables, centred, type);
  const df = y.length - fitted.qr.rank;
  const residual = df > 0 ? fitted.residual : 0;
  const parts =
    type === 1
      ? sequentialSquares(fitted, list.terms.length)
      : list.terms.map((_term, t) => squaresAfter(fitted, t + 1, type === 2 ? containing(list, t) : []));
  const squared = unit * unit;
  return {
    rows: parts.map((part, t) =>
      anovaRow(fitted.design.termLabels[t] as string, part, { df, ss: residual }, total, squared),
    ),
    residual: { df, ss: residual * squared, ms: df > 0 ? (residual / df) * squared : null },
    total: { df: y.length - (list.intercept ? 1 : 0), ss: total * squared },
    collinear: collinearNames(fitted),
  };
}

type Squares = { readonly df: number; readonly ss: number };

function anovaRow(term: string, { df, ss }: Squares, residual: Squares, total: number, squared: number): AnovaRow {
  const testable = df > 0 && residual.df > 0;
  const f = testable ? ss / df / (residual.ss / residual.df) : null;
  return {
    term,
    df,
    ss: ss * squared,
    ms: df > 0 ? (ss / df) * squared : null,
    f,
    p: f === null ? null : fUpperTail(f, df, residual.df),
    etaSquared: ss / total,
    partialEtaSquared: ss + residual.ss > 0 ? ss / (ss + residual.ss) : null,
  };
}

function fitModel(list: TermList, variables: readonly Column[], y: Float64Array, type: AnovaType): Fitted {
  const contrasts = type === 3 ? 'sum' : 'treatment';
  const used = variables.filter((_column, v) => list.terms.some((term) => term.includes(v)));
  const cells = collapseToCells(used, y);
  const n = cells ? cells.sizes.length : y.length;
  const places = variables.map((column) => used.indexOf(column));
  const columns = cells ? places.map((place) => cells.variables[place] as Column) : variables;
  const design = designOf(list, columns, n, contrasts);
  const solved = leastSquares(design.matrix, cells ? cells.means : y, { weights: cells?.sizes });
  const { qr, effects } = solved;
  const triangle = matrixOf(qr.rank, design.names.length);
  for (let k = 0; k < design.names.length; k += 1) {
    const column = columnOf(triangle, qr.pivot[k] as number);
    column.set(columnOf(qr.factors, k).subarray(0, Math.min(k + 1, qr.rank)));
  }
  return {
    design,
    triangle,
    effects: effects.slice(0, qr.rank),
    qr,
    residual: solved.residualSumOfSquares + (cells?.sumOfSquaresWithin ?? 0),
  };
}

function sequentialSquares({ design, effects, qr }: Fitted, terms: number): Squares[] {
  const found = Array.from({ length: terms + 1 }, () => ({ df: 0, ss: 0 }));
  for (let k = 0; k < qr.rank; k += 1) {
    const part = found[design.assign[qr.pivot[k] as number] as number] as { df: number; ss: number };
    part.df += 1;
    part.ss += (effects[k] as number) ** 2;
  }
  return found.slice(1);
}

/** What a term's columns explain beyond those of all terms but itself and the ones left out. */
function squaresAfter({ design, triangle, effects }: Fitted, term: number, leftOut: readonly number[]): Squares {
  const before = design.assign.flatMap((of, column) => (of === term || leftOut.includes(of) ? [] : [column]));
  const own = design.assign.flatMap((of, column) => (of === term ? [column] : []));
  const matrix = matrixOf(triangle.rows, before.length + own.length);
  [...before, ...own].forEach((column, k) => {
    columnOf(matrix, k).set(columnOf(triangle, column));
  });
  const qr = qrDecompose(matrix);
  const rotated = applyQTransposed(qr, Float64Array.from(effects));
  let df = 0;
  let ss = 0;
  for (let k = 0; k < qr.rank; k += 1) {
    if ((qr.pivot[k] as number) < before.length) continue;
    df += 1;
    ss += (rotated[k] as number) ** 2;
  }
  return { df, ss };
}

/** Numbers of the terms that contain term t beside others. */
function containing(list: TermList, t: number): number[] {
  const term = list.terms[t] as readonly number[];
  return list.terms.flatMap((other, o) =>
    o !== t && other.length > term.length && term.every((variable) => other.includes(variable)) ? [o + 1] : [],
  );
}

function collinearNames({ design, qr }: Fitted): string[] {
  return Array.from(qr.pivot.subarray(qr.rank), (column) => design.names[column] as string);
}
