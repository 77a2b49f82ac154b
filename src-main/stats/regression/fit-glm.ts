import { ExpectedError } from '#shared/domain/result.ts';
import { type Matrix, multiplyVector } from '../linear-algebra/matrix.ts';
import { type Family, type LinkFunction, links } from './families.ts';
import { type GlmRows, type RowUpdate, rowUpdate } from './glm-rows.ts';
import { type Step, solveStep } from './glm-step.ts';
import { leastSquares } from './least-squares.ts';

export type GlmFit = {
  readonly coefficients: Float64Array;
  readonly estimable: readonly number[];
  readonly rank: number;
  /** (XᵀWX)⁻¹ at the weights of the last step (R’s `cov.unscaled`), of the estimable columns. */
  readonly unscaledCovariance: Matrix;
  readonly linearPredictor: Float64Array;
  readonly fitted: Float64Array;
  /** IRLS weights w·(dμ/dη)²/V(μ) of the last step, as R's `weights(fit, "working")`. */
  readonly workingWeights: Float64Array;
  /** (y − μ)/(dμ/dη). */
  readonly workingResiduals: Float64Array;
  readonly deviance: number;
  /** Σ w(y − μ)²/V(μ). */
  readonly pearson: number;
  readonly iterations: number;
  readonly converged: boolean;
  /** Some fitted mean is at the edge of what is possible (a probability of 0 or 1): R's warning of separation. */
  readonly boundary: boolean;
  readonly leastShare: number;
};

export type GlmOptions = {
  readonly link?: LinkFunction;
  readonly weights?: Float64Array | undefined;
  readonly offset?: Float64Array | null | undefined;
  readonly start?: Float64Array;
  /** Relative change of the deviance below which the fit counts as converged. */
  readonly epsilon?: number;
  readonly maximumIterations?: number;
};

type Model = {
  readonly x: Matrix;
  readonly y: Float64Array;
  readonly family: Family;
  readonly link: LinkFunction;
  readonly weights: Float64Array;
  readonly offset: Float64Array | null;
  readonly update: RowUpdate;
  /** Added to the deviance where its relative change is judged, so that a deviance of 0 can be reached. */
  readonly floor: number;
};

/**
 * Maximum likelihood of a generalised linear model by Fisher scoring with step halving (McCullagh and Nelder 1989, Generalized
 * Linear Models, §2.5), as R's `glm.fit` with `epsilon = 1e-14`. Each step solves for the change of the coefficients, by the normal
 * equations while the weighted columns are far from collinear and by QR otherwise, so the score at the end is what limits the
 * accuracy.
 * @param x n × p design
 * @param y means of the observations (proportions for the binomial, with numbers of trials as weights)
 * @throws ExpectedError REFUSED_MODEL where no coefficients with possible means can be found to start from
 */
export function fitGlm(x: Matrix, y: Float64Array, family: Family, options: GlmOptions = {}): GlmFit {
  const model = modelOf(x, y, family, options);
  const rows = emptyRows(y.length);
  const epsilon = options.epsilon ?? 1e-14;
  const maximum = options.maximumIterations ?? 100;
  let coefficients: Float64Array;
  let deviance: number;
  let iterations = 0;
  if (options.start) {
    coefficients = options.start.map((value) => (Number.isNaN(value) ? 0 : value));
    deviance = evaluate(model, coefficients, rows);
    if (!possible(model, rows.mu, deviance)) {
      coefficients = constantStart(model, rows);
      deviance = evaluate(model, coefficients, rows);
    }
  } else {
    iterations = 1;
    ({ coefficients, deviance } = firstStep(model, rows));
  }
  let step = solveStep(model.x, rows, null);
  const stepWeights = Float64Array.from(rows.weights);
  let converged = false;
  while (iterations < maximum) {
    iterations += 1;
    const before = deviance;
    ({ coefficients, deviance } = halvedStep(model, coefficients, step, before, rows));
    const scale = Math.abs(deviance) + model.floor;
    converged = Math.abs(deviance - before) < epsilon * scale && step.decrement < flatShare * scale;
    if (converged) break;
    step = solveStep(model.x, rows, step);
    stepWeights.set(rows.weights);
  }
  return finished(model, rows, { coefficients, deviance, iterations, converged, last: step, stepWeights });
}

/** A step that promises more than this share of the deviance but does not change it has met a flat part, not the maximum. */
const flatShare = 1e-8;

function modelOf(x: Matrix, y: Float64Array, family: Family, options: GlmOptions): Model {
  const link = options.link ?? links[family.canonical];
  const weights = options.weights ?? new Float64Array(y.length).fill(1);
  let squares = 0;
  if (family.name === 'gaussian') {
    for (let i = 0; i < y.length; i += 1) squares += (weights[i] as number) * (y[i] as number) ** 2;
  }
  return {
    x,
    y,
    family,
    link,
    weights,
    offset: options.offset ?? null,
    update: rowUpdate({ y, weights, family, link }),
    floor: family.name === 'gaussian' ? Math.min(0.1, 1e-3 * squares) : 0.1,
  };
}

function emptyRows(n: number): GlmRows {
  return {
    eta: new Float64Array(n),
    mu: new Float64Array(n),
    weights: new Float64Array(n),
    scores: new Float64Array(n),
  };
}

type Fitted = { readonly coefficients: Float64Array; readonly deviance: number };

/** Coefficients from R's starting means; where they lead to impossible means, halfway back to a constant mean, again and again. */
function firstStep(model: Model, rows: GlmRows): Fitted {
  const { y, link, family, weights, offset } = model;
  for (let i = 0; i < y.length; i += 1) {
    rows.eta[i] = link.link(family.startMean(y[i] as number, weights[i] as number));
  }
  model.update(rows);
  // A step from coefficients of 0 whose working response is that of the starting means.
  for (let i = 0; i < y.length; i += 1) {
    const working = (rows.eta[i] as number) - (offset ? (offset[i] as number) : 0);
    rows.scores[i] = (rows.scores[i] as number) + (rows.weights[i] as number) * working;
  }
  const coefficients = solveStep(model.x, rows, null).change;
  const deviance = evaluate(model, coefficients, rows);
  if (possible(model, rows.mu, deviance)) return { coefficients, deviance };
  const constant = constantStart(model, rows);
  const change = coefficients.map((value, j) => value - (constant[j] as number));
  return halvedStep(model, constant, { change, decrement: 0 }, Number.POSITIVE_INFINITY, rows);
}

/** The coefficients that come nearest to one mean for all. */
function constantStart(model: Model, rows: GlmRows): Float64Array {
  const { x, y, weights, offset, link } = model;
  let total = 0;
  let weight = 0;
  for (let i = 0; i < y.length; i += 1) {
    total += (weights[i] as number) * (y[i] as number);
    weight += weights[i] as number;
  }
  const target = new Float64Array(y.length).fill(link.link(total / weight));
  if (offset) for (let i = 0; i < target.length; i += 1) target[i] = (target[i] as number) - (offset[i] as number);
  const found = leastSquares(x, target, { refine: false }).coefficients.map((value) =>
    Number.isNaN(value) ? 0 : value,
  );
  const deviance = evaluate(model, found, rows);
  if (!possible(model, rows.mu, deviance)) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `No coefficients could be found to start from whose means are possible for the ${model.family.name} family with the ${link.name} link.`,
      'Nothing was computed. Use the usual link of the family, or other predictors.',
    );
  }
  return found;
}

function evaluate(model: Model, coefficients: Float64Array, rows: GlmRows): number {
  const eta = multiplyVector(model.x, coefficients);
  const { offset } = model;
  if (offset) for (let i = 0; i < eta.length; i += 1) eta[i] = (eta[i] as number) + (offset[i] as number);
  rows.eta.set(eta);
  return model.update(rows);
}

function possible(model: Model, mu: Float64Array, deviance: number): boolean {
  return Number.isFinite(deviance) && mu.every(model.family.validMean);
}

/**
 * Adds a step, halved until the means are possible and the deviance falls by a tenth of what the step promises (Armijo's rule): a step
 * into the flat parts of a likelihood would not come back.
 */
function halvedStep(
  model: Model,
  from: Float64Array,
  { change, decrement }: Pick<Step, 'change' | 'decrement'>,
  before: number,
  rows: GlmRows,
): Fitted {
  const rounding = 1e-8 * (Math.abs(before) + model.floor);
  let share = 1;
  for (let halving = 0; halving <= 60; halving += 1) {
    const coefficients = from.map((value, j) => value + share * (change[j] as number));
    const deviance = evaluate(model, coefficients, rows);
    if (possible(model, rows.mu, deviance) && deviance <= before + rounding - 0.1 * share * decrement) {
      return { coefficients, deviance };
    }
    share /= 2;
  }
  return { coefficients: from, deviance: evaluate(model, from, rows) };
}

type Ended = Fitted & {
  readonly iterations: number;
  readonly converged: boolean;
  readonly last: Step;
  readonly stepWeights: Float64Array;
};

/** Covariance and weights are those of the last step, as R's `glm` has them; residuals and means those of the coefficients after it. */
function finished(model: Model, rows: GlmRows, ended: Ended): GlmFit {
  const { coefficients, deviance, iterations, converged, last, stepWeights } = ended;
  const kept = new Set(last.estimable);
  return {
    coefficients: coefficients.map((value, j) => (kept.has(j) ? value : Number.NaN)),
    estimable: last.estimable,
    rank: last.estimable.length,
    unscaledCovariance: last.covariance(),
    linearPredictor: rows.eta,
    fitted: rows.mu,
    workingWeights: stepWeights,
    workingResiduals: rows.scores.map((score, i) => {
      const slope = model.link.slope(rows.eta[i] as number);
      const weight = rows.weights[i] as number;
      return weight > 0 ? score / weight : ((model.y[i] as number) - (rows.mu[i] as number)) / slope;
    }),
    deviance,
    pearson: pearsonOf(model.family, model.y, rows.mu, model.weights),
    iterations,
    converged,
    boundary: atBoundary(model.family, rows.mu),
    leastShare: last.leastShare,
  };
}

export function devianceOf(family: Family, y: Float64Array, mu: Float64Array, weights: Float64Array): number {
  let total = 0;
  for (let i = 0; i < y.length; i += 1)
    total += (weights[i] as number) * family.deviance(y[i] as number, mu[i] as number);
  return total;
}

function pearsonOf(family: Family, y: Float64Array, mu: Float64Array, weights: Float64Array): number {
  let total = 0;
  for (let i = 0; i < y.length; i += 1) {
    const mean = mu[i] as number;
    total += ((weights[i] as number) * ((y[i] as number) - mean) ** 2) / family.variance(mean);
  }
  return total;
}

function atBoundary(family: Family, mu: Float64Array): boolean {
  const edge = 10 * Number.EPSILON;
  if (family.name === 'binomial') return mu.some((mean) => mean > 1 - edge || mean < edge);
  if (family.name === 'poisson') return mu.some((mean) => mean < edge);
  return false;
}
