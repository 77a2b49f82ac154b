import { columnOf, type Matrix, matrixOf, multiplyVector } from '../linear-algebra/matrix.ts';
import {
  applyQTransposed,
  inverseOfCrossProduct,
  type QrDecomposition,
  qrDecompose,
  rankTolerance,
  solveUpper,
} from '../linear-algebra/qr.ts';

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
};

/**
 * Minimises Σ w(y − Xb)² by Householder QR (Golub and Van Loan 2013, Matrix Computations, §5.2), refined once, as R's
 * `lm.wfit`. Collinear columns are dropped from the right.
 * @param x n × p, one row an observation
 */
export function leastSquares(x: Matrix, y: Float64Array, options: LeastSquaresOptions = {}): LeastSquares {
  const { weights, offset } = options;
  const roots = weights?.map(Math.sqrt);
  const scaled = matrixOf(x.rows, x.columns, Float64Array.from(x.data));
  if (roots) {
    for (let j = 0; j < x.columns; j += 1) multiplyInPlace(columnOf(scaled, j), roots);
  }
  const target = offset ? y.map((value, i) => value - (offset[i] as number)) : y;
  const qr = qrDecompose(scaled, options.tolerance ?? rankTolerance, true);
  const effects = Float64Array.from(target);
  if (roots) multiplyInPlace(effects, roots);
  applyQTransposed(qr, effects);
  const solution = solveUpper(qr, effects);
  const coefficients = new Float64Array(x.columns).fill(Number.NaN);
  for (let k = 0; k < qr.rank; k += 1) coefficients[qr.pivot[k] as number] = solution[k] as number;
  refine(x, target, roots, qr, coefficients);
  const used = coefficients.map((value) => (Number.isNaN(value) ? 0 : value));
  const fitted = multiplyVector(x, used);
  const residuals = target.map((value, i) => value - (fitted[i] as number));
  let residualSumOfSquares = 0;
  for (let i = 0; i < residuals.length; i += 1) {
    residualSumOfSquares += (weights ? (weights[i] as number) : 1) * (residuals[i] as number) ** 2;
  }
  const estimable = Array.from(qr.pivot.subarray(0, qr.rank)).sort((a, b) => a - b);
  return {
    coefficients,
    rank: qr.rank,
    estimable,
    unscaledCovariance: inPlaceOrder(inverseOfCrossProduct(qr), qr),
    residuals,
    fitted: offset ? fitted.map((value, i) => value + (offset[i] as number)) : fitted,
    residualSumOfSquares,
    effects,
    qr,
  };
}

function multiplyInPlace(values: Float64Array, factors: Float64Array): void {
  for (let i = 0; i < values.length; i += 1) values[i] = (values[i] as number) * (factors[i] as number);
}

/** One step of iterative refinement: the residual's own least-squares solution is added. */
function refine(
  x: Matrix,
  y: Float64Array,
  roots: Float64Array | undefined,
  qr: QrDecomposition,
  coefficients: Float64Array,
): void {
  const used = coefficients.map((value) => (Number.isNaN(value) ? 0 : value));
  const fitted = multiplyVector(x, used);
  const residual = y.map((value, i) => value - (fitted[i] as number));
  if (roots) multiplyInPlace(residual, roots);
  const correction = solveUpper(qr, applyQTransposed(qr, residual));
  for (let k = 0; k < qr.rank; k += 1) {
    const column = qr.pivot[k] as number;
    const change = correction[k] as number;
    if (Number.isFinite(change)) coefficients[column] = (coefficients[column] as number) + change;
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
