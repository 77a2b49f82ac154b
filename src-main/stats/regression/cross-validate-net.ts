import { columnOf, matrixOf } from '../linear-algebra/matrix.ts';
import { fitNet, type NetData, type NetFit, type NetOptions, prepareNet } from './elastic-net.ts';

export type CvRow = {
  readonly lambda: number;
  /** Mean squared error of a gaussian response, mean deviance of the others. */
  readonly mean: number;
  readonly se: number;
};

export type CrossValidation = {
  readonly rows: readonly CvRow[];
  readonly lambdaMin: number;
  /** The largest lambda within one standard error of the least. */
  readonly lambda1se: number;
  readonly converged: boolean;
};

/** A fold with fewer rows gives no mean worth the name: rows then count for themselves, as in glmnet. */
const leastRows = 3;

/**
 * Chooses lambda by cross-validation, as `cv.glmnet(type.measure = "default")`: each fold is predicted by a fit to the others at the same
 * lambdas. Means and errors are over folds weighted by their size, or over rows where folds have fewer than 3.
 * @param folds of each row, from 0
 */
export function crossValidate(
  data: NetData,
  options: NetOptions,
  lambdas: Float64Array,
  folds: Int32Array,
  count: number,
): CrossValidation {
  const errors = lambdas.length;
  const raw = Array.from({ length: errors }, () => new Float64Array(data.y.length));
  let converged = true;
  for (let fold = 0; fold < count; fold += 1) {
    const inside = pickRows(data, (row) => folds[row] !== fold);
    const fits = fitNet(prepareNet(inside, options), lambdas);
    for (const [k, fit] of fits.entries()) {
      converged &&= fit.converged;
      lossInto(raw[k] as Float64Array, data, options, fit, (row) => folds[row] === fold);
    }
  }
  const grouped = data.y.length / count >= leastRows;
  const groups = grouped ? folds : Int32Array.from({ length: data.y.length }, (_none, row) => row);
  const rows = raw.map((loss, k) => ({
    lambda: lambdas[k] as number,
    ...meanAndError(loss, data.weights, groups, grouped ? count : data.y.length),
  }));
  const least = Math.min(...rows.map((row) => row.mean));
  const lambdaMin = Math.max(...rows.filter((row) => row.mean <= least).map((row) => row.lambda));
  const best = rows.find((row) => row.lambda === lambdaMin) as CvRow;
  const within = rows.filter((row) => row.mean <= best.mean + best.se);
  return { rows, lambdaMin, lambda1se: Math.max(...within.map((row) => row.lambda)), converged };
}

function pickRows(data: NetData, wanted: (row: number) => boolean): NetData {
  const rows = Array.from(data.y, (_value, row) => row).filter(wanted);
  const x = matrixOf(rows.length, data.x.columns);
  for (let j = 0; j < x.columns; j += 1) {
    const from = columnOf(data.x, j);
    const to = columnOf(x, j);
    for (let i = 0; i < rows.length; i += 1) to[i] = from[rows[i] as number] as number;
  }
  const take = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row] as number);
  return {
    x,
    y: take(data.y),
    weights: take(data.weights),
    offset: data.offset && take(data.offset),
    intercept: data.intercept,
  };
}

/** glmnet keeps predicted probabilities this far from 0 and 1. */
const leastProbability = 1e-5;

function lossInto(
  out: Float64Array,
  data: NetData,
  { family }: NetOptions,
  fit: NetFit,
  wanted: (row: number) => boolean,
): void {
  const eta = linearPredictor(data, fit);
  for (let i = 0; i < out.length; i += 1) {
    if (!wanted(i)) continue;
    const y = data.y[i] as number;
    const linear = eta[i] as number;
    if (family === 'gaussian') out[i] = (y - linear) ** 2;
    else if (family === 'poisson') {
      const saturated = y > 0 ? y * Math.log(y) - y : 0;
      out[i] = 2 * (saturated - (y * linear - Math.exp(linear)));
    } else {
      const mean = Math.min(Math.max(1 / (1 + Math.exp(-linear)), leastProbability), 1 - leastProbability);
      const saturated = (y > 0 ? y * Math.log(y) : 0) + (y < 1 ? (1 - y) * Math.log(1 - y) : 0);
      out[i] = 2 * (saturated - y * Math.log(mean) - (1 - y) * Math.log(1 - mean));
    }
  }
}

export function linearPredictor(data: NetData, fit: Pick<NetFit, 'intercept' | 'coefficients'>): Float64Array {
  const eta = data.offset ? Float64Array.from(data.offset) : new Float64Array(data.y.length);
  for (let i = 0; i < eta.length; i += 1) eta[i] = (eta[i] as number) + fit.intercept;
  for (let j = 0; j < data.x.columns; j += 1) {
    const factor = fit.coefficients[j] as number;
    if (factor === 0) continue;
    const column = columnOf(data.x, j);
    for (let i = 0; i < eta.length; i += 1) eta[i] = (eta[i] as number) + factor * (column[i] as number);
  }
  return eta;
}

function meanAndError(
  loss: Float64Array,
  weights: Float64Array,
  groups: Int32Array,
  count: number,
): { readonly mean: number; readonly se: number } {
  const sums = new Float64Array(count);
  const sizes = new Float64Array(count);
  for (let i = 0; i < loss.length; i += 1) {
    const group = groups[i] as number;
    sums[group] = (sums[group] as number) + (weights[i] as number) * (loss[i] as number);
    sizes[group] = (sizes[group] as number) + (weights[i] as number);
  }
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const mean = sums.reduce((sum, value) => sum + value, 0) / total;
  let squares = 0;
  for (let group = 0; group < count; group += 1) {
    const size = sizes[group] as number;
    if (size > 0) squares += size * ((sums[group] as number) / size - mean) ** 2;
  }
  return { mean, se: Math.sqrt(squares / total / (count - 1)) };
}
