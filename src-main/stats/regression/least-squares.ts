import { columnOf, type Matrix, matrixOf, multiplyVector } from '../linear-algebra/matrix.ts';
import {
  applyQTransposed,
  inverseOfCrossProduct,
  type QrDecomposition,
  qrDecompose,
  rankTolerance,
  solveUpper,
} from '../linear-algebra/qr.ts';
import { accurateDot, largestSplit } from '../numeric/double-double.ts';
import { type AugmentedSystem, refinedInverse, solveAugmented } from './refine-least-squares.ts';

export type LeastSquares = {
  /** One a column; NaN where the column adds nothing to those before it (R's NA). */
  readonly coefficients: Float64Array;
  readonly rank: number;
  /** Columns that have a coefficient, rising. */
  readonly estimable: readonly number[];
  /** (XᵀWX)⁻¹ of the estimable columns, in their order. */
  readonly unscaledCovariance: Matrix;
  /** y − Xb − offset, unweighted. */
  readonly residuals: Float64Array;
  readonly fitted: Float64Array;
  /** Σ w·residual². */
  readonly residualSumOfSquares: number;
  /** Qᵀ·√w·y in pivoted order: squares of the first `rank` are the sequential sums of squares. */
  readonly effects: Float64Array;
  readonly qr: QrDecomposition;
};

export type LeastSquaresOptions = {
  /** Not negative; rows of weight 0 do not count. */
  readonly weights?: Float64Array | undefined;
  readonly offset?: Float64Array | null | undefined;
  readonly tolerance?: number;
  /** False leaves out the refinement of ill-conditioned solutions, for steps that are repeated anyway. */
  readonly refine?: boolean;
};

/** Small problems are always refined; large ones where a column has less than this share left after those before it. */
const refineBelow = 0.05;
const alwaysRefined = 20_000;
const mostRefined = 4e8;

/**
 * Minimises Σ w(y − Xb)² by Householder QR (Golub and Van Loan 2013, Matrix Computations, §5.2), as R's `lm.wfit`; small or
 * ill-conditioned problems refined with residuals in doubled precision (§5.3.8). Collinear columns are dropped from the right.
 * @param x n × p, one row an observation
 */
export function leastSquares(x: Matrix, y: Float64Array, options: LeastSquaresOptions = {}): LeastSquares {
  const { weights, offset } = options;
  const roots = weights?.map(Math.sqrt);
  const scaled = scaledRows(x, roots);
  const target = offset ? y.map((value, i) => value - (offset[i] as number)) : y;
  const qr = qrDecompose(scaled, options.tolerance ?? rankTolerance, true);
  const right = roots ? target.map((value, i) => value * (roots[i] as number)) : target;
  const effects = applyQTransposed(qr, Float64Array.from(right));
  const kept = Array.from(qr.pivot.subarray(0, qr.rank));
  const effort = x.rows * qr.rank;
  const refine =
    options.refine !== false && (effort <= alwaysRefined || (qr.leastShare < refineBelow && effort <= mostRefined));
  const system = refine ? systemOf(x, roots, qr) : null;
  const solved = system ? solveAugmented(system, right, null) : null;
  const solution = solved?.x ?? solveUpper(qr, effects);
  const coefficients = new Float64Array(x.columns).fill(Number.NaN);
  for (const [k, column] of kept.entries()) coefficients[column] = solution[k] as number;
  const residuals = solved ? Float64Array.from(solved.r) : residualsOf(x, target, coefficients);
  if (solved && roots) unweight(residuals, roots, residualsOf(x, target, coefficients));
  // Refining (XᵀX)⁻¹ takes a solution for each column.
  const inverse =
    system && qr.leastShare < refineBelow && effort * qr.rank <= mostRefined
      ? refinedInverse(system)
      : inverseOfCrossProduct(qr);
  return {
    coefficients,
    rank: qr.rank,
    estimable: [...kept].sort((a, b) => a - b),
    unscaledCovariance: inPlaceOrder(inverse, qr),
    residuals,
    fitted: y.map((value, i) => value - (residuals[i] as number)),
    residualSumOfSquares: sumOfSquaredResiduals(residuals, weights),
    effects,
    qr,
  };
}

function scaledRows(x: Matrix, roots: Float64Array | undefined): Matrix {
  const scaled = matrixOf(x.rows, x.columns, Float64Array.from(x.data));
  if (roots) {
    for (let j = 0; j < x.columns; j += 1) multiplyInPlace(columnOf(scaled, j), roots);
  }
  return scaled;
}

/** Null where a value is too large to be split in halves. */
function systemOf(x: Matrix, roots: Float64Array | undefined, qr: QrDecomposition): AugmentedSystem | null {
  const columns: Float64Array[] = [];
  for (let k = 0; k < qr.rank; k += 1) {
    const column = columnOf(x, qr.pivot[k] as number);
    for (let i = 0; i < column.length; i += 1) if (Math.abs(column[i] as number) > largestSplit) return null;
    columns.push(roots ? column.map((value, i) => value * (roots[i] as number)) : column);
  }
  return { columns, qr };
}

function multiplyInPlace(values: Float64Array, factors: Float64Array): void {
  for (let i = 0; i < values.length; i += 1) values[i] = (values[i] as number) * (factors[i] as number);
}

function residualsOf(x: Matrix, target: Float64Array, coefficients: Float64Array): Float64Array {
  const used = coefficients.map((value) => (Number.isNaN(value) ? 0 : value));
  const fitted = multiplyVector(x, used);
  return target.map((value, i) => value - (fitted[i] as number));
}

function sumOfSquaredResiduals(residuals: Float64Array, weights: Float64Array | undefined): number {
  return accurateDot(weights ? residuals.map((value, i) => value * (weights[i] as number)) : residuals, residuals);
}

/** Residuals of rows with a weight are divided by its root; those of the others come from the coefficients. */
function unweight(residuals: Float64Array, roots: Float64Array, unscaled: Float64Array): void {
  for (let i = 0; i < residuals.length; i += 1) {
    const root = roots[i] as number;
    residuals[i] = root > 0 ? (residuals[i] as number) / root : (unscaled[i] as number);
  }
}

/** Estimable columns keep their order among themselves under the limited pivoting, so only a check is needed. */
function inPlaceOrder(covariance: Matrix, qr: QrDecomposition): Matrix {
  const order = Array.from({ length: qr.rank }, (_none, k) => k).sort(
    (a, b) => (qr.pivot[a] as number) - (qr.pivot[b] as number),
  );
  if (order.every((place, k) => place === k)) return covariance;
  const result = matrixOf(qr.rank, qr.rank);
  order.forEach((from, i) => {
    order.forEach((other, j) => {
      result.data[j * qr.rank + i] = covariance.data[other * qr.rank + from] as number;
    });
  });
  return result;
}
