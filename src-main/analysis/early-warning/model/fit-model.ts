import { type ChosenRidge, fitChosenRidge, type LogisticRows } from '#main/stats/regression/ridge-logistic.ts';
import { type LandmarkTable, outcomeUnknown } from '../landmark-table.ts';
import { responseWeights } from './response-weights.ts';

/** A fitted early warning: log odds of the outcome from the predictors in their own units. */
export type FittedModel = {
  readonly intercept: number;
  /** Per unit, in the order of the table's predictors; 0 where a predictor did not vary. */
  readonly coefficients: Float64Array;
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  readonly lambda: number;
  readonly effectiveParameters: number;
  readonly trainedOn: LandmarkCounts;
  /** −2 log-likelihood of the fit and of the intercept alone, both weighted. */
  readonly deviance: number;
  readonly nullDeviance: number;
};

/** Fewer of either cannot teach anything. */
const fewestOfEither = 10;

type LandmarkCounts = { readonly cases: number; readonly nonCases: number; readonly unknown: number };

/** Training rows, standardised with their own means and deviations, and what they weigh. */
export type Training = {
  readonly data: LogisticRows;
  /** Landmarks of the rows. */
  readonly landmarks: Uint32Array;
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  readonly counts: LandmarkCounts;
};

/** Landmarks that may train, by a condition; those whose horizon has not passed never do. */
export function landmarksWhere(table: LandmarkTable, may: (row: number) => boolean): Uint32Array {
  const rows: number[] = [];
  for (let row = 0; row < table.count; row += 1) if (table.complete[row] === 1 && may(row)) rows.push(row);
  return Uint32Array.from(rows);
}

/** Landmarks of these whose outcome is known. */
export function knownOf(table: LandmarkTable, landmarks: Uint32Array): Uint32Array {
  return landmarks.filter((row) => table.outcome[row] !== outcomeUnknown);
}

/**
 * Makes the training rows of landmarks: those whose outcome is known, weighted by how seldom it is known of people like them. Null where
 * there are fewer than 10 cases or 10 others.
 */
export function trainingOf(table: LandmarkTable, landmarks: Uint32Array): Training | null {
  const known = knownOf(table, landmarks);
  const cases = known.reduce((sum, row) => sum + (table.outcome[row] === 1 ? 1 : 0), 0);
  const counts = { cases, nonCases: known.length - cases, unknown: landmarks.length - known.length };
  if (Math.min(counts.cases, counts.nonCases) < fewestOfEither) return null;
  const weights = responseWeights(table, landmarks, known);
  const columns = table.values.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const [means, deviations] = [new Float64Array(columns), new Float64Array(columns)];
  const x = new Float64Array(known.length * columns);
  table.values.forEach((values, column) => {
    let [mean, squares] = [0, 0];
    for (let at = 0; at < known.length; at += 1) mean += (weights[at] ?? 0) * (values[known[at] ?? 0] ?? 0);
    mean /= total;
    for (let at = 0; at < known.length; at += 1) {
      squares += (weights[at] ?? 0) * ((values[known[at] ?? 0] ?? 0) - mean) ** 2;
    }
    const deviation = Math.sqrt(squares / total);
    means[column] = mean;
    deviations[column] = deviation;
    if (deviation === 0) return;
    for (let at = 0; at < known.length; at += 1) {
      x[at * columns + column] = ((values[known[at] ?? 0] ?? 0) - mean) / deviation;
    }
  });
  const y = Uint8Array.from(known, (row) => (table.outcome[row] === 1 ? 1 : 0));
  return { data: { rows: known.length, columns, x, y }, landmarks: known, weights, means, deviations, counts };
}

/** Fits by ridge logistic regression, the penalty chosen anew. Null where there is too little to learn from. */
export function fitModel(
  table: LandmarkTable,
  landmarks: Uint32Array,
  start: FittedModel | null = null,
): FittedModel | null {
  const training = trainingOf(table, landmarks);
  return training ? modelOf(training, fitChosenRidge(training.data, training.weights, startOf(training, start))) : null;
}

/** A start on the standardised scale from a model of much the same people. */
function startOf({ means, deviations }: Training, model: FittedModel | null): Float64Array | null {
  if (!model) return null;
  const start = new Float64Array(means.length + 1);
  start[0] = model.intercept;
  model.coefficients.forEach((value, column) => {
    start[0] = (start[0] ?? 0) + value * (means[column] ?? 0);
    start[column + 1] = value * (deviations[column] ?? 0);
  });
  return start;
}

export function modelOf({ data, weights, means, deviations, counts }: Training, fit: ChosenRidge): FittedModel {
  const coefficients = Float64Array.from(means, (_, column) => {
    const deviation = deviations[column] ?? 0;
    return deviation === 0 ? 0 : (fit.coefficients[column + 1] ?? 0) / deviation;
  });
  const shift = coefficients.reduce((sum, value, column) => sum + value * (means[column] ?? 0), 0);
  let [total, events] = [0, 0];
  data.y.forEach((event, row) => {
    total += weights[row] ?? 0;
    events += event * (weights[row] ?? 0);
  });
  const share = events / total;
  return {
    intercept: (fit.coefficients[0] ?? 0) - shift,
    coefficients,
    means,
    deviations,
    lambda: fit.lambda,
    effectiveParameters: fit.effective,
    trainedOn: counts,
    deviance: fit.deviance,
    nullDeviance: -2 * (events * Math.log(share) + (total - events) * Math.log(1 - share)),
  };
}
