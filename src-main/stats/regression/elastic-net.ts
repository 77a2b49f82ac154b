import { columnOf, type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { weightedCrossProduct } from '../linear-algebra/weighted-cross-product.ts';
import { type Means, meansAt, type NetFamily } from './net-means.ts';
import { minimisePenalisedQuadratic, type Penalty } from './penalised-quadratic.ts';

export type NetData = {
  /** Predictors without the intercept's column. */
  readonly x: Matrix;
  /** Numbers, proportions of events, or counts. */
  readonly y: Float64Array;
  /** Prior weights times trials. */
  readonly weights: Float64Array;
  readonly offset: Float64Array | null;
  readonly intercept: boolean;
};

export type NetOptions = {
  readonly family: NetFamily;
  /** 0 for ridge, 1 for the lasso. */
  readonly alpha: number;
  /** Predictors divided by their standard deviations (divisor n) while they are penalised. */
  readonly standardise: boolean;
};

export type NetFit = {
  readonly lambda: number;
  readonly intercept: number;
  /** On the scale of the predictors as given. */
  readonly coefficients: Float64Array;
  readonly converged: boolean;
};

/** What is the same for every lambda: standardised predictors, normalised weights, the fit without predictors. */
export type NetSetting = {
  readonly options: NetOptions;
  readonly data: NetData;
  /** Standardised; a column of ones in front where there is an intercept. */
  readonly x: Matrix;
  /** Adding up to 1. */
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly scales: Float64Array;
  /** Columns that do not vary: their coefficients stay 0. */
  readonly constant: readonly number[];
  /** Standard deviation of a gaussian response, 1 otherwise: glmnet divides the ridge part of the penalty by it. */
  readonly responseScale: number;
  /** |Σ w·x(y − μ)| of each predictor in the model without them. */
  readonly gradients: Float64Array;
};

/**
 * Prepares an elastic net: −(1/n)·log-likelihood + λ[(1 − α)/2·Σb² + α·Σ|b|], the intercept free (Friedman, Hastie and Tibshirani 2010,
 * Journal of Statistical Software 33(1)), as `glmnet`. Like `glmnet`, a gaussian response is put on unit variance first, so the ridge part
 * of its penalty is λ(1 − α)/sd(y), with divisor n.
 */
export function prepareNet(data: NetData, options: NetOptions): NetSetting {
  const { weights: given, y, intercept } = data;
  const total = given.reduce((sum, weight) => sum + weight, 0);
  const weights = given.map((weight) => weight / total);
  const columns = standardised(data, weights, options.standardise);
  const target = data.offset && options.family === 'gaussian' ? y.map((v, i) => v - (data.offset?.[i] as number)) : y;
  const centre = intercept ? weightedSum(target, weights) : 0;
  const spread = spreadAbout(target, weights, centre);
  const setting = {
    options,
    data,
    ...columns,
    weights,
    responseScale: options.family === 'gaussian' ? spread : 1,
    gradients: new Float64Array(data.x.columns),
  };
  const start = emptyModel(setting);
  const { residuals } = meansAt(setting, start);
  const first = intercept ? 1 : 0;
  for (let j = 0; j < data.x.columns; j += 1) {
    const column = columnOf(setting.x, first + j);
    let sum = 0;
    for (let i = 0; i < column.length; i += 1) sum += (column[i] as number) * (residuals[i] as number);
    setting.gradients[j] = columns.constant.includes(j) ? 0 : Math.abs(sum);
  }
  return setting;
}

function weightedSum(values: Float64Array, weights: Float64Array): number {
  return values.reduce((sum, value, i) => sum + value * (weights[i] as number), 0);
}

/** Root of the weighted mean square about a centre; large and tiny numbers are scaled before they are squared. */
function spreadAbout(values: Float64Array, weights: Float64Array, centre: number): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value - centre)), 0);
  if (largest === 0) return 0;
  const squares = values.reduce((sum, value, i) => sum + (weights[i] as number) * ((value - centre) / largest) ** 2, 0);
  return largest * Math.sqrt(squares);
}

function standardised(
  { x, intercept }: NetData,
  weights: Float64Array,
  divide: boolean,
): Pick<NetSetting, 'x' | 'means' | 'scales' | 'constant'> {
  const first = intercept ? 1 : 0;
  const result = matrixOf(x.rows, x.columns + first);
  if (intercept) result.data.fill(1, 0, x.rows);
  const means = new Float64Array(x.columns);
  const scales = new Float64Array(x.columns).fill(1);
  const constant: number[] = [];
  for (let j = 0; j < x.columns; j += 1) {
    const column = columnOf(x, j);
    const out = columnOf(result, first + j);
    const mean = weightedSum(column, weights);
    const spread = spreadAbout(column, weights, mean);
    if (spread === 0 || column.every((value) => value === column[0])) {
      constant.push(j);
      continue;
    }
    if (intercept) means[j] = mean;
    if (divide) scales[j] = spread;
    for (let i = 0; i < column.length; i += 1) {
      out[i] = ((column[i] as number) - (means[j] as number)) / (scales[j] as number);
    }
  }
  return { x: result, means, scales, constant };
}

/** The largest lambda at which something happens, as glmnet starts its path; with ridge that of α = 0.001. */
export function largestLambda(setting: NetSetting): number {
  return setting.gradients.reduce((most, value) => Math.max(most, value), 0) / Math.max(setting.options.alpha, 1e-3);
}

/** glmnet's path: 100 values evenly on the logarithm, down to 0.0001 (0.01 with more predictors than rows) of the largest. */
export function lambdaPath(setting: NetSetting, count = 100): Float64Array {
  const most = largestLambda(setting);
  const ratio = setting.data.x.rows < setting.data.x.columns ? 0.01 : 1e-4;
  return Float64Array.from({ length: count }, (_none, k) => most * ratio ** (k / (count - 1)));
}

/** Fits at each lambda, in the order given, each from the last. */
export function fitNet(setting: NetSetting, lambdas: ArrayLike<number>): NetFit[] {
  const gram = setting.options.family === 'gaussian' ? gramOf(setting) : null;
  let b = emptyModel(setting);
  return Array.from(lambdas, (lambda) => {
    const penalty = penaltyOf(setting, lambda);
    const found = gram ? minimisePenalisedQuadratic(gram.h, gram.r, penalty, b) : newton(setting, penalty, b);
    if (found) b = found;
    return { lambda, ...unstandardised(setting, b), converged: found !== null };
  });
}

function penaltyOf({ options, responseScale, x, data }: NetSetting, lambda: number): Penalty {
  const penalised = new Uint8Array(x.columns).fill(1);
  if (data.intercept) penalised[0] = 0;
  return { l1: lambda * options.alpha, l2: (lambda * (1 - options.alpha)) / responseScale, penalised };
}

type Gram = { readonly h: Matrix; readonly r: Float64Array };

function gramOf(setting: NetSetting): Gram {
  const { x, weights, data } = setting;
  const target = data.y.map((value, i) => value - (data.offset ? (data.offset[i] as number) : 0));
  const scores = target.map((value, i) => value * (weights[i] as number));
  return withoutConstants(setting, weightedCrossProduct(x, everyColumn(x), weights, scores));
}

function everyColumn(x: Matrix): number[] {
  return Array.from({ length: x.columns }, (_none, j) => j);
}

/** Columns of zeros get a 1 on the diagonal, so that the system can be solved and their coefficients stay 0. */
function withoutConstants(
  { constant, data }: NetSetting,
  { information, score }: { readonly information: Matrix; readonly score: Float64Array },
): Gram {
  for (const j of constant) {
    const place = j + (data.intercept ? 1 : 0);
    information.data[place * information.rows + place] = 1;
  }
  return { h: information, r: score };
}

/** Coefficients of the model with the intercept alone. */
function emptyModel(setting: NetSetting): Float64Array {
  const { data, weights, x, options } = setting;
  const b = new Float64Array(x.columns);
  if (!data.intercept) return b;
  const mean = weightedSum(data.y, weights);
  if (options.family === 'gaussian') {
    b[0] = mean - (data.offset ? weightedSum(data.offset, weights) : 0);
    return b;
  }
  b[0] = options.family === 'binomial' ? Math.log(mean / (1 - mean)) : Math.log(mean);
  if (!data.offset) return b;
  for (let step = 0; step < 100; step += 1) {
    const { residuals, working } = meansAt(setting, b);
    const change = residuals.reduce((sum, value) => sum + value, 0) / working.reduce((sum, value) => sum + value, 0);
    b[0] += Math.max(-5, Math.min(5, change));
    if (Math.abs(change) < 1e-14) break;
  }
  return b;
}

const mostNewtonSteps = 200;

/** Proximal Newton: the penalised quadratic approximation is minimised, the step halved until the objective falls. */
function newton(setting: NetSetting, penalty: Penalty, start: Float64Array): Float64Array | null {
  const { x } = setting;
  let b = start;
  let at = meansAt(setting, b);
  let objective = at.loss + penaltyAt(penalty, b);
  for (let step = 0; step < mostNewtonSteps; step += 1) {
    const { h, r: gradient } = withoutConstants(
      setting,
      weightedCrossProduct(x, everyColumn(x), at.working, at.residuals),
    );
    const right = Float64Array.from(gradient);
    for (let j = 0; j < x.columns; j += 1) {
      const factor = b[j] as number;
      for (let i = 0; i < x.columns; i += 1) {
        right[i] = (right[i] as number) + factor * (h.data[j * x.columns + i] as number);
      }
    }
    const target = minimisePenalisedQuadratic(h, right, penalty, b);
    if (!target) return null;
    let size = 0;
    for (let j = 0; j < b.length; j += 1) {
      const change = (target[j] as number) - (b[j] as number);
      size = Math.max(size, change * change * (h.data[j * x.columns + j] as number));
    }
    const moved = shortened(setting, penalty, { b, target, objective });
    b = moved.b;
    at = moved.at;
    objective = moved.objective;
    // Steps shrink quadratically: what is left is the square of this one.
    if (size < 1e-15) return b;
  }
  return null;
}

function penaltyAt({ l1, l2, penalised }: Penalty, b: Float64Array): number {
  let total = 0;
  for (let j = 0; j < b.length; j += 1) {
    const value = b[j] as number;
    if (penalised[j] === 1) total += l1 * Math.abs(value) + (l2 * value * value) / 2;
  }
  return total;
}

function shortened(
  setting: NetSetting,
  penalty: Penalty,
  from: { readonly b: Float64Array; readonly target: Float64Array; readonly objective: number },
): { readonly b: Float64Array; readonly at: Means; readonly objective: number } {
  let share = 1;
  for (;;) {
    const b = from.b.map((value, j) => value + share * ((from.target[j] as number) - value));
    const at = meansAt(setting, b);
    const objective = at.loss + penaltyAt(penalty, b);
    if (objective <= from.objective + 1e-12 * (Math.abs(from.objective) + 1) || share < 1e-10)
      return { b, at, objective };
    share /= 2;
  }
}

function unstandardised(
  { data, means, scales }: NetSetting,
  b: Float64Array,
): { readonly intercept: number; readonly coefficients: Float64Array } {
  const first = data.intercept ? 1 : 0;
  let intercept = data.intercept ? (b[0] as number) : 0;
  const coefficients = new Float64Array(data.x.columns);
  for (let j = 0; j < coefficients.length; j += 1) {
    const value = (b[first + j] as number) / (scales[j] as number);
    coefficients[j] = value;
    intercept -= value * (means[j] as number);
  }
  return { intercept: data.intercept ? intercept : 0, coefficients };
}
