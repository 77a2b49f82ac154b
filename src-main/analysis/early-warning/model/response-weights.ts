import { quantileOfSorted } from '#main/stats/numeric/quantile.ts';
import { fitRidgeLogistic, linearPredictor } from '#main/stats/regression/ridge-logistic.ts';
import { type LandmarkTable, outcomeUnknown } from '../landmark-table.ts';

/** Enough to keep the estimate finite where everybody of a role answers; it hardly shrinks. */
const slightRidge = 1e-4;
/** Weights are cut off at these shares of their distribution, so that nobody stands for a crowd. */
const trimmed = [0.01, 0.99] as const;

/**
 * What a landmark with a known outcome weighs: the share known of all, over the chance of being known that a logistic model of predictors and
 * role gives it (stabilised inverse-probability weights; Robins, Hernán and Brumback 2000, Epidemiology 11:550), cut off at the 1st and
 * 99th centile. All 1 where the outcome is known of everybody.
 * @param landmarks those that may train; `known` those of them whose outcome is known, in the same order
 */
export function responseWeights(table: LandmarkTable, landmarks: Uint32Array, known: Uint32Array): Float64Array {
  if (known.length === landmarks.length) return new Float64Array(known.length).fill(1);
  const columns = responseColumns(table, landmarks);
  const width = columns.length;
  const x = new Float64Array(landmarks.length * width);
  columns.forEach((values, column) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    if (deviation === 0) return;
    values.forEach((value, row) => {
      x[row * width + column] = (value - mean) / deviation;
    });
  });
  const y = Uint8Array.from(landmarks, (row) => (table.outcome[row] === outcomeUnknown ? 0 : 1));
  const data = { rows: landmarks.length, columns: width, x, y };
  const logits = linearPredictor(data, fitRidgeLogistic(data, null, slightRidge).coefficients);
  const share = known.length / landmarks.length;
  const weights = logits.filter((_, row) => y[row] === 1).map((logit) => share * (1 + Math.exp(-logit)));
  const sorted = weights.slice().sort();
  const [low, high] = trimmed.map((at) => quantileOfSorted(sorted, at));
  return weights.map((weight) => Math.min(Math.max(weight, low ?? weight), high ?? weight));
}

/** Predictors, and a column for each role but the first. */
function responseColumns(table: LandmarkTable, landmarks: Uint32Array): Float64Array[] {
  const predictors = table.values.map((values) => Float64Array.from(landmarks, (row) => values[row] ?? 0));
  const role = table.groups.find(({ name }) => name === 'role');
  const roles = (role?.levels ?? [])
    .slice(1)
    .map((_, level) => Float64Array.from(landmarks, (row) => (role?.of[row] === level + 1 ? 1 : 0)));
  return [...predictors, ...roles];
}
