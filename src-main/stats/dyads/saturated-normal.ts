import { cholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { at, type Matrix, matrixOf, multiply, subMatrix, transpose } from '../linear-algebra/matrix.ts';
import type { MissingPattern } from './missing-patterns.ts';
import {
  covariancePlace,
  type LikelihoodDerivatives,
  likelihoodDerivatives,
  type NormalMoments,
  observedLogLikelihood,
} from './observed-likelihood.ts';

export type SaturatedFit = {
  readonly moments: NormalMoments;
  readonly logLik: number;
  readonly converged: boolean;
};

const mostSteps = 500;

/**
 * Maximum-likelihood mean and covariance (divisor n) of a multivariate normal from incomplete rows, missing at random: a few EM
 * steps (Dempster, Laird and Rubin 1977, JRSS B 39:1, §4.1.2), then Newton's on the observed-data likelihood; EM steps again
 * wherever Newton's would not climb. Closed form without missing values.
 * @param start moments near the maximum, which spare the EM steps
 */
export function fitSaturated(
  patterns: readonly MissingPattern[],
  variables: number,
  start?: NormalMoments,
): SaturatedFit {
  const only = patterns.filter(({ n }) => n > 0);
  if (only.length === 1 && only[0]?.observed.length === variables) {
    const moments = { mean: only[0].mean, covariance: only[0].covariance };
    return { moments, logLik: observedLogLikelihood(only, moments), converged: true };
  }
  let moments = start ?? availableMoments(only, variables);
  if (!start) for (let step = 0; step < 10; step += 1) moments = expectationStep(only, moments);
  let logLik = observedLogLikelihood(only, moments);
  for (let step = 0; step < mostSteps; step += 1) {
    const derivatives = likelihoodDerivatives(only, moments, 'observed');
    if (!derivatives) break;
    const newton = newtonStep(derivatives);
    // The decrement is twice what is left to climb, relative to nothing: a log-likelihood has its own unit.
    if (newton && newton.decrement < 1e-20) return { moments, logLik, converged: true };
    // A Newton step squares what is left; from a start that is near, as in a resample, the last one need not be checked.
    if (start && newton && newton.decrement < 1e-9) {
      return { moments: moved(moments, newton.step, 1), logLik, converged: true };
    }
    const climbed = newton ? climb(only, moments, logLik, newton.step) : null;
    if (climbed) {
      const settled = newton !== null && newton.decrement < 1e-11 && !(climbed.logLik > logLik);
      ({ moments, logLik } = climbed);
      if (settled) return { moments, logLik, converged: true };
      continue;
    }
    // Within rounding of the top nothing climbs.
    if (newton && newton.decrement < 1e-9) return { moments, logLik, converged: true };
    for (let again = 0; again < 5; again += 1) moments = expectationStep(only, moments);
    logLik = observedLogLikelihood(only, moments);
  }
  return { moments, logLik, converged: false };
}

function newtonStep({ gradient, hessian }: LikelihoodDerivatives): { step: Float64Array; decrement: number } | null {
  const factor = cholesky({ ...hessian, data: hessian.data.map((value) => -value) });
  if (!factor) return null;
  const step = solveCholesky(factor, gradient);
  let decrement = 0;
  for (let i = 0; i < step.length; i += 1) decrement += (step[i] as number) * (gradient[i] as number);
  return { step, decrement };
}

/** The longest of the step's halvings that climbs; null where none does. */
function climb(
  patterns: readonly MissingPattern[],
  moments: NormalMoments,
  logLik: number,
  step: Float64Array,
): { readonly moments: NormalMoments; readonly logLik: number } | null {
  for (let share = 1; share > 1e-3; share /= 2) {
    const next = moved(moments, step, share);
    const reached = cholesky(next.covariance) ? observedLogLikelihood(patterns, next) : Number.NEGATIVE_INFINITY;
    if (reached >= logLik - 1e-13 * Math.abs(logLik)) return { moments: next, logLik: reached };
  }
  return null;
}

function moved({ mean, covariance }: NormalMoments, step: Float64Array, share: number): NormalMoments {
  const variables = mean.length;
  const next = matrixOf(variables, variables);
  for (let a = 0; a < variables; a += 1) {
    for (let b = 0; b <= a; b += 1) {
      const value = at(covariance, a, b) + share * (step[covariancePlace(variables, a, b)] as number);
      next.data[b * variables + a] = value;
      next.data[a * variables + b] = value;
    }
  }
  return { mean: mean.map((value, v) => value + share * (step[v] as number)), covariance: next };
}

/** Means and variances of what there is, without covariances: positive definite, and a place to start. */
function availableMoments(patterns: readonly MissingPattern[], variables: number): NormalMoments {
  const mean = new Float64Array(variables);
  const covariance = matrixOf(variables, variables);
  for (let v = 0; v < variables; v += 1) {
    const having = patterns.flatMap((pattern) => {
      const i = pattern.observed.indexOf(v);
      return i < 0 ? [] : [{ n: pattern.n, mean: pattern.mean[i] as number, variance: at(pattern.covariance, i, i) }];
    });
    const n = having.reduce((total, part) => total + part.n, 0);
    const centre = having.reduce((total, part) => total + part.n * part.mean, 0) / n;
    mean[v] = centre;
    covariance.data[v * variables + v] =
      having.reduce((total, part) => total + part.n * (part.variance + (part.mean - centre) ** 2), 0) / n;
  }
  return { mean, covariance };
}

/** One step of EM from the moments of each pattern. */
function expectationStep(patterns: readonly MissingPattern[], moments: NormalMoments): NormalMoments {
  const variables = moments.mean.length;
  const completed = patterns.map((pattern) => completedMoments(pattern, moments));
  const n = patterns.reduce((total, pattern) => total + pattern.n, 0);
  const mean = new Float64Array(variables);
  completed.forEach((part, index) => {
    const share = (patterns[index] as MissingPattern).n / n;
    for (let v = 0; v < variables; v += 1) mean[v] = (mean[v] as number) + share * (part.mean[v] as number);
  });
  const covariance = matrixOf(variables, variables);
  completed.forEach((part, index) => {
    const share = (patterns[index] as MissingPattern).n / n;
    for (let a = 0; a < variables; a += 1) {
      const one = (part.mean[a] as number) - (mean[a] as number);
      for (let b = 0; b < variables; b += 1) {
        const place = b * variables + a;
        const other = (part.mean[b] as number) - (mean[b] as number);
        covariance.data[place] =
          (covariance.data[place] as number) + share * ((part.covariance.data[place] as number) + one * other);
      }
    }
  });
  return { mean, covariance };
}

/** Expected mean and covariance of all variables in the rows of a pattern, given what they have. */
function completedMoments(pattern: MissingPattern, { mean, covariance }: NormalMoments): NormalMoments {
  const { observed } = pattern;
  const variables = mean.length;
  const missing = Array.from({ length: variables }, (_none, v) => v).filter((v) => !observed.includes(v));
  const factor = cholesky(subMatrix(covariance, observed, observed));
  const across = subMatrix(covariance, observed, missing);
  // Regression of what is missing on what is observed, one column a missing variable.
  const beta = matrixOf(observed.length, missing.length);
  missing.forEach((_v, j) => {
    const column = across.data.subarray(j * observed.length, (j + 1) * observed.length);
    beta.data.set(factor ? solveCholesky(factor, column) : new Float64Array(observed.length), j * observed.length);
  });
  const filled = Float64Array.from(mean);
  const result = matrixOf(variables, variables);
  const put = (rows: readonly number[], columns: readonly number[], values: Matrix): void => {
    rows.forEach((a, i) => {
      columns.forEach((b, j) => {
        result.data[b * variables + a] = at(values, i, j);
        result.data[a * variables + b] = at(values, i, j);
      });
    });
  };
  observed.forEach((v, i) => {
    filled[v] = pattern.mean[i] as number;
  });
  missing.forEach((v, j) => {
    observed.forEach((o, i) => {
      filled[v] = (filled[v] as number) + at(beta, i, j) * ((pattern.mean[i] as number) - (mean[o] as number));
    });
  });
  const spread = multiply(pattern.covariance, beta);
  put(observed, observed, pattern.covariance);
  put(observed, missing, spread);
  const explained = multiply(transpose(beta), spread);
  const known = multiply(transpose(beta), across);
  const rest = subMatrix(covariance, missing, missing);
  put(missing, missing, {
    ...rest,
    data: rest.data.map((value, place) => value + (explained.data[place] as number) - (known.data[place] as number)),
  });
  return { mean: filled, covariance: result };
}
