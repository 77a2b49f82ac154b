import { type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { linearPredictor } from './covariates.ts';
import type { CoxSample } from './cox-sample.ts';
import { type Evaluation, type Maximum, maximise } from './newton.ts';
import { type Ties, walkRiskSets } from './risk-sets.ts';

/**
 * Maximum partial likelihood of proportional hazards (Cox 1972, JRSS B 34:187), stratified, with tied events as Efron (1977,
 * JASA 72:557) or Breslow (1974, Biometrics 30:89) treat them; late entries and time-dependent covariates as (start, stop]
 * intervals. Coefficients are of the standardised columns. Equals `survival::coxph`.
 */
export function fitCox(sample: CoxSample, ties: Ties): Maximum {
  return maximise(sample.x.p, (beta) => coxLikelihood(sample, beta, ties));
}

export function coxPredictor(sample: CoxSample, beta: Float64Array): Float64Array {
  const eta = linearPredictor(sample.x, beta);
  return eta.map((value, place) => value + (sample.offset[place] as number));
}

function coxLikelihood(sample: CoxSample, beta: Float64Array, ties: Ties): Evaluation {
  const { p } = sample.x;
  const score = new Float64Array(p);
  const lower = new Float64Array(p * p);
  let logLik = 0;
  walkRiskSets(sample, coxPredictor(sample, beta), ties, (step) => {
    logLik += step.deadEta - step.logSum;
    for (let j = 0; j < p; j += 1) {
      score[j] = (score[j] as number) + (step.deadX[j] as number) - (step.means[j] as number);
      for (let k = 0; k <= j; k += 1) {
        lower[j * p + k] = (lower[j * p + k] as number) + (step.variance[j * p + k] as number);
      }
    }
  });
  return { logLik, score, information: symmetric(p, lower) };
}

/** From a lower triangle, row after row. */
export function symmetric(p: number, lower: Float64Array): Matrix {
  const result = matrixOf(p, p);
  for (let j = 0; j < p; j += 1) {
    for (let k = 0; k <= j; k += 1) {
      const value = lower[j * p + k] as number;
      result.data[j * p + k] = value;
      result.data[k * p + j] = value;
    }
  }
  return result;
}
