import { agreementOfBins, binLogits } from '#main/stats/prediction/binned-agreement.ts';
import { type ChosenRidge, fitChosenRidge, linearPredictor } from '#main/stats/regression/ridge-logistic.ts';
import type { EarlyWarningResult } from '#shared/domain/early-warning.ts';
import type { LandmarkTable } from '../landmark-table.ts';
import type { Training } from './fit-model.ts';
import { resamplePeople } from './people-resamples.ts';
import type { Resampling } from './performance.ts';

/** A resample is fitted to within the square of this, far less than it differs from the next. */
const nearTolerance = 1e-4;

/**
 * Optimism by the bootstrap (Harrell, Lee and Mark 1996, Statistics in Medicine 15:361): the model, its penalty chosen anew, is fitted in
 * resamples of people; what it seems to do there, less what it does in the sample itself, is taken off the apparent figure. The weights for
 * response and the standardisation of the predictors are those of the sample.
 */
export function bootstrapOptimism(
  table: LandmarkTable,
  training: Training,
  fit: ChosenRidge,
  resampling: Resampling,
): EarlyWarningResult['validation']['optimism'] {
  const { data, weights, landmarks } = training;
  const person = landmarks.map((row) => table.person[row] ?? 0);
  const sums = { resamples: 0, auc: 0, slope: 0, brier: 0 };
  const apparent = agreementOfBins(binLogits(linearPredictor(data, fit.coefficients)), data.y, null);
  const both = new Float64Array(data.rows);
  resamplePeople(person, resampling, (drawn) => {
    for (let row = 0; row < both.length; row += 1) both[row] = (weights[row] ?? 0) * (drawn[row] ?? 0);
    const again = fitChosenRidge(data, both, fit.coefficients, nearTolerance);
    const binned = binLogits(linearPredictor(data, again.coefficients));
    const there = agreementOfBins(binned, data.y, drawn);
    const here = agreementOfBins(binned, data.y, null);
    if (there.auc === null || here.auc === null || there.slope === null || here.slope === null) return;
    sums.resamples += 1;
    sums.auc += there.auc - here.auc;
    sums.slope += there.slope - here.slope;
    sums.brier += (there.brier ?? 0) - (here.brier ?? 0);
  });
  if (sums.resamples === 0 || apparent.auc === null || apparent.slope === null || apparent.brier === null) return null;
  const [auc, slope, brier] = [sums.auc, sums.slope, sums.brier].map((sum) => sum / sums.resamples);
  if (auc === undefined || slope === undefined || brier === undefined) return null;
  return {
    resamples: sums.resamples,
    auc,
    slope,
    brier,
    correctedAuc: apparent.auc - auc,
    correctedSlope: apparent.slope - slope,
    correctedBrier: apparent.brier - brier,
  };
}
