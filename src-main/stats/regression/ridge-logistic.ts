import { cholesky, inverseFromCholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { type Matrix, matrixOf } from '../linear-algebra/matrix.ts';

/** Rows of predictors side by side, as a fit over many rows reads them fastest. */
export type LogisticRows = {
  readonly rows: number;
  readonly columns: number;
  /** At `row * columns + column`. */
  readonly x: Float64Array;
  /** 0 or 1. */
  readonly y: Uint8Array;
};

export type LogisticFit = {
  /** The intercept, then the columns. */
  readonly coefficients: Float64Array;
  /** −2 log-likelihood over Σ weights, times Σ weights. */
  readonly deviance: number;
  /** Second derivatives of the log-likelihood without the penalty, intercept first, times −1. */
  readonly information: Matrix;
  readonly converged: boolean;
};

const mostSteps = 60;
const tightTolerance = 1e-9;

/**
 * Ridge logistic regression by Newton's method: minimises −(1/W)·log-likelihood + λ/2·Σb², W the sum of the weights, the intercept
 * free; the objective of `glmnet` with alpha 0 where the columns are standardised already. One pass over the rows a step, so that
 * some hundred thousand rows of a dozen columns take hundredths of a second; rows of weight 0 are skipped. A small λ keeps the
 * estimate finite where the outcome is separated.
 * @param weights not negative, one a row; null for 1 throughout
 * @param start where to begin, intercept first; not changed
 * @param tolerance a step smaller than this is the last; what is left after it is of the order of its square
 */
export function fitRidgeLogistic(
  data: LogisticRows,
  weights: Float64Array | null,
  lambda: number,
  start: Float64Array | null = null,
  tolerance = tightTolerance,
): LogisticFit {
  const beta = start ? start.slice() : new Float64Array(data.columns + 1);
  return descend(data, weights, lambda, { beta, at: derivatives(data, weights, beta) }, tolerance);
}

type State = { readonly beta: Float64Array; readonly at: Derivatives };

function descend(
  data: LogisticRows,
  weights: Float64Array | null,
  lambda: number,
  from: State,
  tolerance: number,
): LogisticFit {
  let { beta, at } = from;
  const fitted = (coefficients: Float64Array, converged: boolean): LogisticFit => ({
    coefficients,
    deviance: at.deviance,
    information: at.information,
    converged,
  });
  const objective = (state: Derivatives, coefficients: Float64Array): number =>
    state.deviance / 2 / state.weight + (lambda / 2) * squared(coefficients);
  for (let step = 0; step < mostSteps; step += 1) {
    const penalty = lambda * at.weight;
    const slope = at.gradient.map((value, j) => value - (j === 0 ? 0 : penalty * (beta[j] as number)));
    const factor = cholesky(withRidge(at.information, penalty));
    if (!factor) return fitted(beta, false);
    const move = solveCholesky(factor, slope);
    if (largest(move) < tolerance) return fitted(added(beta, move, 1), true);
    const before = objective(at, beta);
    let share = 1;
    let next = added(beta, move, share);
    let state = derivatives(data, weights, next);
    while (objective(state, next) > before + 1e-12 * Math.abs(before) && share > 1e-9) {
      share /= 2;
      next = added(beta, move, share);
      state = derivatives(data, weights, next);
    }
    beta = next;
    at = state;
  }
  return fitted(beta, false);
}

function added(beta: Float64Array, move: Float64Array, share: number): Float64Array {
  return beta.map((value, j) => value + share * (move[j] as number));
}

type Derivatives = {
  readonly deviance: number;
  readonly gradient: Float64Array;
  readonly information: Matrix;
  readonly weight: number;
};

/** Log-likelihood, its gradient and information in one pass. */
function derivatives(
  { rows, columns, x, y }: LogisticRows,
  weights: Float64Array | null,
  beta: Float64Array,
): Derivatives {
  const size = columns + 1;
  const gradient = new Float64Array(size);
  // The upper triangle line by line, so that one counter walks through it.
  const upper = new Float64Array((size * (size + 1)) / 2);
  let [logLikelihood, total] = [0, 0];
  const intercept = beta[0] as number;
  for (let row = 0; row < rows; row += 1) {
    const weight = weights === null ? 1 : (weights[row] as number);
    if (weight === 0) continue;
    const base = row * columns;
    let eta = intercept;
    for (let j = 0; j < columns; j += 1) eta += (x[base + j] as number) * (beta[j + 1] as number);
    const small = Math.exp(-Math.abs(eta));
    const mean = eta >= 0 ? 1 / (1 + small) : small / (1 + small);
    const event = y[row] as number;
    logLikelihood += weight * (event * eta - (eta > 0 ? eta : 0) - Math.log(1 + small));
    total += weight;
    const residual = weight * (event - mean);
    const curve = weight * mean * (1 - mean);
    gradient[0] = (gradient[0] as number) + residual;
    upper[0] = (upper[0] as number) + curve;
    let place = 1;
    for (let j = 0; j < columns; j += 1, place += 1) {
      upper[place] = (upper[place] as number) + curve * (x[base + j] as number);
    }
    for (let j = 0; j < columns; j += 1) {
      const value = x[base + j] as number;
      if (value === 0) {
        place += columns - j;
        continue;
      }
      gradient[j + 1] = (gradient[j + 1] as number) + residual * value;
      const scaled = curve * value;
      for (let k = base + j; k < base + columns; k += 1, place += 1) {
        upper[place] = (upper[place] as number) + scaled * (x[k] as number);
      }
    }
  }
  const information = matrixOf(size, size);
  for (let j = 0, place = 0; j < size; j += 1) {
    for (let k = j; k < size; k += 1, place += 1) {
      const value = upper[place] as number;
      information.data[j * size + k] = value;
      information.data[k * size + j] = value;
    }
  }
  return { deviance: -2 * logLikelihood, gradient, information, weight: total };
}

function withRidge(information: Matrix, penalty: number): Matrix {
  const size = information.rows;
  const sum = matrixOf(size, size);
  sum.data.set(information.data);
  for (let j = 1; j < size; j += 1) sum.data[j * size + j] = (sum.data[j * size + j] as number) + penalty;
  return sum;
}

function squared(coefficients: Float64Array): number {
  let sum = 0;
  for (let j = 1; j < coefficients.length; j += 1) sum += (coefficients[j] as number) ** 2;
  return sum;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** What a penalty leaves of the columns: the trace of I·(I + penalty)⁻¹ without the intercept (Gray 1992, JASA 87:942). */
export function effectiveParameters(information: Matrix, penalty: number): number {
  const factor = cholesky(withRidge(information, penalty));
  if (!factor) return Number.NaN;
  const inverse = inverseFromCholesky(factor);
  const size = information.rows;
  let trace = 0;
  for (let j = 0; j < size; j += 1) {
    for (let k = 0; k < size; k += 1) {
      trace += (information.data[j * size + k] as number) * (inverse.data[k * size + j] as number);
    }
  }
  return trace - 1;
}

export type ChosenRidge = LogisticFit & { readonly lambda: number; readonly effective: number };

/** From hardly any shrinkage to a great deal, evenly on the logarithm. */
const lambdas: readonly number[] = Array.from({ length: 21 }, (_, k) => 10 ** (-5 + k / 4));

/** A start is near enough to choose a penalty about it where a Newton step would change the deviance by less than this share of Σ weights. */
const nearEnough = 1e-3;

/**
 * The fit whose penalty gives the least deviance + 2 · effective parameters, as `rms::pentrace` (Gray 1992; Harrell 2015, Regression
 * Modeling Strategies, §9.10). The deviance at each penalty is that of the quadratic about a nearly unpenalised fit, or about a start that is
 * near one, so a choice costs no pass over the rows; the fit at the penalty chosen is by Newton's method.
 * @param tolerance as for `fitRidgeLogistic`
 */
export function fitChosenRidge(
  data: LogisticRows,
  weights: Float64Array | null,
  start: Float64Array | null = null,
  tolerance = tightTolerance,
): ChosenRidge {
  const given = start ? start.slice() : new Float64Array(data.columns + 1);
  let about: State = { beta: given, at: derivatives(data, weights, given) };
  if (start === null || !isNear(about.at)) {
    const { coefficients } = descend(data, weights, lambdas[0] as number, about, 1e-4);
    about = { beta: coefficients, at: derivatives(data, weights, coefficients) };
  }
  const { lambda, move } = chosenPenalty(about);
  const beta = added(about.beta, move, 1);
  const fit = descend(data, weights, lambda, { beta, at: derivatives(data, weights, beta) }, tolerance);
  return { ...fit, lambda, effective: effectiveParameters(fit.information, lambda * about.at.weight) };
}

function isNear({ gradient, information, weight }: Derivatives): boolean {
  const factor = cholesky(information);
  if (!factor) return false;
  const step = solveCholesky(factor, gradient);
  return step.reduce((sum, value, j) => sum + value * (gradient[j] as number), 0) < nearEnough * weight;
}

/** The penalty, and the way to its minimum of the quadratic about a state. */
function chosenPenalty({ beta, at }: State): { readonly lambda: number; readonly move: Float64Array } {
  let best: { lambda: number; move: Float64Array; criterion: number } = {
    lambda: lambdas[0] as number,
    move: new Float64Array(beta.length),
    criterion: Number.POSITIVE_INFINITY,
  };
  for (const lambda of lambdas) {
    const penalty = lambda * at.weight;
    const factor = cholesky(withRidge(at.information, penalty));
    if (!factor) continue;
    const slope = at.gradient.map((value, j) => value - (j === 0 ? 0 : penalty * (beta[j] as number)));
    const move = solveCholesky(factor, slope);
    const gain = move.reduce((sum, value, j) => sum + value * (at.gradient[j] as number), 0);
    const criterion = quadratic(at.information, move) - 2 * gain + 2 * effectiveParameters(at.information, penalty);
    if (criterion < best.criterion) best = { lambda, move, criterion };
  }
  return best;
}

function quadratic(information: Matrix, move: Float64Array): number {
  const size = information.rows;
  let sum = 0;
  for (let j = 0; j < size; j += 1) {
    for (let k = 0; k < size; k += 1) {
      sum += (move[j] as number) * (information.data[j * size + k] as number) * (move[k] as number);
    }
  }
  return sum;
}

/** The linear predictor of every row. */
export function linearPredictor(
  { rows, columns, x }: Omit<LogisticRows, 'y'>,
  coefficients: Float64Array,
): Float64Array {
  const result = new Float64Array(rows);
  for (let row = 0; row < rows; row += 1) {
    let eta = coefficients[0] as number;
    for (let j = 0; j < columns; j += 1) eta += (x[row * columns + j] as number) * (coefficients[j + 1] as number);
    result[row] = eta;
  }
  return result;
}
