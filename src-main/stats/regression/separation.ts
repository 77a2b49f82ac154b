import { columnOf, type Matrix, matrixOf, multiply, multiplyVector } from '../linear-algebra/matrix.ts';
import { qrDecompose, solveUpper } from '../linear-algebra/qr.ts';
import { leastSquares } from './least-squares.ts';

export type Separation = {
  /** 1 at the rows whose response the predictors determine. */
  readonly separated: Uint8Array;
  readonly count: number;
  /** Nothing is left beside them. */
  readonly complete: boolean;
  /** Columns without a finite maximum likelihood estimate, rising. */
  readonly infinite: readonly number[];
};

export type SeparationInput = {
  /** Design of columns that are independent of each other. */
  readonly x: Matrix;
  /** Rows at the edge of what the response can be: −1 where the mean may sink to its least (no events), 1 where it may rise to its most (all events), 0 otherwise. */
  readonly edge: Int8Array;
  /** |y − μ| of a fit that has run until its deviance no longer falls. */
  readonly distance: Float64Array;
  /** Coefficients of that fit, which start the search. */
  readonly coefficients: Float64Array;
  readonly converged: boolean;
};

/** A row nearer to its response than this may be one of those that are determined. */
const suspicious = 1e-5;
const suspiciousBeforeConvergence = 0.1;
const rounding = 1e-7;
/** Projections, and numbers touched by them. */
const mostProjections = 3_000;
const mostEffort = 3e8;

/**
 * Finds the rows that the predictors determine, so that the likelihood has no maximum (Albert and Anderson 1984, Biometrika 71:1): a
 * direction d with xᵀd of the right sign at every row of the edge and 0 at all others. Rows that a fit leaves away from their
 * response can only have 0, which leaves a small space; in it the direction is found by projecting to and fro between what the
 * predictors can express and what is not negative (Correia, Guimarães and Zylkin 2019, arXiv:1903.01633, §3). Null without one.
 */
export function findSeparation(input: SeparationInput): Separation | null {
  const { x, edge, distance } = input;
  if (separates(input)) {
    const all = Array.from({ length: x.columns }, (_none, j) => j);
    return { separated: new Uint8Array(x.rows).fill(1), count: x.rows, complete: true, infinite: all };
  }
  const near = input.converged ? suspicious : suspiciousBeforeConvergence;
  const separated = new Uint8Array(x.rows);
  let count = 0;
  while (someNear(input, near)) {
    const candidates: number[] = [];
    const others: number[] = [];
    for (let i = 0; i < x.rows; i += 1) {
      if (separated[i] === 1) continue;
      if (edge[i] !== 0 && (distance[i] as number) < near) candidates.push(i);
      else others.push(i);
    }
    if (candidates.length === 0) break;
    const found = determinedRows(input, candidates, others);
    if (found.length === 0) break;
    for (const row of found) separated[row] = 1;
    count += found.length;
  }
  if (count === 0) return null;
  const rest = Array.from({ length: x.rows }, (_none, i) => i).filter((i) => separated[i] === 0);
  return { separated, count, complete: rest.length === 0, infinite: undetermined(takeRows(x, rest)) };
}

function someNear({ edge, distance }: SeparationInput, near: number): boolean {
  for (let i = 0; i < edge.length; i += 1) if (edge[i] !== 0 && (distance[i] as number) < near) return true;
  return false;
}

/** Whether the coefficients themselves put every row on its side. */
function separates({ x, edge, coefficients }: SeparationInput): boolean {
  if (!edge.every((side) => side !== 0)) return false;
  const eta = multiplyVector(x, coefficients);
  return eta.every((value, i) => value * (edge[i] as number) > 0);
}

function takeRows(x: Matrix, rows: readonly number[]): Matrix {
  const result = matrixOf(rows.length, x.columns);
  for (let j = 0; j < x.columns; j += 1) {
    const from = columnOf(x, j);
    const to = columnOf(result, j);
    for (let i = 0; i < rows.length; i += 1) to[i] = from[rows[i] as number] as number;
  }
  return result;
}

/** Directions that leave every row at 0, one a column. */
function nullSpace(x: Matrix): Matrix {
  const p = x.columns;
  const qr = qrDecompose(x, 1e-9);
  const result = matrixOf(p, p - qr.rank);
  for (let k = qr.rank; k < p; k += 1) {
    const out = columnOf(result, k - qr.rank);
    const expressed = solveUpper(qr, columnOf(qr.factors, k));
    for (let j = 0; j < qr.rank; j += 1) out[qr.pivot[j] as number] = -(expressed[j] as number);
    out[qr.pivot[k] as number] = 1;
  }
  return result;
}

/** Coefficients that change along some direction which leaves every row as it is. */
function undetermined(x: Matrix): number[] {
  const directions = nullSpace(x);
  const lengths = Float64Array.from({ length: x.columns }, (_none, j) => Math.hypot(...sample(columnOf(x, j))));
  return Array.from({ length: x.columns }, (_none, j) => j).filter((j) => {
    for (let k = 0; k < directions.columns; k += 1) {
      const direction = columnOf(directions, k);
      let largest = 0;
      for (let i = 0; i < direction.length; i += 1) {
        largest = Math.max(largest, Math.abs(direction[i] as number) * ((lengths[i] as number) || 1));
      }
      if (Math.abs(direction[j] as number) * ((lengths[j] as number) || 1) > rounding * largest) return true;
    }
    return false;
  });
}

function sample(column: Float64Array): Float64Array {
  return column.length <= 10_000 ? column : column.subarray(0, 10_000);
}

function determinedRows(input: SeparationInput, candidates: readonly number[], others: readonly number[]): number[] {
  const { x, edge, coefficients } = input;
  const free = nullSpace(takeRows(x, others));
  if (free.columns === 0) return [];
  const signed = multiply(takeRows(x, candidates), free);
  const signs = Float64Array.from(candidates, (row) => edge[row] as number);
  for (let j = 0; j < signed.columns; j += 1) {
    const column = columnOf(signed, j);
    for (let i = 0; i < column.length; i += 1) column[i] = (column[i] as number) * (signs[i] as number);
  }
  const eta = multiplyVector(takeRows(x, candidates), coefficients);
  const started = eta.map((value, i) => Math.max(value * (signs[i] as number), 0));
  for (const start of [started, new Float64Array(candidates.length).fill(1)]) {
    const projected = projectToCone(signed, start);
    if (!projected) continue;
    const largest = projected.reduce((most, value) => Math.max(most, value), 0);
    return candidates.filter((_row, i) => (projected[i] as number) > 10 * rounding * largest);
  }
  return [];
}

/** A point of the column space without negative parts, not 0; null where the projections find none. */
function projectToCone(x: Matrix, start: Float64Array): Float64Array | null {
  let u = start;
  const most = Math.max(50, Math.min(mostProjections, mostEffort / (x.rows * x.columns ** 2)));
  for (let step = 0; step < most; step += 1) {
    const projected = leastSquares(x, u, { refine: false }).fitted;
    let largest = 0;
    let least = 0;
    for (const value of projected) {
      largest = Math.max(largest, value);
      least = Math.min(least, value);
    }
    if (!(largest > 0)) return null;
    if (least >= -rounding * largest) return projected;
    u = projected.map((value) => Math.max(value / largest, 0));
  }
  return null;
}
