import { tQuantile } from '#main/stats/distributions/student-t.ts';
import { cholesky, inverseFromCholesky } from '#main/stats/linear-algebra/cholesky.ts';
import { fitRidgeLogistic, linearPredictor } from '#main/stats/regression/ridge-logistic.ts';
import type { EarlyWarningResult, Estimate } from '#shared/domain/early-warning.ts';
import type { LandmarkTable } from '../landmark-table.ts';
import type { FittedModel, Training } from './fit-model.ts';

/** A coefficient this large, per standard deviation, is one that has run away. */
const runaway = 20;

/**
 * Coefficients before shrinkage, per unit, with errors that take people, not landmarks, as independent (CR1: the sandwich times G/(G − 1) ·
 * (N − 1)/(N − p), limits by t with G − 1 degrees of freedom). Null for a predictor that does not vary, and for all where the outcome is separated.
 */
export function unpenalisedTerms(table: LandmarkTable, training: Training): (Estimate | null)[] {
  const { data, weights, landmarks, deviations } = training;
  const varying = [...deviations.keys()].filter((column) => (deviations[column] ?? 0) > 0);
  const none = Array.from(deviations, () => null);
  const x = new Float64Array(data.rows * varying.length);
  for (let row = 0; row < data.rows; row += 1) {
    varying.forEach((column, at) => {
      x[row * varying.length + at] = data.x[row * data.columns + column] ?? 0;
    });
  }
  const rows = { rows: data.rows, columns: varying.length, x, y: data.y };
  const fit = fitRidgeLogistic(rows, weights, 0);
  if (!fit.converged || fit.coefficients.some((value) => Math.abs(value) > runaway)) return none;
  const factor = cholesky(fit.information);
  if (!factor) return none;
  const bread = inverseFromCholesky(factor);
  const size = varying.length + 1;
  const scores = new Map<number, Float64Array>();
  const logits = linearPredictor(rows, fit.coefficients);
  for (let row = 0; row < data.rows; row += 1) {
    const residual = (weights[row] ?? 0) * ((data.y[row] ?? 0) - 1 / (1 + Math.exp(-(logits[row] ?? 0))));
    const who = table.person[landmarks[row] ?? 0] ?? 0;
    const score = scores.get(who) ?? new Float64Array(size);
    scores.set(who, score);
    score[0] = (score[0] ?? 0) + residual;
    for (let at = 0; at < varying.length; at += 1) {
      score[at + 1] = (score[at + 1] ?? 0) + residual * (x[row * varying.length + at] ?? 0);
    }
  }
  const clusters = scores.size;
  const correction = (clusters / (clusters - 1)) * ((data.rows - 1) / (data.rows - size));
  const t = tQuantile(0.975, clusters - 1);
  const found = [...none] as (Estimate | null)[];
  varying.forEach((column, at) => {
    let variance = 0;
    for (const score of scores.values()) {
      let influence = 0;
      for (let k = 0; k < size; k += 1) influence += (bread.data[(at + 1) * size + k] ?? 0) * (score[k] ?? 0);
      variance += influence * influence;
    }
    const deviation = deviations[column] ?? 1;
    const estimate = (fit.coefficients[at + 1] ?? 0) / deviation;
    const error = Math.sqrt(variance * correction) / deviation;
    found[column] = { estimate, low: estimate - t * error, high: estimate + t * error };
  });
  return found;
}

export function modelSection(
  table: LandmarkTable,
  model: FittedModel,
  unpenalised: readonly (Estimate | null)[],
): NonNullable<EarlyWarningResult['model']> {
  return {
    intercept: model.intercept,
    lambda: model.lambda,
    effectiveParameters: model.effectiveParameters,
    terms: table.predictors.map(({ code, words, unit }, column) => {
      const coefficient = model.coefficients[column] ?? 0;
      const sd = model.deviations[column] ?? 0;
      return {
        code,
        words,
        unit,
        mean: model.means[column] ?? 0,
        sd,
        coefficient,
        perDeviation: coefficient * sd,
        unpenalised: unpenalised[column] ?? null,
      };
    }),
  };
}
