import { columnOf, type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import {
  binomial,
  type Family,
  type FamilyName,
  gamma,
  gaussian,
  type Link,
  links,
  negativeBinomial,
  poisson,
} from './families.ts';
import { fitGlm, type GlmFit } from './fit-glm.ts';
import { glmLogLik } from './glm-likelihood.ts';
import { fitNegativeBinomial } from './negative-binomial.ts';
import { nullDeviance } from './null-deviance.ts';
import { findSeparation, type Separation } from './separation.ts';

export type GlmProblem = {
  readonly x: Matrix;
  readonly y: Float64Array;
  /** Prior weights times trials, all positive. */
  readonly weights: Float64Array;
  readonly trials: Float64Array | null;
  readonly offset: Float64Array | null;
  readonly intercept: boolean;
  readonly family: FamilyName;
  readonly link: Link;
  /** Estimate the dispersion by Pearson's statistic. */
  readonly free: boolean;
};

/** A fitted model, as errors, limits and tests need it. */
export type GlmEstimate = {
  /** One a column; NaN where there is none. */
  readonly coefficients: Float64Array;
  /** Columns that add nothing to those before them. */
  readonly aliased: readonly number[];
  /** Columns of `x`, `bread`, rising. */
  readonly used: readonly number[];
  readonly x: Matrix;
  /** (XᵀWX)⁻¹. */
  readonly bread: Matrix;
  readonly family: Family;
  readonly link: Link;
  /** Prior weights times trials; 0 at rows that the predictors determine. */
  readonly priorWeights: Float64Array;
  readonly workingWeights: Float64Array;
  readonly workingResiduals: Float64Array;
  readonly fitted: Float64Array;
  readonly linearPredictor: Float64Array;
  readonly rank: number;
  readonly dispersion: number;
  /** Degrees of freedom of t where the dispersion is estimated; null for normal. */
  readonly df: number | null;
  readonly dfResidual: number;
  readonly deviance: number;
  readonly nullDeviance: number;
  readonly pearson: number;
  /** Null for quasi-likelihoods. */
  readonly logLik: number | null;
  /** Coefficients, and what else the likelihood estimates. */
  readonly parameters: number;
  readonly theta: number | null;
  readonly thetaSe: number | null;
  readonly separation: Separation | null;
  readonly converged: boolean;
  readonly boundary: boolean;
  readonly iterations: number;
  readonly leastShare: number;
};

export function familyOf(name: FamilyName, theta: number | null): Family {
  switch (name) {
    case 'gaussian':
      return gaussian;
    case 'binomial':
      return binomial;
    case 'poisson':
      return poisson;
    case 'gamma':
      return gamma;
    case 'negative-binomial':
      return negativeBinomial(theta ?? 1);
  }
}

type Fitted = {
  readonly fit: GlmFit;
  readonly theta: number | null;
  readonly thetaSe: number | null;
  readonly converged: boolean;
};

/** Null where a negative binomial has no maximum but the Poisson. */
export function estimateGlm(problem: GlmProblem): GlmEstimate | null {
  const first = fitted(problem, problem.weights);
  if (!first) return null;
  const separation = separationOf(problem, first.fit);
  const kept = separation ? problem.weights.map((weight, i) => (separation.separated[i] === 1 ? 0 : weight)) : null;
  if (separation?.complete) return determined(problem, first, separation);
  const last = kept ? fitted(problem, kept) : first;
  if (!last) return null;
  return summarised(problem, { ...last, rank: first.fit.rank, structural: first.fit.estimable, separation, kept });
}

function fitted(problem: GlmProblem, weights: Float64Array): Fitted | null {
  const { x, y, offset, family, link } = problem;
  const options = { link: links[link], weights, offset };
  if (family !== 'negative-binomial') {
    const fit = fitGlm(x, y, familyOf(family, null), options);
    return { fit, theta: null, thetaSe: null, converged: fit.converged };
  }
  const found = fitNegativeBinomial(x, y, options);
  return found && { fit: found.fit, theta: found.theta, thetaSe: found.thetaSe, converged: found.converged };
}

type Parts = Fitted & {
  readonly rank: number;
  readonly structural: readonly number[];
  readonly separation: Separation | null;
  readonly kept: Float64Array | null;
};

function summarised(problem: GlmProblem, parts: Parts): GlmEstimate {
  const { fit, theta, separation } = parts;
  const { x, y } = problem;
  const weights = parts.kept ?? problem.weights;
  const family = familyOf(problem.family, theta);
  const mu = separation
    ? fit.fitted.map((mean, i) => (separation.separated[i] === 1 ? (y[i] as number) : mean))
    : fit.fitted;
  const dfResidual = y.length - parts.rank;
  const free = problem.free;
  const infinite = new Set(separation?.infinite.map((k) => parts.structural[k] as number));
  const extra = problem.family === 'negative-binomial' || problem.family === 'gaussian' || problem.family === 'gamma';
  return {
    coefficients: fit.coefficients.map((value, j) => (infinite.has(j) ? Number.NaN : value)),
    aliased: missingFrom(parts.structural, x.columns),
    used: fit.estimable,
    x: columnsOf(x, fit.estimable),
    bread: fit.unscaledCovariance,
    family,
    link: problem.link,
    priorWeights: weights,
    workingWeights: fit.workingWeights,
    workingResiduals: fit.workingResiduals,
    fitted: mu,
    linearPredictor: fit.linearPredictor,
    rank: parts.rank,
    dispersion: free ? workingSquares(fit) / dfResidual : 1,
    df: free ? dfResidual : null,
    dfResidual,
    deviance: fit.deviance,
    nullDeviance: nullDeviance(y, family, { ...problem, link: links[problem.link] }),
    pearson: fit.pearson,
    logLik:
      free && problem.family !== 'gaussian' && problem.family !== 'gamma'
        ? null
        : glmLogLik({ ...problem, mu: fit.fitted, weights, deviance: fit.deviance, theta }),
    parameters: parts.rank + (extra ? 1 : 0),
    theta,
    thetaSe: parts.thetaSe,
    separation,
    converged: parts.converged,
    boundary: separation === null && fit.boundary,
    iterations: fit.iterations,
    leastShare: fit.leastShare,
  };
}

/** Pearson's statistic from the working weights and residuals, as R's `summary.glm` sums it. */
function workingSquares({ workingWeights, workingResiduals }: GlmFit): number {
  let total = 0;
  for (let i = 0; i < workingWeights.length; i += 1) {
    total += (workingWeights[i] as number) * (workingResiduals[i] as number) ** 2;
  }
  return total;
}

/** Every response is determined: no coefficient is finite, and the deviance is 0. */
function determined(problem: GlmProblem, first: Fitted, separation: Separation): GlmEstimate {
  const { x, y } = problem;
  const { fit } = first;
  return {
    ...summarised(problem, { ...first, rank: fit.rank, structural: fit.estimable, separation, kept: null }),
    coefficients: new Float64Array(x.columns).fill(Number.NaN),
    fitted: y,
    deviance: 0,
    pearson: 0,
    dispersion: problem.free ? 0 : 1,
    logLik: problem.free ? null : 0,
    converged: true,
  };
}

export function columnsOf(x: Matrix, columns: readonly number[]): Matrix {
  if (columns.length === x.columns) return x;
  const result = matrixOf(x.rows, columns.length);
  columns.forEach((column, k) => {
    result.data.set(columnOf(x, column), k * x.rows);
  });
  return result;
}

export function missingFrom(columns: readonly number[], count: number): number[] {
  const known = new Set(columns);
  return Array.from({ length: count }, (_none, j) => j).filter((j) => !known.has(j));
}

const twoSided: readonly Link[] = ['logit', 'probit', 'cloglog'];

/** The rows at the edge of the response, and whether the predictors determine them. */
function separationOf(problem: GlmProblem, fit: GlmFit): Separation | null {
  const { y, family, link, x } = problem;
  const both = family === 'binomial' && twoSided.includes(link);
  const below =
    both || (link === 'log' && (family === 'binomial' || family === 'poisson' || family === 'negative-binomial'));
  if (!below) return null;
  const edge = new Int8Array(y.length);
  const distance = new Float64Array(y.length);
  for (let i = 0; i < y.length; i += 1) {
    const value = y[i] as number;
    edge[i] = value === 0 ? -1 : both && value === 1 ? 1 : 0;
    distance[i] = Math.abs(value - (fit.fitted[i] as number));
  }
  return findSeparation({
    x: columnsOf(x, fit.estimable),
    edge,
    distance,
    coefficients: Float64Array.from(fit.estimable, (j) => fit.coefficients[j] as number),
    converged: fit.converged,
  });
}
