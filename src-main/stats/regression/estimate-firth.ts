import { chiSquaredUpperTail } from '../distributions/chi-squared.ts';
import { normalQuantile } from '../distributions/normal.ts';
import { qrDecompose } from '../linear-algebra/qr.ts';
import { columnsOf, type GlmEstimate, type GlmProblem, missingFrom } from './estimate-glm.ts';
import { binomial } from './families.ts';
import { type FirthData, type FirthFit, fitFirth } from './firth.ts';
import { devianceOf } from './fit-glm.ts';
import { glmLogLik } from './glm-likelihood.ts';
import { nullDeviance } from './null-deviance.ts';
import { type Limits, profileLimits } from './profile-limits.ts';

export type FirthEstimate = GlmEstimate & {
  readonly data: FirthData;
  readonly fit: FirthFit;
  /** Log-likelihood plus half the log determinant of the information. */
  readonly penalisedLogLik: number;
};

/** Logistic regression with Firth's penalty, in the form of the other estimates. */
export function estimateFirth(problem: GlmProblem): FirthEstimate {
  const { y, weights, offset, trials } = problem;
  const qr = qrDecompose(problem.x);
  const used = Array.from(qr.pivot.subarray(0, qr.rank)).sort((a, b) => a - b);
  const x = columnsOf(problem.x, used);
  const data: FirthData = { x, y, weights, offset };
  const fit = fitFirth(data);
  const coefficients = new Float64Array(problem.x.columns).fill(Number.NaN);
  for (const [place, column] of used.entries()) coefficients[column] = fit.coefficients[place] as number;
  const mu = fit.fitted;
  const deviance = devianceOf(binomial, y, mu, weights);
  const logLik = glmLogLik({ family: 'binomial', y, mu, weights, trials, deviance, theta: null });
  const working = mu.map((mean, i) => (weights[i] as number) * mean * (1 - mean));
  return {
    coefficients,
    aliased: missingFrom(used, problem.x.columns),
    used,
    x,
    bread: fit.covariance,
    family: binomial,
    link: 'logit',
    priorWeights: weights,
    workingWeights: working,
    workingResiduals: mu.map((mean, i) => ((y[i] as number) - mean) / (mean * (1 - mean))),
    fitted: mu,
    linearPredictor: fit.linearPredictor,
    rank: qr.rank,
    dispersion: 1,
    df: null,
    dfResidual: y.length - qr.rank,
    deviance,
    nullDeviance: nullDeviance(y, binomial, { weights, offset, intercept: problem.intercept }),
    pearson: mu.reduce(
      (total, mean, i) => total + ((weights[i] as number) * ((y[i] as number) - mean) ** 2) / (mean * (1 - mean)),
      0,
    ),
    logLik,
    parameters: qr.rank,
    theta: null,
    thetaSe: null,
    separation: null,
    converged: fit.converged,
    boundary: false,
    iterations: fit.iterations,
    leastShare: qr.leastShare,
    data,
    fit,
    penalisedLogLik: logLik + fit.penalised - fit.logLik,
  };
}

export type PenalisedTest = { readonly statistic: number; readonly df: number; readonly p: number };

/** Penalised likelihood ratio test that some coefficients are 0 (Heinze and Schemper 2002, §2.2); the penalty stays that of all columns. */
export function penalisedTest(estimate: FirthEstimate, places: readonly number[]): PenalisedTest {
  const start = Float64Array.from(estimate.fit.coefficients);
  for (const place of places) start[place] = 0;
  const without = fitFirth(estimate.data, places, start);
  const statistic = Math.max(0, 2 * (estimate.fit.penalised - without.penalised));
  return { statistic, df: places.length, p: chiSquaredUpperTail(statistic, places.length) };
}

/** Limits of one coefficient by the profile of the penalised likelihood, as `logistf`. */
export function penalisedLimits(estimate: FirthEstimate, place: number, confidence: number): Limits {
  const { fit, data, x, bread } = estimate;
  const quantile = normalQuantile(1 - (1 - confidence) / 2);
  let start = Float64Array.from(fit.coefficients);
  const fall = (value: number): number => {
    start = Float64Array.from(start);
    start[place] = value;
    const held = fitFirth(data, [place], start);
    start = held.coefficients as Float64Array<ArrayBuffer>;
    return 2 * (fit.penalised - held.penalised);
  };
  const se = Math.sqrt(bread.data[place * x.columns + place] as number);
  return profileLimits(fall, fit.coefficients[place] as number, quantile * se, quantile ** 2);
}
