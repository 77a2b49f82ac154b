import { columnOf, crossProduct, type Matrix, matrixOf } from '../../linear-algebra/matrix.ts';
import { findMinimum, findRoot } from '../../numeric/root.ts';
import { type LeastSquares, leastSquares } from '../../regression/least-squares.ts';

export type Ar1Fit = {
  readonly coefficients: Float64Array;
  readonly estimable: readonly number[];
  /** Of the estimable columns. */
  readonly covariance: Matrix;
  /** Correlation of errors one step apart. */
  readonly phi: number;
  /** Standard deviation of an error, as `nlme` reports it: divisor n − k under REML, n under ML. */
  readonly sigma: number;
  readonly logLik: number;
  /** y − Xb. */
  readonly residuals: Float64Array;
  /** Residuals freed from their correlation, on the scale of sigma. */
  readonly innovations: Float64Array;
  /** phi lies so near ±1 that the likelihood has its maximum at the edge. */
  readonly atEdge: boolean;
};

type Estimation = 'REML' | 'ML';
const edge = 1 - 1e-6;

/**
 * Linear model with errors that form a stationary autoregression of order 1, by restricted maximum likelihood (Harville 1977,
 * JASA 72:320) or maximum likelihood; as R's `nlme::gls(correlation = corAR1(form = ~ place))`. The likelihood is profiled over
 * phi: a grid, Brent's minimum, then the root of its derivative. Errors of the coefficients take phi as known; their divisor is
 * n − k under both methods, as in `nlme`.
 * @param x n × k, rows in the order of time
 * @param steps of row i from row i − 1, whole numbers of at least 1 (the first is not used): rows 2 apart correlate phi²
 */
export function fitAr1(x: Matrix, y: Float64Array, steps: Int32Array, method: Estimation): Ar1Fit {
  const grid = Array.from({ length: 41 }, (_none, i) => Math.sin(((i - 20) / 21) * (Math.PI / 2)));
  const values = grid.map((phi) => profile(x, y, steps, method, phi).objective);
  const best = values.indexOf(Math.min(...values));
  const from = grid[best - 1] ?? -edge;
  const to = grid[best + 1] ?? edge;
  const found = findMinimum((phi) => profile(x, y, steps, method, phi).objective, from, to, 1e-8);
  const phi = polish(x, y, steps, method, found.at, from, to);
  const { fit, objective } = profile(x, y, steps, method, phi);
  const n = y.length;
  const k = fit.rank;
  const divisor = method === 'REML' ? n - k : n;
  const variance = fit.residualSumOfSquares / (n - k);
  const used = fit.coefficients.map((value) => (Number.isNaN(value) ? 0 : value));
  const residuals = Float64Array.from(y);
  for (let j = 0; j < x.columns; j += 1) {
    const column = columnOf(x, j);
    const coefficient = used[j] as number;
    for (let i = 0; i < n; i += 1) residuals[i] = (residuals[i] as number) - coefficient * (column[i] as number);
  }
  return {
    coefficients: fit.coefficients,
    estimable: fit.estimable,
    covariance: matrixOf(
      k,
      k,
      fit.unscaledCovariance.data.map((value) => value * variance),
    ),
    phi,
    sigma: Math.sqrt(fit.residualSumOfSquares / divisor),
    logLik: -0.5 * (objective + divisor * (1 + Math.log((2 * Math.PI) / divisor))),
    residuals,
    innovations: fit.residuals,
    atEdge: Math.abs(phi) > 1 - 1e-4,
  };
}

/** −2 log likelihood but for a constant: N log RSS + log|V| (+ log|XᵀV⁻¹X| under REML), N = n − k or n. */
function profile(
  x: Matrix,
  y: Float64Array,
  steps: Int32Array,
  method: Estimation,
  phi: number,
): { readonly objective: number; readonly fit: LeastSquares; readonly whitened: Matrix } {
  const n = y.length;
  const whitened = matrixOf(n, x.columns);
  for (let j = 0; j < x.columns; j += 1) whiten(columnOf(x, j), steps, phi, columnOf(whitened, j));
  const target = new Float64Array(n);
  whiten(y, steps, phi, target);
  // Whitened rows are well conditioned, and the minimum asks for many fits.
  const fit = leastSquares(whitened, target, { refine: false });
  let logDeterminant = 0;
  for (let i = 1; i < n; i += 1) logDeterminant += Math.log1p(-(phi ** (2 * (steps[i] as number))));
  let logCrossProduct = 0;
  if (method === 'REML') {
    for (let j = 0; j < fit.rank; j += 1) {
      logCrossProduct += 2 * Math.log(Math.abs(fit.qr.factors.data[j * n + j] as number));
    }
  }
  const divisor = method === 'REML' ? n - fit.rank : n;
  return {
    objective: divisor * Math.log(fit.residualSumOfSquares) + logDeterminant + logCrossProduct,
    fit,
    whitened,
  };
}

/** First row as it is; row i becomes (vᵢ − φˢvᵢ₋₁)/√(1 − φ²ˢ), which leaves uncorrelated errors of one variance. */
function whiten(values: Float64Array, steps: Int32Array, phi: number, out: Float64Array): void {
  out[0] = values[0] as number;
  for (let i = 1; i < values.length; i += 1) {
    const power = phi ** (steps[i] as number);
    out[i] = ((values[i] as number) - power * (values[i - 1] as number)) / Math.sqrt(1 - power * power);
  }
}

/** Derivative of `whiten` by phi. */
function whitenSlope(values: Float64Array, steps: Int32Array, phi: number, out: Float64Array): void {
  out[0] = 0;
  for (let i = 1; i < values.length; i += 1) {
    const step = steps[i] as number;
    const power = phi ** step;
    const slope = step * phi ** (step - 1);
    const left = 1 - power * power;
    const before = values[i - 1] as number;
    out[i] = (slope * (power * (values[i] as number) - before)) / (left * Math.sqrt(left));
  }
}

function objectiveSlope(x: Matrix, y: Float64Array, steps: Int32Array, method: Estimation, phi: number): number {
  const n = y.length;
  const { fit, whitened } = profile(x, y, steps, method, phi);
  const error = Float64Array.from(y);
  const slopes = matrixOf(n, fit.rank);
  const kept = matrixOf(n, fit.rank);
  fit.estimable.forEach((column, place) => {
    const values = columnOf(x, column);
    const coefficient = fit.coefficients[column] as number;
    for (let i = 0; i < n; i += 1) error[i] = (error[i] as number) - coefficient * (values[i] as number);
    whitenSlope(values, steps, phi, columnOf(slopes, place));
    columnOf(kept, place).set(columnOf(whitened, column));
  });
  const errorSlope = new Float64Array(n);
  whitenSlope(error, steps, phi, errorSlope);
  let sumOfSquaresSlope = 0;
  let determinantSlope = 0;
  for (let i = 0; i < n; i += 1) {
    sumOfSquaresSlope += 2 * (fit.residuals[i] as number) * (errorSlope[i] as number);
    if (i > 0) {
      const step = steps[i] as number;
      determinantSlope -= (2 * step * phi ** (2 * step - 1)) / (1 - phi ** (2 * step));
    }
  }
  let traceSlope = 0;
  if (method === 'REML') {
    const product = crossProduct(kept, slopes);
    for (let index = 0; index < product.data.length; index += 1) {
      traceSlope += 2 * (product.data[index] as number) * (fit.unscaledCovariance.data[index] as number);
    }
  }
  const divisor = method === 'REML' ? n - fit.rank : n;
  return (divisor * sumOfSquaresSlope) / fit.residualSumOfSquares + determinantSlope + traceSlope;
}

/** The last digits of phi, which a minimum cannot give: where the derivative is 0. */
function polish(
  x: Matrix,
  y: Float64Array,
  steps: Int32Array,
  method: Estimation,
  near: number,
  from: number,
  to: number,
): number {
  const slope = (phi: number): number => objectiveSlope(x, y, steps, method, phi);
  for (let width = 1e-7; width < 0.01; width *= 10) {
    const low = Math.max(near - width, from);
    const high = Math.min(near + width, to);
    if (slope(low) < 0 && slope(high) > 0) return findRoot(slope, low, high);
  }
  return near;
}
