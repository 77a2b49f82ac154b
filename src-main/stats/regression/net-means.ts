import { columnOf, type Matrix } from '../linear-algebra/matrix.ts';

export type NetFamily = 'gaussian' | 'binomial' | 'poisson';

/** Rows of a penalised model: standardised predictors, the intercept's column with them, and weights that add up to 1. */
export type NetRows = {
  readonly x: Matrix;
  readonly weights: Float64Array;
  readonly data: { readonly y: Float64Array; readonly offset: Float64Array | null };
  readonly options: { readonly family: NetFamily };
};

export type Means = {
  /** w(y − μ). */
  readonly residuals: Float64Array;
  /** w·V(μ). */
  readonly working: Float64Array;
  /** −Σ w·log-likelihood, without what does not depend on the coefficients. */
  readonly loss: number;
};

/** One pass over the rows at some coefficients. */
export function meansAt({ x, data, weights, options }: NetRows, b: Float64Array): Means {
  const n = x.rows;
  const eta = data.offset ? Float64Array.from(data.offset) : new Float64Array(n);
  for (let j = 0; j < x.columns; j += 1) {
    const factor = b[j] as number;
    if (factor === 0) continue;
    const column = columnOf(x, j);
    for (let i = 0; i < n; i += 1) eta[i] = (eta[i] as number) + factor * (column[i] as number);
  }
  const residuals = new Float64Array(n);
  const working = new Float64Array(n);
  let loss = 0;
  for (let i = 0; i < n; i += 1) {
    const linear = eta[i] as number;
    const y = data.y[i] as number;
    const weight = weights[i] as number;
    if (options.family === 'binomial') {
      const small = Math.exp(-Math.abs(linear));
      const mean = linear > 0 ? 1 / (1 + small) : small / (1 + small);
      residuals[i] = weight * (y - mean);
      working[i] = (weight * small) / ((1 + small) * (1 + small));
      loss += weight * (Math.log1p(small) + Math.max(linear, 0) - y * linear);
    } else if (options.family === 'poisson') {
      const mean = Math.exp(linear);
      residuals[i] = weight * (y - mean);
      working[i] = weight * mean;
      loss += weight * (mean - y * linear);
    } else {
      residuals[i] = weight * (y - linear);
      working[i] = weight;
      loss += (weight * (y - linear) ** 2) / 2;
    }
  }
  return { residuals, working, loss };
}
