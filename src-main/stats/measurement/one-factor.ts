import { cholesky, inverseFromCholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { at, columnOf, type Matrix, matrixOf, subMatrix } from '../linear-algebra/matrix.ts';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';

export type OneFactor = {
  /** Of standardised items; their sum is not negative. */
  readonly loadings: Float64Array;
  /** Variance that the factor does not explain. */
  readonly uniquenesses: Float64Array;
  /** Discrepancy log |Σ| − log |R| + tr(RΣ⁻¹) − k. */
  readonly discrepancy: number;
  /** Items whose uniqueness is held at the lower bound: Heywood cases. */
  readonly heywood: readonly number[];
  readonly converged: boolean;
};

/** The bound of R's `factanal`. */
export const leastUniqueness = 0.005;
const mostSteps = 500;

/**
 * Maximum likelihood of one common factor, R ≈ λλᵀ + Ψ, by Newton's method on log ψ with the factor concentrated out (Lawley and
 * Maxwell 1971, Factor Analysis as a Statistical Method, ch. 4; Clarke 1970, Br J Math Stat Psychol 23:43), ψ not below 0.005,
 * as R's `factanal(factors = 1)` but converged further. Needs 3 items. Null where the correlations are singular.
 */
export function oneFactor(correlation: Matrix): OneFactor | null {
  const k = correlation.rows;
  const factor = cholesky(correlation);
  if (!factor || k < 3) return null;
  const inverse = inverseFromCholesky(factor);
  let theta = Float64Array.from({ length: k }, (_none, i) => bounded(Math.log((1 - 0.5 / k) / at(inverse, i, i))));
  let here = concentrated(correlation, theta);
  let converged = false;
  for (let step = 0; step < mostSteps && !converged; step += 1) {
    const change = newtonChange(here, theta);
    if (change.every((value) => value === 0)) {
      converged = true;
      break;
    }
    let factorOfStep = 1;
    let moved = theta.map((value, i) => bounded(value + (change[i] as number)));
    let next = concentrated(correlation, moved);
    while (!(next.value <= here.value + 1e-13) && factorOfStep > 1e-8) {
      factorOfStep /= 2;
      moved = theta.map((value, i) => bounded(value + factorOfStep * (change[i] as number)));
      next = concentrated(correlation, moved);
    }
    const distance = moved.reduce((largest, value, i) => Math.max(largest, Math.abs(value - (theta[i] as number))), 0);
    theta = moved;
    here = next;
    converged = distance < 1e-13;
  }
  return {
    ...loadingsOf(here, theta),
    discrepancy: here.value,
    heywood: Array.from(theta.keys()).filter((i) => (theta[i] as number) <= lowest + 1e-9),
    converged: converged || here.gradient.every((value, i) => Math.abs(value) < 1e-8 || (theta[i] as number) <= lowest),
  };
}

const lowest = Math.log(leastUniqueness);

function bounded(theta: number): number {
  return Math.min(0, Math.max(lowest, theta));
}

type Concentrated = {
  readonly value: number;
  readonly gradient: Float64Array;
  readonly hessian: Matrix;
  /** Largest eigenvalue of Ψ^−½RΨ^−½ and its vector. */
  readonly largest: number;
  readonly vector: Float64Array;
};

/** Σ over all but the largest eigenvalue γ of Ψ^−½RΨ^−½ of γ − log γ − 1, with derivatives in log ψ. */
function concentrated(correlation: Matrix, theta: Float64Array): Concentrated {
  const k = correlation.rows;
  const roots = theta.map((value) => Math.exp(-value / 2));
  const scaled = matrixOf(k, k);
  for (let j = 0; j < k; j += 1) {
    for (let i = 0; i < k; i += 1) {
      scaled.data[j * k + i] = (roots[i] as number) * (correlation.data[j * k + i] as number) * (roots[j] as number);
    }
  }
  const { values, vectors } = symmetricEigen(scaled);
  const last = k - 1;
  const largest = values[last] as number;
  const vector = columnOf(vectors, last);
  const gradient = new Float64Array(k);
  const spread = matrixOf(k, k);
  const weighted = matrixOf(k, k);
  const cross = matrixOf(k, k);
  let value = 0;
  for (let m = 0; m < last; m += 1) {
    const root = values[m] as number;
    const omega = columnOf(vectors, m);
    value += root - Math.log(root) - 1;
    const factor = ((1 - root) * (root + largest)) / (largest - root);
    for (let j = 0; j < k; j += 1) {
      const right = omega[j] as number;
      gradient[j] = (gradient[j] as number) + (1 - root) * right * right;
      for (let i = 0; i < k; i += 1) {
        const product = (omega[i] as number) * right;
        const place = j * k + i;
        spread.data[place] = (spread.data[place] as number) + product;
        weighted.data[place] = (weighted.data[place] as number) + root * product;
        cross.data[place] = (cross.data[place] as number) + factor * product;
      }
    }
  }
  const hessian = matrixOf(k, k);
  for (let j = 0; j < k; j += 1) {
    for (let i = 0; i < k; i += 1) {
      const place = j * k + i;
      hessian.data[place] =
        (weighted.data[place] as number) * (spread.data[place] as number) +
        (cross.data[place] as number) * (vector[i] as number) * (vector[j] as number);
    }
  }
  return { value, gradient, hessian, largest, vector };
}

/** Newton's step in the items that are not held at a bound; a ridge is added where the Hessian is not definite. */
function newtonChange({ gradient, hessian }: Concentrated, theta: Float64Array): Float64Array {
  const k = theta.length;
  const change = new Float64Array(k);
  const free = Array.from(theta.keys()).filter((i) => {
    const at0 = theta[i] as number;
    const slope = gradient[i] as number;
    return !((at0 <= lowest && slope > 0) || (at0 >= 0 && slope < 0));
  });
  if (free.length === 0) return change;
  const part = subMatrix(hessian, free, free);
  const right = Float64Array.from(free, (i) => -(gradient[i] as number));
  let ridge = 0;
  for (let trial = 0; trial < 60; trial += 1) {
    const shifted = matrixOf(free.length, free.length, Float64Array.from(part.data));
    for (let i = 0; i < free.length; i += 1) shifted.data[i * free.length + i] = at(part, i, i) + ridge;
    const factor = cholesky(shifted);
    if (factor) {
      const step = solveCholesky(factor, right);
      const largest = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const shrink = Math.min(1, 2 / Math.max(largest, 1e-300));
      free.forEach((i, place) => {
        change[i] = shrink * (step[place] as number);
      });
      return change;
    }
    ridge = ridge === 0 ? 1e-6 : ridge * 4;
  }
  return change;
}

function loadingsOf(
  { largest, vector }: Concentrated,
  theta: Float64Array,
): { readonly loadings: Float64Array; readonly uniquenesses: Float64Array } {
  const strength = Math.sqrt(Math.max(0, largest - 1));
  const loadings = theta.map((value, i) => Math.exp(value / 2) * strength * (vector[i] as number));
  const sum = loadings.reduce((a, b) => a + b, 0);
  return { loadings: sum < 0 ? loadings.map((value) => -value) : loadings, uniquenesses: theta.map(Math.exp) };
}
