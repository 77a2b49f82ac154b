import { cholesky, inverseFromCholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { at, type Matrix, matrixOf, multiply, multiplyVector, quadraticForm } from '../linear-algebra/matrix.ts';
import { correlationOf } from './item-covariance.ts';
import { type OneFactor, oneFactor } from './one-factor.ts';

export type Omega = {
  /** (Σλ)²/((Σλ)² + Σψ): share of the variance of the sum that the common factor explains (McDonald 1999, Test Theory). */
  readonly omega: number;
  /** By the delta method from the observed information; NaN in a Heywood case. */
  readonly se: number;
  /** (Σλ)² over the variance of the sum as observed. */
  readonly omegaObserved: number;
  /** In the units of the items. */
  readonly loadings: Float64Array;
  readonly uniquenesses: Float64Array;
  readonly standardised: OneFactor;
  /** n times the discrepancy, and its degrees of freedom. */
  readonly statistic: number;
  readonly df: number;
};

/**
 * Omega total of one factor by maximum likelihood with covariances of divisor n. Null for fewer than 3 items, or where the
 * correlations are singular. Omega equals that of lavaan's one-factor model.
 * @param covariance k × k with divisor n − 1, no variance 0
 */
export function omegaTotal(covariance: Matrix, n: number): Omega | null {
  const k = covariance.rows;
  const standardised = oneFactor(correlationOf(covariance));
  if (!standardised) return null;
  const biased = matrixOf(
    k,
    k,
    covariance.data.map((value) => (value * (n - 1)) / n),
  );
  const loadings = standardised.loadings.map((value, i) => value * Math.sqrt(at(biased, i, i)));
  const uniquenesses = standardised.uniquenesses.map((value, i) => value * at(biased, i, i));
  const sum = loadings.reduce((a, b) => a + b, 0);
  const unique = uniquenesses.reduce((a, b) => a + b, 0);
  const variance = biased.data.reduce((a, b) => a + b, 0);
  return {
    omega: sum ** 2 / (sum ** 2 + unique),
    se: standardised.heywood.length > 0 ? Number.NaN : standardError(biased, n, loadings, uniquenesses),
    omegaObserved: sum ** 2 / variance,
    loadings,
    uniquenesses,
    standardised,
    statistic: n * standardised.discrepancy,
    df: ((k - 1) ** 2 - (k + 1)) / 2,
  };
}

/** √(gᵀ·V·g), g the derivatives of omega in λ and ψ, V the inverse of n/2 times the second derivatives of the discrepancy. */
function standardError(s: Matrix, n: number, loadings: Float64Array, uniquenesses: Float64Array): number {
  const k = loadings.length;
  const factor = cholesky(scaledHessian(s, n, loadings, uniquenesses));
  if (!factor) return Number.NaN;
  const sum = loadings.reduce((a, b) => a + b, 0);
  const unique = uniquenesses.reduce((a, b) => a + b, 0);
  const total = (sum ** 2 + unique) ** 2;
  const gradient = new Float64Array(2 * k);
  gradient.fill((2 * sum * unique) / total, 0, k);
  gradient.fill(-(sum ** 2) / total, k);
  const solved = solveCholesky(factor, gradient);
  return Math.sqrt(gradient.reduce((add, value, i) => add + value * (solved[i] as number), 0));
}

/**
 * n/2 times the second derivatives of log |Σ| + tr(SΣ⁻¹) in λ, then ψ: with K = Σ⁻¹ and M = KSK, those in directions A and B
 * are tr(KBMA) + tr(MBKA) − tr(KBKA) + tr((K − M)·∂²Σ).
 */
function scaledHessian(s: Matrix, n: number, loadings: Float64Array, uniquenesses: Float64Array): Matrix {
  const k = loadings.length;
  const sigma = matrixOf(k, k);
  for (let j = 0; j < k; j += 1) {
    for (let i = 0; i < k; i += 1) {
      sigma.data[j * k + i] =
        (loadings[i] as number) * (loadings[j] as number) + (i === j ? (uniquenesses[i] as number) : 0);
    }
  }
  const factor = cholesky(sigma);
  if (!factor) return matrixOf(2 * k, 2 * k);
  const inverse = inverseFromCholesky(factor);
  const middle = multiply(multiply(inverse, s), inverse);
  const sides = [side(inverse, loadings), side(middle, loadings)] as const;
  const result = matrixOf(2 * k, 2 * k);
  const set = (row: number, column: number, value: number): void => {
    result.data[column * 2 * k + row] = (n / 2) * value;
  };
  const [kSide, mSide] = sides;
  for (let i = 0; i < k; i += 1) {
    for (let j = 0; j < k; j += 1) {
      const both = loadingPair(kSide, mSide, i, j) + loadingPair(mSide, kSide, i, j) - loadingPair(kSide, kSide, i, j);
      set(i, j, both + 2 * (at(inverse, i, j) - at(middle, i, j)));
      const mixed = mixedPair(kSide, mSide, i, j) + mixedPair(mSide, kSide, i, j) - mixedPair(kSide, kSide, i, j);
      set(k + i, j, mixed);
      set(j, k + i, mixed);
      set(k + i, k + j, 2 * at(inverse, i, j) * at(middle, i, j) - at(inverse, i, j) ** 2);
    }
  }
  return result;
}

type Side = { readonly matrix: Matrix; readonly product: Float64Array; readonly form: number };

function side(matrix: Matrix, loadings: Float64Array): Side {
  return { matrix, product: multiplyVector(matrix, loadings), form: quadraticForm(loadings, matrix) };
}

/** Tr(K·B·L·A) for A and B the derivatives of Σ in two loadings. */
function loadingPair(k: Side, l: Side, i: number, j: number): number {
  return (
    (k.product[j] as number) * (l.product[i] as number) +
    l.form * at(k.matrix, i, j) +
    k.form * at(l.matrix, i, j) +
    (l.product[j] as number) * (k.product[i] as number)
  );
}

/** The same for a uniqueness i and a loading j. */
function mixedPair(k: Side, l: Side, i: number, j: number): number {
  return at(k.matrix, i, j) * (l.product[i] as number) + (k.product[i] as number) * at(l.matrix, i, j);
}
