import { type Family, type LinkFunction, links } from './families.ts';

/** What one pass over the rows leaves; all of length n. */
export type GlmRows = {
  /** Linear predictor, offset included. */
  readonly eta: Float64Array;
  readonly mu: Float64Array;
  /** w·(dμ/dη)²/V(μ). */
  readonly weights: Float64Array;
  /** w·(y − μ)·(dμ/dη)/V(μ): a row's share of the score is this times its predictors. */
  readonly scores: Float64Array;
};

export type RowModel = {
  readonly y: Float64Array;
  /** Prior weights. */
  readonly weights: Float64Array;
  readonly family: Family;
  readonly link: LinkFunction;
};

/** From the linear predictor to means, weights and scores; gives the deviance. */
export type RowUpdate = (rows: GlmRows) => number;

/** The pass over the rows for a model: written out for the two most used, since it is the inner loop of every fit. */
export function rowUpdate(model: RowModel): RowUpdate {
  if (model.family.name === 'binomial' && model.link === links.logit) return (rows) => logisticRows(rows, model);
  if (model.family.name === 'poisson' && model.link === links.log) return (rows) => poissonRows(rows, model);
  return (rows) => generalRows(rows, model);
}

function generalRows({ eta, mu, weights, scores }: GlmRows, { y, weights: prior, family, link }: RowModel): number {
  let deviance = 0;
  for (let i = 0; i < y.length; i += 1) {
    const linear = eta[i] as number;
    const mean = link.inverse(linear);
    const slope = link.slope(linear);
    const weight = prior[i] as number;
    const scaled = (weight * slope) / family.variance(mean);
    mu[i] = mean;
    weights[i] = scaled * slope;
    scores[i] = scaled * ((y[i] as number) - mean);
    if (weight > 0) deviance += weight * family.deviance(y[i] as number, mean);
  }
  return deviance;
}

/** Beyond it R holds the odds at the last bit of 1, so that no probability is exactly 0 or 1. */
const logitBound = 30;
const tiny = Number.EPSILON;

function logisticRows({ eta, mu, weights, scores }: GlmRows, { y, weights: prior }: RowModel): number {
  let deviance = 0;
  for (let i = 0; i < y.length; i += 1) {
    const linear = eta[i] as number;
    const outside = linear > logitBound || linear < -logitBound;
    const odds = outside ? (linear > 0 ? 1 / tiny : tiny) : Math.exp(linear);
    const mean = odds / (1 + odds);
    const response = y[i] as number;
    const weight = prior[i] as number;
    const slope = outside ? tiny : mean / (1 + odds);
    const scaled = outside ? (weight * slope) / (mean * (1 - mean)) : weight;
    mu[i] = mean;
    weights[i] = scaled * slope;
    scores[i] = scaled * (response - mean);
    if (response === 1) deviance -= weight * Math.log(mean);
    else if (response === 0) deviance -= weight * Math.log(1 - mean);
    else
      deviance +=
        weight * (response * Math.log(response / mean) + (1 - response) * Math.log((1 - response) / (1 - mean)));
  }
  return 2 * deviance;
}

function poissonRows({ eta, mu, weights, scores }: GlmRows, { y, weights: prior }: RowModel): number {
  let deviance = 0;
  for (let i = 0; i < y.length; i += 1) {
    const linear = eta[i] as number;
    const mean = Math.max(Math.exp(linear), tiny);
    const response = y[i] as number;
    const weight = prior[i] as number;
    mu[i] = mean;
    weights[i] = weight * mean;
    scores[i] = weight * (response - mean);
    if (weight > 0)
      deviance += weight * ((response === 0 ? 0 : response * Math.log(response / mean)) - response + mean);
  }
  return 2 * deviance;
}
