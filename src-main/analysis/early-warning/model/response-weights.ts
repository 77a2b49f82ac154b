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
  const { x, width } = responseColumns(table, landmarks);
  const y = Uint8Array.from(landmarks, (row) => (table.outcome[row] === outcomeUnknown ? 0 : 1));
  const data = { rows: landmarks.length, columns: width, x, y };
  const logits = linearPredictor(data, fitRidgeLogistic(data, null, slightRidge, null, 1e-6).coefficients);
  const share = known.length / landmarks.length;
  const weights = logits.filter((_, row) => y[row] === 1).map((logit) => share * (1 + Math.exp(-logit)));
  const sorted = weights.slice().sort();
  const [low, high] = trimmed.map((at) => quantileOfSorted(sorted, at));
  return weights.map((weight) => Math.min(Math.max(weight, low ?? weight), high ?? weight));
}

/** Predictors, standardised, and a column of 0 and 1 for each role but the first. */
function responseColumns(
  table: LandmarkTable,
  landmarks: Uint32Array,
): { readonly x: Float64Array; readonly width: number } {
  const role = table.groups.find(({ name }) => name === 'role');
  const predictors = table.values.length;
  const width = predictors + Math.max(0, (role?.levels.length ?? 0) - 1);
  const x = new Float64Array(landmarks.length * width);
  table.values.forEach((values, column) => {
    let [sum, squares] = [0, 0];
    for (const row of landmarks) sum += values[row] ?? 0;
    const mean = sum / landmarks.length;
    for (const row of landmarks) squares += ((values[row] ?? 0) - mean) ** 2;
    const deviation = Math.sqrt(squares / landmarks.length);
    if (deviation === 0) return;
    landmarks.forEach((row, at) => {
      x[at * width + column] = ((values[row] ?? 0) - mean) / deviation;
    });
  });
  landmarks.forEach((row, at) => {
    const level = role?.of[row] ?? 0;
    if (level > 0 && level < (role?.levels.length ?? 0)) x[at * width + predictors + level - 1] = 1;
  });
  return { x, width };
}
