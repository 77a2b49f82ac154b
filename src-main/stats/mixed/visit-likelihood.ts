import { cholesky, inverseFromCholesky, logDeterminant, solveCholesky } from '../linear-algebra/cholesky.ts';
import { type Matrix, matrixOf, multiply } from '../linear-algebra/matrix.ts';
import { addWeighted, moments, type VisitData, type VisitPattern } from './visit-patterns.ts';

export type VisitState = {
  /** Inverse covariance of each pattern's visits. */
  readonly inverses: readonly Matrix[];
  /** −2·log-likelihood, or the REML criterion, of the orthonormal basis. */
  readonly deviance: number;
  readonly coefficients: Float64Array;
  /** Their covariance. */
  readonly covariance: Matrix;
};

/** @returns null where the covariance of some pattern is not positive definite within rounding */
export function visitState(data: VisitData, covariance: Matrix, reml: boolean): VisitState | null {
  const { width, rows, patterns } = data;
  const fixed = width - 1;
  const total = matrixOf(width, width);
  const inverses: Matrix[] = [];
  let deviance = (reml ? rows - fixed : rows) * Math.log(2 * Math.PI);
  for (const pattern of patterns) {
    const lower = cholesky(among(covariance, pattern.visits));
    if (!lower) return null;
    const inverse = inverseFromCholesky(lower);
    deviance += pattern.subjects * logDeterminant(lower);
    addWeighted(pattern, inverse, total);
    inverses.push(inverse);
  }
  const information = matrixOf(fixed, fixed);
  const scores = new Float64Array(fixed);
  for (let j = 0; j < fixed; j += 1) {
    scores[j] = total.data[fixed * width + j] as number;
    for (let i = 0; i < fixed; i += 1) information.data[j * fixed + i] = total.data[j * width + i] as number;
  }
  const lower = cholesky(information);
  if (!lower) return null;
  const coefficients = solveCholesky(lower, scores);
  let squares = total.data[fixed * width + fixed] as number;
  for (let j = 0; j < fixed; j += 1) squares -= (coefficients[j] as number) * (scores[j] as number);
  if (!(squares > 0)) return null;
  deviance += squares + (reml ? logDeterminant(lower) : 0);
  return { inverses, deviance, coefficients, covariance: inverseFromCholesky(lower) };
}

/** The covariance of some of the visits. */
export function among(covariance: Matrix, visits: Int32Array): Matrix {
  const m = visits.length;
  const t = covariance.rows;
  const result = matrixOf(m, m);
  for (let j = 0; j < m; j += 1) {
    for (let i = 0; i < m; i += 1) {
      result.data[j * m + i] = covariance.data[(visits[j] as number) * t + (visits[i] as number)] as number;
    }
  }
  return result;
}

/**
 * Derivatives of the deviance by each element of the visits' covariance: Σ V⁻¹ − V⁻¹(XCXᵀ + rrᵀ)V⁻¹ over subjects, with C the
 * coefficients' covariance (under REML) and r the residuals (Harville 1977, JASA 72:320).
 */
export function visitSlope(data: VisitData, state: VisitState, reml: boolean): Matrix {
  const { width } = data;
  const fixed = width - 1;
  const middle = matrixOf(width, width);
  const direction = Float64Array.from({ length: width }, (_none, j) =>
    j < fixed ? -(state.coefficients[j] as number) : 1,
  );
  for (let j = 0; j < width; j += 1) {
    for (let i = 0; i < width; i += 1) {
      const spread = reml && i < fixed && j < fixed ? (state.covariance.data[j * fixed + i] as number) : 0;
      middle.data[j * width + i] = (direction[i] as number) * (direction[j] as number) + spread;
    }
  }
  const result = matrixOf(data.visits, data.visits);
  data.patterns.forEach((pattern, index) => {
    const inverse = state.inverses[index] as Matrix;
    const explained = throughInverse(pattern, inverse, middle);
    addAmong(
      result,
      pattern.visits,
      (at) => pattern.subjects * (inverse.data[at] as number) - (explained.data[at] as number),
    );
  });
  return result;
}

/** Derivatives of lᵀCl, the variance of a combination of coefficients, by each element of the visits' covariance. */
export function varianceSlope(data: VisitData, state: VisitState, l: Float64Array): Matrix {
  const fixed = data.width - 1;
  const direction = new Float64Array(data.width);
  for (let i = 0; i < fixed; i += 1) {
    for (let j = 0; j < fixed; j += 1) {
      direction[i] = (direction[i] as number) + (state.covariance.data[j * fixed + i] as number) * (l[j] as number);
    }
  }
  const middle = matrixOf(data.width, data.width);
  for (let j = 0; j < data.width; j += 1) {
    for (let i = 0; i < data.width; i += 1)
      middle.data[j * data.width + i] = (direction[i] as number) * (direction[j] as number);
  }
  const result = matrixOf(data.visits, data.visits);
  data.patterns.forEach((pattern, index) => {
    const explained = throughInverse(pattern, state.inverses[index] as Matrix, middle);
    addAmong(result, pattern.visits, (at) => explained.data[at] as number);
  });
  return result;
}

/** V⁻¹·Σ(XMXᵀ)·V⁻¹. */
function throughInverse(pattern: VisitPattern, inverse: Matrix, middle: Matrix): Matrix {
  return multiply(multiply(inverse, moments(pattern, middle)), inverse);
}

function addAmong(out: Matrix, visits: Int32Array, value: (at: number) => number): void {
  const m = visits.length;
  for (let j = 0; j < m; j += 1) {
    for (let i = 0; i < m; i += 1) {
      const at = (visits[j] as number) * out.rows + (visits[i] as number);
      out.data[at] = (out.data[at] as number) + value(j * m + i);
    }
  }
}
