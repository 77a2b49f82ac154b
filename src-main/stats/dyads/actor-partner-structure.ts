import { cholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { at, type Matrix, matrixOf, multiply, subMatrix, transpose } from '../linear-algebra/matrix.ts';
import { coordinateCount, covariancePlace, type NormalMoments } from './observed-likelihood.ts';

/**
 * The actor–partner model as a structure of a joint normal: predictors x1, x2 and covariates with free mean μ and covariance Φ,
 * outcomes y = α + B·x + e with residual covariance Ψ. Variables stand in the order x1, x2, covariates, y1, y2; parameters in
 * the order B (y1's row, y2's row), α, Ψ (11, 21, 22), μ, Φ (rows of the lower triangle).
 */
export type Layout = {
  /** x1, x2 and covariates. */
  readonly predictors: number;
  readonly variables: number;
  readonly parameters: number;
  readonly slope: (outcome: number, predictor: number) => number;
  readonly intercept: (outcome: number) => number;
  readonly residual: (a: number, b: number) => number;
  readonly mean: (predictor: number) => number;
  /** @param a not below b */
  readonly spread: (a: number, b: number) => number;
};

export function actorPartnerLayout(covariates: number): Layout {
  const r = 2 + covariates;
  const start = 2 * r + 5;
  return {
    predictors: r,
    variables: r + 2,
    parameters: start + r + (r * (r + 1)) / 2,
    slope: (outcome, predictor) => outcome * r + predictor,
    intercept: (outcome) => 2 * r + outcome,
    residual: (a, b) => 2 * r + 2 + a + b,
    mean: (predictor) => start + predictor,
    spread: (a, b) => start + r + (a * (a + 1)) / 2 + b,
  };
}

type Parts = { readonly b: Matrix; readonly alpha: Float64Array; readonly mu: Float64Array; readonly phi: Matrix };

function partsOf(layout: Layout, theta: Float64Array): Parts {
  const r = layout.predictors;
  const b = matrixOf(2, r);
  const phi = matrixOf(r, r);
  for (let i = 0; i < r; i += 1) {
    for (let j = 0; j < 2; j += 1) b.data[i * 2 + j] = theta[layout.slope(j, i)] as number;
    for (let k = 0; k <= i; k += 1) {
      phi.data[k * r + i] = theta[layout.spread(i, k)] as number;
      phi.data[i * r + k] = theta[layout.spread(i, k)] as number;
    }
  }
  return {
    b,
    phi,
    alpha: Float64Array.from([0, 1], (j) => theta[layout.intercept(j)] as number),
    mu: Float64Array.from({ length: r }, (_none, i) => theta[layout.mean(i)] as number),
  };
}

/** Mean and covariance that the parameters imply. */
export function impliedMoments(layout: Layout, theta: Float64Array): NormalMoments {
  const { predictors: r, variables } = layout;
  const { b, alpha, mu, phi } = partsOf(layout, theta);
  const yx = multiply(b, phi);
  const yy = multiply(yx, transpose(b));
  const mean = new Float64Array(variables);
  const covariance = matrixOf(variables, variables);
  const set = (row: number, column: number, value: number): void => {
    covariance.data[column * variables + row] = value;
    covariance.data[row * variables + column] = value;
  };
  for (let i = 0; i < r; i += 1) {
    mean[i] = mu[i] as number;
    for (let k = 0; k <= i; k += 1) set(i, k, at(phi, i, k));
    for (let j = 0; j < 2; j += 1) set(r + j, i, at(yx, j, i));
  }
  for (let j = 0; j < 2; j += 1) {
    let value = alpha[j] as number;
    for (let i = 0; i < r; i += 1) value += at(b, j, i) * (mu[i] as number);
    mean[r + j] = value;
    for (let l = 0; l <= j; l += 1) set(r + j, r + l, at(yy, j, l) + (theta[layout.residual(j, l)] as number));
  }
  return { mean, covariance };
}

/** Parameters of any mean and covariance: the model without constraints reproduces them. Null where Φ is singular. */
export function parametersOf(layout: Layout, { mean, covariance }: NormalMoments): Float64Array | null {
  const r = layout.predictors;
  const xs = Array.from({ length: r }, (_none, i) => i);
  const phi = subMatrix(covariance, xs, xs);
  const factor = cholesky(phi);
  if (!factor) return null;
  const theta = new Float64Array(layout.parameters);
  const slopes = [0, 1].map((j) => solveCholesky(factor, subMatrix(covariance, xs, [r + j]).data));
  for (let j = 0; j < 2; j += 1) {
    let alpha = mean[r + j] as number;
    for (let i = 0; i < r; i += 1) {
      theta[layout.slope(j, i)] = slopes[j]?.[i] as number;
      alpha -= (slopes[j]?.[i] as number) * (mean[i] as number);
    }
    theta[layout.intercept(j)] = alpha;
    for (let l = 0; l <= j; l += 1) {
      let value = at(covariance, r + j, r + l);
      for (let i = 0; i < r; i += 1) value -= (slopes[j]?.[i] as number) * at(covariance, r + l, i);
      theta[layout.residual(j, l)] = value;
    }
  }
  for (let i = 0; i < r; i += 1) {
    theta[layout.mean(i)] = mean[i] as number;
    for (let k = 0; k <= i; k += 1) theta[layout.spread(i, k)] = at(phi, i, k);
  }
  return theta;
}

/** Derivatives of means and covariances (rows, in the order of `covariancePlace`) by the parameters. */
export function structureJacobian(layout: Layout, theta: Float64Array): Matrix {
  const { predictors: r, variables, parameters } = layout;
  const { b, mu, phi } = partsOf(layout, theta);
  const yx = multiply(b, phi);
  const jacobian = matrixOf(coordinateCount(variables), parameters);
  const add = (place: number, parameter: number, value: number): void => {
    const index = parameter * jacobian.rows + place;
    jacobian.data[index] = (jacobian.data[index] as number) + value;
  };
  const cov = (a: number, c: number): number => covariancePlace(variables, Math.max(a, c), Math.min(a, c));
  for (let j = 0; j < 2; j += 1) {
    add(r + j, layout.intercept(j), 1);
    for (let l = 0; l <= j; l += 1) add(cov(r + j, r + l), layout.residual(j, l), 1);
    for (let i = 0; i < r; i += 1) {
      const slope = layout.slope(j, i);
      add(r + j, slope, mu[i] as number);
      for (let k = 0; k < r; k += 1) add(cov(r + j, k), slope, at(phi, i, k));
      for (let l = 0; l < 2; l += 1) add(cov(r + j, r + l), slope, (l === j ? 2 : 1) * at(yx, l, i));
      add(r + j, layout.mean(i), at(b, j, i));
    }
  }
  for (let a = 0; a < r; a += 1) {
    add(a, layout.mean(a), 1);
    for (let c = 0; c <= a; c += 1) {
      const spread = layout.spread(a, c);
      add(cov(a, c), spread, 1);
      for (let j = 0; j < 2; j += 1) {
        add(cov(r + j, c), spread, at(b, j, a));
        if (a !== c) add(cov(r + j, a), spread, at(b, j, c));
        for (let l = 0; l <= j; l += 1) {
          const both = at(b, j, a) * at(b, l, c);
          add(cov(r + j, r + l), spread, a === c ? both : both + at(b, j, c) * at(b, l, a));
        }
      }
    }
  }
  return jacobian;
}

/** Second derivatives by the parameters of gradient·(means and covariances): what the chain rule adds where the gradient is not 0. */
export function structureCurvature(layout: Layout, theta: Float64Array, gradient: Float64Array): Matrix {
  const { predictors: r, variables, parameters } = layout;
  const { b, phi } = partsOf(layout, theta);
  const curvature = matrixOf(parameters, parameters);
  const add = (one: number, other: number, value: number): void => {
    curvature.data[other * parameters + one] = (curvature.data[other * parameters + one] as number) + value;
    if (one !== other)
      curvature.data[one * parameters + other] = (curvature.data[one * parameters + other] as number) + value;
  };
  // Half of what an element off the diagonal has, so that the differential is tr(G·dΣ).
  const g = (a: number, c: number): number =>
    (a === c ? 1 : 0.5) * (gradient[covariancePlace(variables, Math.max(a, c), Math.min(a, c))] as number);
  const h = (j: number, k: number): number => {
    let value = g(r + j, k);
    for (let l = 0; l < 2; l += 1) value += g(r + j, r + l) * at(b, l, k);
    return value;
  };
  for (let j = 0; j < 2; j += 1) {
    for (let i = 0; i < r; i += 1) {
      add(layout.slope(j, i), layout.mean(i), gradient[r + j] as number);
      for (let l = 0; l < 2; l += 1) {
        for (let k = 0; k < r; k += 1) {
          if (layout.slope(l, k) > layout.slope(j, i)) continue;
          add(layout.slope(j, i), layout.slope(l, k), 2 * g(r + j, r + l) * at(phi, i, k));
        }
      }
      for (let k = 0; k < r; k += 1) {
        add(layout.slope(j, i), layout.spread(Math.max(i, k), Math.min(i, k)), 2 * h(j, k));
      }
    }
  }
  return curvature;
}
