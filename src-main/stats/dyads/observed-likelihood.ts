import { cholesky, inverseFromCholesky, logDeterminant } from '../linear-algebra/cholesky.ts';
import { type Matrix, matrixOf, multiply, subMatrix } from '../linear-algebra/matrix.ts';
import type { MissingPattern } from './missing-patterns.ts';

/** Mean and covariance of all variables. */
export type NormalMoments = { readonly mean: Float64Array; readonly covariance: Matrix };

/**
 * Place of a covariance among the coordinates: the means first, then the covariances row by row of the lower triangle.
 * @param a not below b
 */
export function covariancePlace(variables: number, a: number, b: number): number {
  return variables + (a * (a + 1)) / 2 + b;
}

export function coordinateCount(variables: number): number {
  return variables + (variables * (variables + 1)) / 2;
}

/** Log-likelihood of what is observed under a multivariate normal; −∞ where the covariance is not positive definite. */
export function observedLogLikelihood(
  patterns: readonly MissingPattern[],
  { mean, covariance }: NormalMoments,
): number {
  let total = 0;
  for (const pattern of patterns) {
    const { observed, n } = pattern;
    if (n === 0) continue;
    const factor = cholesky(subMatrix(covariance, observed, observed));
    if (!factor) return Number.NEGATIVE_INFINITY;
    const second = secondMoment(pattern, deviation(pattern, mean));
    const inverse = inverseFromCholesky(factor);
    total -= (n / 2) * (observed.length * Math.log(2 * Math.PI) + logDeterminant(factor) + trace(inverse, second));
  }
  return total;
}

export type LikelihoodDerivatives = {
  /** By the means and the covariances, in the order of `covariancePlace`. */
  readonly gradient: Float64Array;
  readonly hessian: Matrix;
};

/**
 * First and second derivatives of the observed-data log-likelihood by means and covariances (Savalei 2010, Psychological
 * Methods 15:352, appendix), summed over patterns. Expected second derivatives, given which values are missing, leave out how
 * the data depart from the moments. Null where the covariance is not positive definite.
 */
export function likelihoodDerivatives(
  patterns: readonly MissingPattern[],
  moments: NormalMoments,
  kind: 'observed' | 'expected',
): LikelihoodDerivatives | null {
  const variables = moments.mean.length;
  const gradient = new Float64Array(coordinateCount(variables));
  const hessian = matrixOf(gradient.length, gradient.length);
  for (const pattern of patterns) {
    if (pattern.n === 0) continue;
    const { observed, n } = pattern;
    const size = observed.length;
    const factor = cholesky(subMatrix(moments.covariance, observed, observed));
    if (!factor) return null;
    const w = inverseFromCholesky(factor);
    const gap = deviation(pattern, moments.mean);
    const v = multiply(multiply(w, secondMoment(pattern, gap)), w);
    const u = new Float64Array(size);
    for (let a = 0; a < size; a += 1) {
      for (let b = 0; b < size; b += 1) u[a] = (u[a] as number) + (w.data[b * size + a] as number) * (gap[b] as number);
    }
    addGradient(gradient, pattern, w, v, u, variables);
    addHessian(hessian, pattern, w, kind === 'observed' ? { v, u } : { v: w, u: new Float64Array(size) }, variables, n);
  }
  for (let a = 0; a < gradient.length; a += 1) {
    for (let b = 0; b < a; b += 1)
      hessian.data[a * gradient.length + b] = hessian.data[b * gradient.length + a] as number;
  }
  return { gradient, hessian };
}

function addGradient(
  gradient: Float64Array,
  { observed, n }: MissingPattern,
  w: Matrix,
  v: Matrix,
  u: Float64Array,
  variables: number,
): void {
  const size = observed.length;
  for (let a = 0; a < size; a += 1) {
    const one = observed[a] as number;
    gradient[one] = (gradient[one] as number) + n * (u[a] as number);
    for (let b = 0; b <= a; b += 1) {
      const place = covariancePlace(variables, one, observed[b] as number);
      const both = (w.data[b * size + a] as number) - (v.data[b * size + a] as number);
      gradient[place] = (gradient[place] as number) - (a === b ? 0.5 : 1) * n * both;
    }
  }
}

/** Adds to the lower triangle, since places rise with the variables. */
function addHessian(
  hessian: Matrix,
  { observed }: MissingPattern,
  w: Matrix,
  { v, u }: { readonly v: Matrix; readonly u: Float64Array },
  variables: number,
  n: number,
): void {
  const size = observed.length;
  const width = hessian.rows;
  const h = hessian.data;
  const at = (m: Matrix, a: number, b: number): number => m.data[b * size + a] as number;
  for (let a = 0; a < size; a += 1) {
    const mean = observed[a] as number;
    for (let b = 0; b <= a; b += 1) {
      h[(observed[b] as number) * width + mean] =
        (h[(observed[b] as number) * width + mean] as number) - n * at(w, a, b);
      const row = covariancePlace(variables, mean, observed[b] as number);
      const own = a === b ? 0.5 : 1;
      for (let c = 0; c < size; c += 1) {
        const cross = n * own * (at(w, c, a) * (u[b] as number) + at(w, c, b) * (u[a] as number));
        h[(observed[c] as number) * width + row] = (h[(observed[c] as number) * width + row] as number) - cross;
      }
      for (let c = 0; c <= a; c += 1) {
        for (let d = 0; d <= c && (c < a || d <= b); d += 1) {
          const column = covariancePlace(variables, observed[c] as number, observed[d] as number);
          const expected = at(w, a, d) * at(w, b, c) + at(w, a, c) * at(w, b, d);
          const seen =
            at(v, a, d) * at(w, b, c) +
            at(v, b, d) * at(w, a, c) +
            at(v, a, c) * at(w, b, d) +
            at(v, b, c) * at(w, a, d);
          h[column * width + row] =
            (h[column * width + row] as number) + n * own * (c === d ? 0.5 : 1) * (expected - seen);
        }
      }
    }
  }
}

function deviation({ observed, mean }: MissingPattern, of: Float64Array): Float64Array {
  return mean.map((value, i) => value - (of[observed[i] as number] as number));
}

/** About the model's means. */
function secondMoment({ covariance }: MissingPattern, gap: Float64Array): Matrix {
  const size = gap.length;
  const data = covariance.data.map(
    (value, place) => value + (gap[place % size] as number) * (gap[Math.floor(place / size)] as number),
  );
  return matrixOf(size, size, data);
}

function trace(a: Matrix, b: Matrix): number {
  let total = 0;
  for (let place = 0; place < a.data.length; place += 1) total += (a.data[place] as number) * (b.data[place] as number);
  return total;
}
