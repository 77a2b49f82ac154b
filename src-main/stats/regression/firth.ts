import { cholesky, inverseFromCholesky, logDeterminant, solveCholesky } from '../linear-algebra/cholesky.ts';
import { columnOf, type Matrix, multiplyVector, subMatrix } from '../linear-algebra/matrix.ts';
import { weightedCrossProduct } from '../linear-algebra/weighted-cross-product.ts';

export type FirthData = {
  /** Independent columns. */
  readonly x: Matrix;
  /** Proportions of events. */
  readonly y: Float64Array;
  /** Numbers of trials. */
  readonly weights: Float64Array;
  readonly offset: Float64Array | null;
};

export type FirthFit = {
  readonly coefficients: Float64Array;
  /** Inverse of Fisher's information at the estimate, all columns. */
  readonly covariance: Matrix;
  readonly fitted: Float64Array;
  readonly linearPredictor: Float64Array;
  /** Log-likelihood without binomial coefficients. */
  readonly logLik: number;
  /** That plus half the log determinant of the information. */
  readonly penalised: number;
  readonly iterations: number;
  readonly converged: boolean;
};

const maximumIterations = 500;
const longestStep = 5;

/**
 * Logistic regression with Firth's penalty, Jeffreys' prior (Firth 1993, Biometrika 80:27; Heinze and Schemper 2002, Statistics in
 * Medicine 21:2409): the score of each row gains h(½ − π), h its leverage. Estimates stay finite under separation. As
 * `logistf::logistf` and `brglm2::brglmFit(type = "AS_mean")`.
 * @param fixed columns whose coefficient stays as in `start`; the penalty is that of all columns, as in `logistf`
 */
export function fitFirth(data: FirthData, fixed: readonly number[] = [], start?: Float64Array): FirthFit {
  const p = data.x.columns;
  const free = Array.from({ length: p }, (_none, j) => j).filter((j) => !fixed.includes(j));
  let coefficients = start ? Float64Array.from(start) : new Float64Array(p);
  let state = stateAt(data, coefficients);
  let converged = free.length === 0;
  let iterations = 0;
  let before = Number.POSITIVE_INFINITY;
  while (!converged && iterations < maximumIterations) {
    iterations += 1;
    const score = Float64Array.from(free, (j) => state.score[j] as number);
    const lower = cholesky(subMatrix(state.information, free, free));
    if (!lower) break;
    const change = solveCholesky(lower, score);
    const decrement = change.reduce((total, value, k) => total + value * (score[k] as number), 0);
    if (decrement < 1e-26 || (decrement < 1e-18 && decrement > before / 4)) {
      converged = true;
      break;
    }
    before = decrement;
    const largest = change.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    let share = Math.min(1, longestStep / largest);
    const from = coefficients;
    const reached = state.penalised;
    for (let halving = 0; halving < 40; halving += 1) {
      coefficients = Float64Array.from(from);
      for (const [k, j] of free.entries()) coefficients[j] = (from[j] as number) + share * (change[k] as number);
      state = stateAt(data, coefficients);
      if (state.penalised >= reached - 1e-10 * (Math.abs(reached) + 0.1)) break;
      share /= 2;
    }
  }
  return {
    coefficients,
    covariance: state.covariance,
    fitted: state.fitted,
    linearPredictor: state.eta,
    logLik: state.logLik,
    penalised: state.penalised,
    iterations,
    converged,
  };
}

type State = {
  readonly eta: Float64Array;
  readonly fitted: Float64Array;
  readonly information: Matrix;
  readonly covariance: Matrix;
  /** Modified score of every column. */
  readonly score: Float64Array;
  readonly logLik: number;
  readonly penalised: number;
};

function stateAt({ x, y, weights, offset }: FirthData, coefficients: Float64Array): State {
  const n = x.rows;
  const eta = multiplyVector(x, coefficients);
  const fitted = new Float64Array(n);
  const working = new Float64Array(n);
  const residual = new Float64Array(n);
  let logLik = 0;
  for (let i = 0; i < n; i += 1) {
    const linear = (eta[i] as number) + (offset ? (offset[i] as number) : 0);
    const weight = weights[i] as number;
    const response = y[i] as number;
    eta[i] = linear;
    const small = Math.exp(-Math.abs(linear));
    const mean = linear > 0 ? 1 / (1 + small) : small / (1 + small);
    fitted[i] = mean;
    working[i] = (weight * small) / ((1 + small) * (1 + small));
    residual[i] = weight * (response - mean);
    const rise = Math.log1p(small);
    logLik -= weight * (response * (rise + Math.max(-linear, 0)) + (1 - response) * (rise + Math.max(linear, 0)));
  }
  const columns = Array.from({ length: x.columns }, (_none, j) => j);
  const { information, score } = weightedCrossProduct(x, columns, working, residual);
  const lower = cholesky(information);
  if (!lower) {
    const nothing = { ...information, data: information.data.map(() => Number.NaN) };
    return { eta, fitted, information, covariance: nothing, score, logLik, penalised: Number.NEGATIVE_INFINITY };
  }
  const covariance = inverseFromCholesky(lower);
  addPenalty(x, covariance, working, fitted, score);
  return { eta, fitted, information, covariance, score, logLik, penalised: logLik + logDeterminant(lower) / 2 };
}

/** Adds Σ h(½ − π)x to the score. */
function addPenalty(
  x: Matrix,
  covariance: Matrix,
  working: Float64Array,
  fitted: Float64Array,
  score: Float64Array,
): void {
  const p = x.columns;
  const pull = new Float64Array(x.rows);
  const projected = new Float64Array(x.rows);
  for (let j = 0; j < p; j += 1) {
    projected.fill(0);
    for (let k = 0; k < p; k += 1) {
      const factor = covariance.data[j * p + k] as number;
      const column = columnOf(x, k);
      for (let i = 0; i < projected.length; i += 1)
        projected[i] = (projected[i] as number) + factor * (column[i] as number);
    }
    const own = columnOf(x, j);
    for (let i = 0; i < pull.length; i += 1)
      pull[i] = (pull[i] as number) + (projected[i] as number) * (own[i] as number);
  }
  for (let i = 0; i < pull.length; i += 1) {
    pull[i] = (pull[i] as number) * (working[i] as number) * (0.5 - (fitted[i] as number));
  }
  for (let j = 0; j < p; j += 1) {
    const column = columnOf(x, j);
    let total = 0;
    for (let i = 0; i < pull.length; i += 1) total += (column[i] as number) * (pull[i] as number);
    score[j] = (score[j] as number) + total;
  }
}
