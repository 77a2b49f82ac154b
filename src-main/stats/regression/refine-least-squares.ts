import { columnOf, type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { applyQ, applyQTransposed, type QrDecomposition, solveUpper } from '../linear-algebra/qr.ts';
import { accurateDot, subtractScaled } from '../numeric/double-double.ts';

/** The system r + A·x = f, Aᵀ·r = g, of the columns that a QR decomposition kept, in its order. */
export type AugmentedSystem = {
  /** The kept columns, in pivoted order, rows already multiplied by the roots of their weights. */
  readonly columns: readonly Float64Array[];
  readonly qr: QrDecomposition;
};

export type AugmentedSolution = {
  readonly x: Float64Array;
  readonly r: Float64Array;
};

const mostSteps = 12;

/**
 * Iterative refinement of a least-squares solution through its augmented system, residuals in twice the working precision
 * (Björck 1967, BIT 7:257; Demmel, Hida, Riedy and Li 2009, ACM Transactions on Mathematical Software 35:28): solution and
 * residuals reach nearly full precision wherever the columns are not collinear to rounding.
 * @param f right-hand side of length n; null for zeros
 * @param g right-hand side of length rank; null for zeros
 */
export function solveAugmented(
  system: AugmentedSystem,
  f: Float64Array | null,
  g: Float64Array | null,
): AugmentedSolution {
  const { qr } = system;
  const n = qr.rows;
  let solution = direct(qr, f ?? new Float64Array(n), g ?? new Float64Array(qr.rank));
  let before = Number.POSITIVE_INFINITY;
  for (let step = 0; step < mostSteps; step += 1) {
    const high = f ? Float64Array.from(f) : new Float64Array(n);
    const low = new Float64Array(n);
    for (let j = 0; j < qr.rank; j += 1) {
      subtractScaled(high, low, system.columns[j] as Float64Array, solution.x[j] as number);
    }
    subtractScaled(high, low, solution.r, 1);
    for (let i = 0; i < n; i += 1) high[i] = (high[i] as number) + (low[i] as number);
    const right = Float64Array.from(system.columns, (column, j) => {
      return (g ? (g[j] as number) : 0) - accurateDot(column, solution.r);
    });
    const change = direct(qr, high, right);
    const size = relativeSize(change.x, solution.x);
    if (!(size < before / 2)) break;
    solution = { x: sumOf(solution.x, change.x), r: sumOf(solution.r, change.r) };
    before = size;
    if (size < Number.EPSILON) break;
  }
  return solution;
}

/** One solution in working precision: Rᵀh = g, (d₁, d₂) = Qᵀf, x = R⁻¹(d₁ − h), r = Q(h, d₂). */
function direct(qr: QrDecomposition, f: Float64Array, g: Float64Array): AugmentedSolution {
  const h = solveUpperTransposed(qr, g);
  const r = applyQTransposed(qr, Float64Array.from(f));
  const rest = h.map((value, k) => (r[k] as number) - value);
  r.set(h);
  return { x: solveUpper(qr, rest), r: applyQ(qr, r) };
}

/** Solves Rᵀ·x = b for the first `rank` places. */
function solveUpperTransposed(qr: QrDecomposition, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let j = 0; j < qr.rank; j += 1) {
    const column = columnOf(qr.factors, j);
    let value = x[j] as number;
    for (let i = 0; i < j; i += 1) value -= (column[i] as number) * (x[i] as number);
    x[j] = value / (column[j] as number);
  }
  return x;
}

function sumOf(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, index) => value + (b[index] as number));
}

function relativeSize(change: Float64Array, values: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < change.length; i += 1) {
    const size = Math.abs(change[i] as number) / Math.abs(values[i] as number);
    if (size > largest && Number.isFinite(size)) largest = size;
    if (Number.isNaN(change[i] as number)) return Number.NaN;
  }
  return largest;
}

/** (AᵀA)⁻¹ in pivoted order, each column refined. */
export function refinedInverse(system: AugmentedSystem): Matrix {
  const p = system.qr.rank;
  const inverse = matrixOf(p, p);
  for (let j = 0; j < p; j += 1) {
    const g = new Float64Array(p);
    g[j] = -1;
    inverse.data.set(solveAugmented(system, null, g).x, j * p);
  }
  for (let j = 0; j < p; j += 1) {
    for (let i = 0; i < j; i += 1) {
      const middle = ((inverse.data[j * p + i] as number) + (inverse.data[i * p + j] as number)) / 2;
      inverse.data[j * p + i] = middle;
      inverse.data[i * p + j] = middle;
    }
  }
  return inverse;
}
