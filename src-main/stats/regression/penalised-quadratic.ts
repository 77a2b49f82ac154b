import { cholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { type Matrix, matrixOf, subMatrix } from '../linear-algebra/matrix.ts';

export type Penalty = {
  /** Weight of Σ|b|. */
  readonly l1: number;
  /** Weight of Σb²/2. */
  readonly l2: number;
  /** 1 where a coefficient is penalised, 0 for the intercept. */
  readonly penalised: Uint8Array;
};

const mostSweeps = 100_000;
const sweepsBetweenTries = 8;

/**
 * Minimises ½bᵀHb − rᵀb + l1·Σ|b| + l2·Σb²/2 by cyclic coordinate descent (Friedman, Hastie and Tibshirani 2010, Journal of Statistical
 * Software 33(1), eq. 5); the coefficients that are not 0 are then solved for exactly, and kept where signs and gradients agree. Null
 * where the system is singular.
 * @param start where to begin; not changed
 */
export function minimisePenalisedQuadratic(
  h: Matrix,
  r: Float64Array,
  penalty: Penalty,
  start: Float64Array,
): Float64Array | null {
  const p = h.rows;
  if (penalty.l1 === 0) return solveOn(h, r, penalty, new Float64Array(p), allOf(p));
  const b = Float64Array.from(start);
  const product = new Float64Array(p);
  for (let j = 0; j < p; j += 1) if (b[j] !== 0) addColumn(product, h, j, b[j] as number);
  for (let sweep = 1; sweep <= mostSweeps; sweep += 1) {
    const moved = sweepOnce(h, r, penalty, b, product);
    if (sweep % sweepsBetweenTries !== 0 && moved > 0) continue;
    const exact = exactOn(h, r, penalty, b);
    if (exact) return exact;
    if (moved === 0) return b;
  }
  return null;
}

function allOf(p: number): number[] {
  return Array.from({ length: p }, (_none, j) => j);
}

function addColumn(product: Float64Array, h: Matrix, column: number, factor: number): void {
  const from = column * h.rows;
  for (let i = 0; i < product.length; i += 1) {
    product[i] = (product[i] as number) + factor * (h.data[from + i] as number);
  }
}

/** Once over all coordinates; gives the largest change on the scale of the criterion. */
function sweepOnce(h: Matrix, r: Float64Array, penalty: Penalty, b: Float64Array, product: Float64Array): number {
  let largest = 0;
  for (let j = 0; j < b.length; j += 1) {
    const own = h.data[j * b.length + j] as number;
    const before = b[j] as number;
    const target = (r[j] as number) - (product[j] as number) + own * before;
    const shrunk =
      penalty.penalised[j] === 1
        ? (Math.sign(target) * Math.max(Math.abs(target) - penalty.l1, 0)) / (own + penalty.l2)
        : target / own;
    const change = shrunk - before;
    if (change === 0 || !Number.isFinite(change)) continue;
    b[j] = shrunk;
    addColumn(product, h, j, change);
    largest = Math.max(largest, change * change * own);
  }
  return largest;
}

/** The exact solution with the same coefficients at 0 and the same signs; null where it is not the minimum. */
function exactOn(h: Matrix, r: Float64Array, penalty: Penalty, b: Float64Array): Float64Array | null {
  const support = allOf(b.length).filter((j) => b[j] !== 0 || penalty.penalised[j] === 0);
  const signs = b.map((value, j) => (penalty.penalised[j] === 1 ? Math.sign(value) : 0));
  const exact = solveOn(h, r, penalty, signs, support);
  if (!exact) return null;
  for (const j of support) if (penalty.penalised[j] === 1 && Math.sign(exact[j] as number) !== signs[j]) return null;
  const product = new Float64Array(b.length);
  for (const j of support) addColumn(product, h, j, exact[j] as number);
  for (let j = 0; j < b.length; j += 1) {
    if (b[j] !== 0 || penalty.penalised[j] === 0) continue;
    if (Math.abs((r[j] as number) - (product[j] as number)) > penalty.l1 * (1 + 1e-9)) return null;
  }
  return exact;
}

function solveOn(
  h: Matrix,
  r: Float64Array,
  { l1, l2, penalised }: Penalty,
  signs: Float64Array,
  support: readonly number[],
): Float64Array | null {
  const system = subMatrix(h, support, support);
  const right = Float64Array.from(support, (j) => (r[j] as number) - l1 * (signs[j] as number));
  for (const [k, j] of support.entries()) {
    const place = k * support.length + k;
    if (penalised[j] === 1) system.data[place] = (system.data[place] as number) + l2;
  }
  const lower = cholesky(system);
  if (!lower) return null;
  const solved = solveCholesky(lower, right);
  refineOnce(system, lower, right, solved);
  const result = new Float64Array(h.rows);
  for (const [k, j] of support.entries()) result[j] = solved[k] as number;
  return result;
}

/** One step of iterative refinement. */
function refineOnce(system: Matrix, lower: Matrix, right: Float64Array, solved: Float64Array): void {
  const rest = Float64Array.from(right);
  const single = matrixOf(system.rows, system.columns, system.data);
  for (let j = 0; j < solved.length; j += 1) addColumn(rest, single, j, -(solved[j] as number));
  const change = solveCholesky(lower, rest);
  for (let j = 0; j < solved.length; j += 1) solved[j] = (solved[j] as number) + (change[j] as number);
}
