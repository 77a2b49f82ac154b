import { columnOf, type Matrix, matrixOf, scale } from '../linear-algebra/matrix.ts';
import { biasReducedCovariance, largestCluster, largestDenseCluster } from './bias-reduced.ts';
import type { GlmEstimate } from './estimate-glm.ts';
import { links } from './families.ts';
import { clusteredCovariance, type HeteroscedasticType, heteroscedasticCovariance } from './sandwich.ts';

export type Clusters = { readonly codes: Int32Array; readonly count: number };

export type CoefficientCovariance = {
  /** Of the columns that are used. */
  readonly matrix: Matrix;
  /** Degrees of freedom of each; null for normal statistics. */
  readonly df: ArrayLike<number> | null;
};

export type CovarianceKind =
  | { readonly type: 'model' }
  | { readonly type: HeteroscedasticType }
  | { readonly type: 'CR1' | 'CR2'; readonly clusters: Clusters };

/**
 * Covariance of a regression's coefficients of the kind asked for; null where a row of leverage 1 makes HC2 or HC3 undefined, or
 * numbers leave the range of doubles.
 * CR2 takes the identity as the working model of a linear regression and the fitted variances as that of a generalised one, as
 * `clubSandwich` does.
 * @throws RangeError where `biasReducedIsTooLarge`
 */
export function coefficientCovariance(
  estimate: GlmEstimate,
  linear: boolean,
  kind: CovarianceKind,
): CoefficientCovariance | null {
  const found = covarianceOfKind(estimate, linear, kind);
  return found?.matrix.data.some(Number.isNaN) ? null : found;
}

function covarianceOfKind(estimate: GlmEstimate, linear: boolean, kind: CovarianceKind): CoefficientCovariance | null {
  const { bread, x, df } = estimate;
  const residualDf = df === null ? null : new Float64Array(x.columns).fill(df);
  if (kind.type === 'model') return { matrix: scale(bread, estimate.dispersion), df: residualDf };
  const input = {
    x,
    bread,
    weights: estimate.workingWeights,
    residuals: estimate.workingResiduals,
    n: x.rows,
  };
  if (kind.type === 'CR2') return biasReduced(estimate, linear, kind.clusters);
  if (kind.type === 'CR1') {
    const { codes, count } = kind.clusters;
    return { matrix: clusteredCovariance(input, codes, count), df: new Float64Array(x.columns).fill(count - 1) };
  }
  const matrix = heteroscedasticCovariance(input, kind.type);
  return matrix && { matrix, df: residualDf };
}

/** Whether CR2 would need the eigenvalues of matrices that are too large. */
export function biasReducedIsTooLarge(estimate: GlmEstimate, linear: boolean, { codes, count }: Clusters): boolean {
  if (linear && estimate.workingWeights.every((weight) => weight === 1)) return false;
  return largestCluster(codes, count) > largestDenseCluster;
}

function biasReduced(estimate: GlmEstimate, linear: boolean, clusters: Clusters): CoefficientCovariance {
  if (biasReducedIsTooLarge(estimate, linear, clusters)) throw new RangeError('a cluster is too large for CR2');
  const { x, bread, workingWeights, workingResiduals } = estimate;
  const { codes, count } = clusters;
  if (linear) {
    const found = biasReducedCovariance({
      x,
      bread,
      weights: workingWeights,
      residuals: workingResiduals,
      target: null,
      clusters: codes,
      count,
    });
    return { matrix: found.covariance, df: found.df };
  }
  const rows = Array.from({ length: x.rows }, (_none, i) => i).filter((i) => (workingWeights[i] as number) > 0);
  const { slope } = links[estimate.link];
  const slopes = Float64Array.from(rows, (i) => slope(estimate.linearPredictor[i] as number));
  const scaled = matrixOf(rows.length, x.columns);
  for (let j = 0; j < x.columns; j += 1) {
    const from = columnOf(x, j);
    const to = columnOf(scaled, j);
    for (let k = 0; k < rows.length; k += 1) to[k] = (from[rows[k] as number] as number) * (slopes[k] as number);
  }
  const weights = slopes.map((value, k) => (workingWeights[rows[k] as number] as number) / (value * value));
  const found = biasReducedCovariance({
    x: scaled,
    bread,
    weights,
    residuals: slopes.map((value, k) => value * (workingResiduals[rows[k] as number] as number)),
    target: weights.map((weight) => 1 / weight),
    clusters: Int32Array.from(rows, (i) => codes[i] as number),
    count,
  });
  return { matrix: found.covariance, df: found.df };
}
