import { cholesky } from '../linear-algebra/cholesky.ts';
import { at, type Matrix, matrixOf, multiply, multiplyVector, transpose } from '../linear-algebra/matrix.ts';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import type { ClusterParts } from './fit-gee.ts';

export type SmallSample = 'mancl-derouen' | 'kauermann-carroll' | 'fay-graubard';

/** The robust covariance of Liang and Zeger, B·(Σ UᵢUᵢᵀ)·B, as a sum of squares so that no variance falls below 0. */
export function robustCovariance(bread: Matrix, { scores, p }: ClusterParts): Matrix {
  const count = scores.length / p;
  const result = matrixOf(p, p);
  for (let c = 0; c < count; c += 1) {
    addProduct(result, multiplyVector(bread, scores.subarray(c * p, (c + 1) * p)));
  }
  return result;
}

function addProduct(into: Matrix, u: Float64Array): void {
  const p = u.length;
  for (let j = 0; j < p; j += 1) {
    for (let k = 0; k < p; k += 1)
      into.data[k * p + j] = (into.data[k * p + j] as number) + (u[j] as number) * (u[k] as number);
  }
}

const fayGraubardBound = 0.75;
const wholeLeverage = 1e-10;

/**
 * Robust covariance with each cluster's score enlarged by its leverage, against the shortfall in few clusters.
 *
 * - Mancl and DeRouen (2001, Biometrics 57:126): residuals times (I − Hᵢ)⁻¹, which overcorrects a little.
 * - Kauermann and Carroll (2001, JASA 96:1387): residuals times (I − Hᵢ)^−½, unbiased where the working correlation is true.
 * - Fay and Graubard (2001, Biometrics 57:1198): scores divided by √(1 − min(0.75, diagonal of DᵢᵀVᵢ⁻¹Dᵢ·B)).
 *
 * DᵀV⁻¹·f(I − H) = f(I − KB)·DᵀV⁻¹ with K = DᵀV⁻¹D, so matrices as large as the clusters are never made.
 * @returns null where a cluster has leverage 1, so that it alone determines a coefficient
 */
export function smallSampleCovariance(bread: Matrix, parts: ClusterParts, method: SmallSample): Matrix | null {
  const { scores, informations, p } = parts;
  const count = scores.length / p;
  const root = cholesky(bread);
  if (!root) return null;
  const result = matrixOf(p, p);
  for (let c = 0; c < count; c += 1) {
    const score = scores.subarray(c * p, (c + 1) * p);
    const information = matrixOf(p, p, informations.subarray(c * p * p, (c + 1) * p * p));
    const enlarged =
      method === 'fay-graubard'
        ? byDiagonal(score, information, bread)
        : byLeverage(score, information, root, method === 'mancl-derouen' ? -1 : -0.5);
    if (!enlarged) return null;
    addProduct(result, multiplyVector(bread, enlarged));
  }
  return result;
}

function byDiagonal(score: Float64Array, information: Matrix, bread: Matrix): Float64Array {
  const product = multiply(information, bread);
  return score.map((value, j) => value / Math.sqrt(1 - Math.min(fayGraubardBound, at(product, j, j))));
}

/** (I − KB)^power·U; with B = CCᵀ, KB = C⁻ᵀ(CᵀKC)Cᵀ, whose middle is symmetric. */
function byLeverage(score: Float64Array, information: Matrix, root: Matrix, power: number): Float64Array | null {
  const p = score.length;
  const { values, vectors } = symmetricEigen(multiply(multiply(transpose(root), information), root));
  if (values.some((value) => !(value < 1 - wholeLeverage))) return null;
  const turned = new Float64Array(p);
  for (let j = 0; j < p; j += 1) {
    for (let i = j; i < p; i += 1) turned[j] = (turned[j] as number) + at(root, i, j) * (score[i] as number);
  }
  const grown = new Float64Array(p);
  for (let k = 0; k < p; k += 1) {
    let along = 0;
    for (let i = 0; i < p; i += 1) along += at(vectors, i, k) * (turned[i] as number);
    along *= (1 - (values[k] as number)) ** power;
    for (let i = 0; i < p; i += 1) grown[i] = (grown[i] as number) + along * at(vectors, i, k);
  }
  // C⁻ᵀ by back substitution.
  for (let i = p - 1; i >= 0; i -= 1) {
    let value = grown[i] as number;
    for (let k = i + 1; k < p; k += 1) value -= at(root, k, i) * (grown[k] as number);
    grown[i] = value / at(root, i, i);
  }
  return grown;
}
