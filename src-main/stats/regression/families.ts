import gammaln from '@stdlib/math-base-special-gammaln';
import { normalCdf, normalDensity, normalQuantile } from '../distributions/normal.ts';

export type Link = 'identity' | 'log' | 'logit' | 'probit' | 'cloglog' | 'cauchit' | 'inverse' | 'sqrt';

export type LinkFunction = {
  readonly name: Link;
  readonly link: (mean: number) => number;
  readonly inverse: (eta: number) => number;
  /** dμ/dη. */
  readonly slope: (eta: number) => number;
};

const tiny = Number.EPSILON;
const logitBound = 30;

/** As R's `make.link`, with its bounds, so that fits with probabilities near 0 or 1 agree. */
export const links: Readonly<Record<Link, LinkFunction>> = {
  identity: { name: 'identity', link: (mean) => mean, inverse: (eta) => eta, slope: () => 1 },
  log: {
    name: 'log',
    link: Math.log,
    inverse: (eta) => Math.max(Math.exp(eta), tiny),
    slope: (eta) => Math.max(Math.exp(eta), tiny),
  },
  logit: {
    name: 'logit',
    link: (mean) => Math.log(mean / (1 - mean)),
    inverse: (eta) => {
      const odds = eta < -logitBound ? tiny : eta > logitBound ? 1 / tiny : Math.exp(eta);
      return odds / (1 + odds);
    },
    slope: (eta) => {
      if (Math.abs(eta) > logitBound) return tiny;
      const odds = Math.exp(eta);
      return odds / (1 + odds) ** 2;
    },
  },
  probit: {
    name: 'probit',
    link: normalQuantile,
    inverse: (eta) => normalCdf(Math.min(Math.max(eta, -8.125890664701906), 8.125890664701906)),
    slope: (eta) => Math.max(normalDensity(eta), tiny),
  },
  cloglog: {
    name: 'cloglog',
    link: (mean) => Math.log(-Math.log1p(-mean)),
    inverse: (eta) => Math.max(Math.min(-Math.expm1(-Math.exp(eta)), 1 - tiny), tiny),
    slope: (eta) => {
      const bounded = Math.min(eta, 700);
      return Math.max(Math.exp(bounded) * Math.exp(-Math.exp(bounded)), tiny);
    },
  },
  cauchit: {
    name: 'cauchit',
    link: (mean) => Math.tan(Math.PI * (mean - 0.5)),
    inverse: (eta) => {
      const most = 1 / (Math.PI * tiny);
      return 0.5 + Math.atan(Math.min(Math.max(eta, -most), most)) / Math.PI;
    },
    slope: (eta) => Math.max(1 / (Math.PI * (1 + eta * eta)), tiny),
  },
  inverse: { name: 'inverse', link: (mean) => 1 / mean, inverse: (eta) => 1 / eta, slope: (eta) => -1 / (eta * eta) },
  sqrt: { name: 'sqrt', link: Math.sqrt, inverse: (eta) => eta * eta, slope: (eta) => 2 * eta },
};

export type FamilyName = 'gaussian' | 'binomial' | 'poisson' | 'gamma' | 'negative-binomial';

export type Family = {
  readonly name: FamilyName;
  readonly canonical: Link;
  readonly variance: (mean: number) => number;
  /** Unit deviance of one observation of weight 1. */
  readonly deviance: (y: number, mean: number) => number;
  readonly startMean: (y: number, weight: number) => number;
  readonly validMean: (mean: number) => boolean;
};

function yLogRatio(y: number, mean: number): number {
  return y === 0 ? 0 : y * Math.log(y / mean);
}

export const gaussian: Family = {
  name: 'gaussian',
  canonical: 'identity',
  variance: () => 1,
  deviance: (y, mean) => (y - mean) ** 2,
  startMean: (y) => y,
  validMean: Number.isFinite,
};

export const binomial: Family = {
  name: 'binomial',
  canonical: 'logit',
  variance: (mean) => mean * (1 - mean),
  deviance: (y, mean) => 2 * (yLogRatio(y, mean) + yLogRatio(1 - y, 1 - mean)),
  startMean: (y, weight) => (weight * y + 0.5) / (weight + 1),
  validMean: (mean) => mean > 0 && mean < 1,
};

export const poisson: Family = {
  name: 'poisson',
  canonical: 'log',
  variance: (mean) => mean,
  deviance: (y, mean) => 2 * (yLogRatio(y, mean) - (y - mean)),
  startMean: (y) => y + 0.1,
  validMean: (mean) => mean > 0 && Number.isFinite(mean),
};

export const gamma: Family = {
  name: 'gamma',
  canonical: 'inverse',
  variance: (mean) => mean * mean,
  deviance: (y, mean) => -2 * (Math.log(y === 0 ? 1 : y / mean) - (y - mean) / mean),
  startMean: (y) => y,
  validMean: (mean) => mean > 0 && Number.isFinite(mean),
};

/** Variance μ + μ²/θ with θ given (MASS's `negative.binomial`). */
export function negativeBinomial(theta: number): Family {
  return {
    name: 'negative-binomial',
    canonical: 'log',
    variance: (mean) => mean + (mean * mean) / theta,
    deviance: (y, mean) => 2 * (yLogRatio(y, mean) - (y + theta) * Math.log((y + theta) / (mean + theta))),
    startMean: (y) => (y === 0 ? 1 / 6 : y),
    validMean: (mean) => mean > 0 && Number.isFinite(mean),
  };
}

/** log of the binomial coefficient, for weights that are numbers of trials. */
export function logChoose(n: number, k: number): number {
  return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
}
