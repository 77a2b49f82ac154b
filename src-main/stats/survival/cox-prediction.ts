import { type Matrix, quadraticForm } from '../linear-algebra/matrix.ts';
import type { HazardSteps } from './cox-residuals.ts';

export type PredictedPoint = { readonly hazard: number; readonly hazardSe: number };

/**
 * Cumulative hazard of given covariates by each time, with the variance of Tsiatis (1981, Annals of Statistics 9:93; Therneau
 * and Grambsch 2000, eq. 10.4). As `survfit` of a `coxph`.
 * @param steps of the model
 * @param stratum place of the person's stratum
 * @param x standardised covariates
 * @param eta their linear predictor
 * @param covariance of the estimable coefficients, standardised
 */
export function predictHazard(
  steps: HazardSteps,
  stratum: number,
  x: Float64Array,
  eta: number,
  covariance: Matrix,
  estimable: readonly number[],
  times: readonly number[],
): readonly PredictedPoint[] {
  const p = x.length;
  const risk = Math.exp(eta);
  const order = times.map((_time, i) => i).sort((a, b) => (times[a] as number) - (times[b] as number));
  const result: PredictedPoint[] = [];
  let step = steps.strata[stratum] as number;
  let hazard = 0;
  let own = 0;
  const slope = new Float64Array(p);
  for (const i of order) {
    for (
      ;
      step < (steps.strata[stratum + 1] as number) && (steps.time[step] as number) <= (times[i] as number);
      step += 1
    ) {
      const jump = steps.jump[step] as number;
      hazard += jump;
      own += steps.jumpSquared[step] as number;
      for (let j = 0; j < p; j += 1) {
        slope[j] = (slope[j] as number) + (x[j] as number) * jump - (steps.jumpMean[step * p + j] as number);
      }
    }
    const used = estimable.map((j) => slope[j] as number);
    const variance = own + (used.length === 0 ? 0 : quadraticForm(used, covariance));
    result[i] = { hazard: risk * hazard, hazardSe: risk * Math.sqrt(variance) };
  }
  return result;
}
