import { type Matrix, matrixOf, multiply, transpose } from '../linear-algebra/matrix.ts';

export type CovarianceName = 'unstructured' | 'cs' | 'ar1';

/** A covariance of visits by parameters that may take any value, for the search. */
export type VisitCovariance = {
  readonly start: Float64Array;
  readonly matrix: (parameters: ArrayLike<number>) => Matrix;
  /** Derivatives by the parameters of a function whose derivative by each element of the matrix is given. */
  readonly chain: (parameters: ArrayLike<number>, byElement: Matrix) => Float64Array;
};

/** @param start a positive definite covariance of the visits to begin from */
export function visitCovariance(name: CovarianceName, start: Matrix, lower: Matrix): VisitCovariance {
  switch (name) {
    case 'unstructured':
      return unstructured(lower);
    case 'cs':
      return compoundSymmetry(start);
    case 'ar1':
      return autoregressive(start);
  }
}

/** L₀·ℓ·ℓᵀ·L₀ᵀ with L₀ the factor of the start and ℓ a lower triangle, its diagonal by logarithms, so that the search begins at I. */
function unstructured(lower: Matrix): VisitCovariance {
  const t = lower.rows;
  const triangle = (parameters: ArrayLike<number>): Matrix => {
    const result = matrixOf(t, t);
    let next = 0;
    for (let j = 0; j < t; j += 1) {
      for (let i = j; i < t; i += 1) {
        const value = parameters[next] as number;
        result.data[j * t + i] = i === j ? Math.exp(value) : value;
        next += 1;
      }
    }
    return result;
  };
  return {
    start: new Float64Array((t * (t + 1)) / 2),
    matrix: (parameters) => {
      const factor = multiply(lower, triangle(parameters));
      return multiply(factor, transpose(factor));
    },
    chain: (parameters, byElement) => {
      const inner = triangle(parameters);
      const turned = multiply(multiply(transpose(lower), byElement), multiply(lower, inner));
      const result = new Float64Array((t * (t + 1)) / 2);
      let next = 0;
      for (let j = 0; j < t; j += 1) {
        for (let i = j; i < t; i += 1) {
          const slope = 2 * (turned.data[j * t + i] as number);
          result[next] = i === j ? slope * (inner.data[j * t + j] as number) : slope;
          next += 1;
        }
      }
      return result;
    },
  };
}

/** Equal variances and correlations, by the logarithms of the two eigenvalues: σ²(1 − ρ) and σ²(1 + (T − 1)ρ). */
function compoundSymmetry(start: Matrix): VisitCovariance {
  const t = start.rows;
  const { variance, correlation } = averages(start);
  const rho = Math.min(0.95, Math.max(correlation, -0.9 / (t - 1)));
  return {
    start: Float64Array.of(Math.log(variance * (1 - rho)), Math.log(variance * (1 + (t - 1) * rho))),
    matrix: (parameters) => {
      const within = Math.exp(parameters[0] as number);
      const shared = (Math.exp(parameters[1] as number) - within) / t;
      return filled(t, (i, j) => shared + (i === j ? within : 0));
    },
    chain: (parameters, byElement) => {
      let all = 0;
      for (const value of byElement.data) all += value;
      let diagonal = 0;
      for (let i = 0; i < t; i += 1) diagonal += byElement.data[i * t + i] as number;
      return Float64Array.of(
        Math.exp(parameters[0] as number) * (diagonal - all / t),
        (Math.exp(parameters[1] as number) * all) / t,
      );
    },
  };
}

/** Equal variances, correlation ρ^|i − j| by the places of the visits; by log σ² and artanh ρ. */
function autoregressive(start: Matrix): VisitCovariance {
  const t = start.rows;
  const { variance, neighbours } = averages(start);
  const values = (parameters: ArrayLike<number>): readonly [number, number] => [
    Math.exp(parameters[0] as number),
    Math.tanh(parameters[1] as number),
  ];
  return {
    start: Float64Array.of(Math.log(variance), Math.atanh(Math.min(0.9, Math.max(neighbours, -0.9)))),
    matrix: (parameters) => {
      const [size, rho] = values(parameters);
      return filled(t, (i, j) => size * rho ** Math.abs(i - j));
    },
    chain: (parameters, byElement) => {
      const [size, rho] = values(parameters);
      let bySize = 0;
      let byRho = 0;
      for (let j = 0; j < t; j += 1) {
        for (let i = 0; i < t; i += 1) {
          const gap = Math.abs(i - j);
          const slope = byElement.data[j * t + i] as number;
          bySize += slope * size * rho ** gap;
          if (gap > 0) byRho += slope * size * gap * rho ** (gap - 1);
        }
      }
      return Float64Array.of(bySize, byRho * (1 - rho * rho));
    },
  };
}

export function filled(size: number, value: (row: number, column: number) => number): Matrix {
  const result = matrixOf(size, size);
  for (let j = 0; j < size; j += 1) for (let i = 0; i < size; i += 1) result.data[j * size + i] = value(i, j);
  return result;
}

function averages(covariance: Matrix): {
  readonly variance: number;
  readonly correlation: number;
  readonly neighbours: number;
} {
  const t = covariance.rows;
  let variance = 0;
  for (let i = 0; i < t; i += 1) variance += (covariance.data[i * t + i] as number) / t;
  let all = 0;
  let near = 0;
  for (let j = 0; j < t; j += 1) {
    for (let i = 0; i < j; i += 1) all += covariance.data[j * t + i] as number;
    if (j > 0) near += covariance.data[j * t + j - 1] as number;
  }
  return {
    variance,
    correlation: t > 1 ? all / ((t * (t - 1)) / 2) / variance : 0,
    neighbours: t > 1 ? near / (t - 1) / variance : 0,
  };
}

/**
 * First and second derivatives of the covariance by the parameters that Kenward and Roger's method takes: variances and covariances
 * where it is linear in them (unstructured, compound symmetry), σ² and ρ for the autoregressive one.
 */
export function covarianceDerivatives(
  name: CovarianceName,
  covariance: Matrix,
): { readonly first: readonly Matrix[]; readonly second: readonly (readonly Matrix[])[] | null } {
  const t = covariance.rows;
  if (name === 'cs') return { first: [filled(t, (i, j) => (i === j ? 1 : 0)), filled(t, () => 1)], second: null };
  if (name === 'unstructured') {
    const first = Array.from({ length: t }, (_none, j) =>
      Array.from({ length: t - j }, (_other, below) =>
        filled(t, (row, column) =>
          (row === j + below && column === j) || (row === j && column === j + below) ? 1 : 0,
        ),
      ),
    ).flat();
    return { first, second: null };
  }
  const size = covariance.data[0] as number;
  const rho = t > 1 ? (covariance.data[1] as number) / size : 0;
  const gap = (i: number, j: number): number => Math.abs(i - j);
  const slope = (i: number, j: number): number => (gap(i, j) === 0 ? 0 : gap(i, j) * rho ** (gap(i, j) - 1));
  const curve = (i: number, j: number): number =>
    gap(i, j) < 2 ? 0 : gap(i, j) * (gap(i, j) - 1) * rho ** (gap(i, j) - 2);
  const mixed = filled(t, slope);
  return {
    first: [filled(t, (i, j) => rho ** gap(i, j)), filled(t, (i, j) => size * slope(i, j))],
    second: [
      [matrixOf(t, t), mixed],
      [mixed, filled(t, (i, j) => size * curve(i, j))],
    ],
  };
}
