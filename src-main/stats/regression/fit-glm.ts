import { type Matrix, multiplyVector } from '../linear-algebra/matrix.ts';
import { type Family, type LinkFunction, links } from './families.ts';
import { type LeastSquares, leastSquares } from './least-squares.ts';

export type GlmFit = {
  readonly coefficients: Float64Array;
  readonly estimable: readonly number[];
  readonly rank: number;
  /** (XᵀWX)⁻¹ at the last iteration, of the estimable columns. */
  readonly unscaledCovariance: Matrix;
  readonly linearPredictor: Float64Array;
  readonly fitted: Float64Array;
  /** IRLS weights w·(dμ/dη)²/V(μ). */
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
  readonly epsilon?: number;
  readonly maximumIterations?: number;
};

/**
 * Maximum likelihood of a generalised linear model by iteratively reweighted least squares with step halving (McCullagh and
 * Nelder 1989, §2.5), as R's `glm.fit` with `epsilon = 1e-14`.
 * @param x n × p design
 * @param y means of the observations (proportions for the binomial, with numbers of trials as weights)
 */
export function fitGlm(x: Matrix, y: Float64Array, family: Family, options: GlmOptions = {}): GlmFit {
  const n = y.length;
  const link = options.link ?? links[family.canonical];
  const weights = options.weights ?? new Float64Array(n).fill(1);
  const offset = options.offset ?? null;
  const epsilon = options.epsilon ?? 1e-14;
  const maximum = options.maximumIterations ?? 100;
  const fit: State = {
    eta: new Float64Array(n),
    mu: new Float64Array(n),
    weights: new Float64Array(n),
    working: new Float64Array(n),
  };
  let coefficients: Float64Array | null = options.start ?? null;
  if (coefficients) predict(x, coefficients, offset, link, fit);
  else {
    for (let i = 0; i < n; i += 1) {
      fit.eta[i] = link.link(family.startMean(y[i] as number, weights[i] as number));
      fit.mu[i] = link.inverse(fit.eta[i] as number);
    }
  }
  let deviance = devianceOf(family, y, fit.mu, weights);
  let converged = false;
  let last: LeastSquares | null = null;
  let iterations = 0;
  while (iterations < maximum && !converged) {
    iterations += 1;
    last = step(x, y, family, link, weights, offset, fit);
    const previous = coefficients;
    coefficients = Float64Array.from(last.coefficients);
    predict(x, coefficients, offset, link, fit);
    let next = devianceOf(family, y, fit.mu, weights);
    for (
      let halving = 0;
      halving < 60 && previous && !acceptable(family, fit.mu, next, deviance, iterations);
      halving += 1
    ) {
      for (let j = 0; j < coefficients.length; j += 1) {
        coefficients[j] =
          ((coefficients[j] as number) + (Number.isNaN(previous[j] as number) ? 0 : (previous[j] as number))) / 2;
      }
      predict(x, coefficients, offset, link, fit);
      next = devianceOf(family, y, fit.mu, weights);
    }
    converged = Math.abs(next - deviance) / (Math.abs(next) + 0.1) < epsilon;
    deviance = next;
  }
  // Errors and weights belong to the last coefficients, so one step is taken from them.
  last = step(x, y, family, link, weights, offset, fit);
  const final = coefficients ?? last.coefficients;
  return {
    coefficients: final.map((value, j) => (Number.isNaN(last.coefficients[j] as number) ? Number.NaN : value)),
    estimable: last.estimable,
    rank: last.rank,
    unscaledCovariance: last.unscaledCovariance,
    linearPredictor: fit.eta,
    fitted: fit.mu,
    workingWeights: fit.weights,
    workingResiduals: fit.working.map(
      (value, i) => value - (fit.eta[i] as number) + (offset ? (offset[i] as number) : 0),
    ),
    deviance,
    pearson: pearsonOf(family, y, fit.mu, weights),
    iterations,
    converged,
    boundary: atBoundary(family, fit.mu),
    leastShare: last.qr.leastShare,
  };
}

type State = {
  readonly eta: Float64Array;
  readonly mu: Float64Array;
  readonly weights: Float64Array;
  /** Working response without the offset. */
  readonly working: Float64Array;
};

function step(
  x: Matrix,
  y: Float64Array,
  family: Family,
  link: LinkFunction,
  weights: Float64Array,
  offset: Float64Array | null,
  fit: State,
): LeastSquares {
  for (let i = 0; i < y.length; i += 1) {
    const eta = fit.eta[i] as number;
    const mu = fit.mu[i] as number;
    const slope = link.slope(eta);
    fit.weights[i] = ((weights[i] as number) * slope * slope) / family.variance(mu);
    fit.working[i] = eta - (offset ? (offset[i] as number) : 0) + ((y[i] as number) - mu) / slope;
  }
  return leastSquares(x, fit.working, { weights: fit.weights });
}

function predict(
  x: Matrix,
  coefficients: Float64Array,
  offset: Float64Array | null,
  link: LinkFunction,
  fit: State,
): void {
  const eta = multiplyVector(
    x,
    coefficients.map((value) => (Number.isNaN(value) ? 0 : value)),
  );
  for (let i = 0; i < eta.length; i += 1) {
    const value = (eta[i] as number) + (offset ? (offset[i] as number) : 0);
    fit.eta[i] = value;
    fit.mu[i] = link.inverse(value);
  }
}

/** R halves a step that leaves the possible means or makes the deviance infinite; beyond it, one that raises the deviance. */
function acceptable(family: Family, mu: Float64Array, next: number, before: number, iterations: number): boolean {
  if (!Number.isFinite(next) || !mu.every(family.validMean)) return false;
  return iterations < 3 || next <= before + 1e-7 * (Math.abs(before) + 0.1);
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
