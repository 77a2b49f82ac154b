import { matrixOf } from '../../linear-algebra/matrix.ts';
import { applyQ, applyQTransposed, type QrDecomposition } from '../../linear-algebra/qr.ts';
import { symmetricEigen } from '../../linear-algebra/symmetric-eigen.ts';

/** Above this many rows the exact p-value takes too long; the test of Breusch and Godfrey serves there. */
export const mostExactRows = 500;

/** Σ(eᵢ − eᵢ₋₁)²/Σe² (Durbin and Watson 1950, Biometrika 37:409): about 2 without autocorrelation, less with positive one. */
export function durbinWatsonStatistic(residuals: Float64Array): number {
  let differences = 0;
  let squares = 0;
  for (let i = 0; i < residuals.length; i += 1) {
    const value = residuals[i] as number;
    squares += value * value;
    if (i > 0) differences += (value - (residuals[i - 1] as number)) ** 2;
  }
  return differences / squares;
}

/**
 * P(statistic as small or smaller | normal errors without autocorrelation), exact: the statistic is below d where
 * Σ (νᵢ − d)zᵢ² < 0, νᵢ the eigenvalues of MAM (M makes residuals, A takes squared differences). The tail probability is the
 * inverse of the cumulant function along the vertical line through its saddle point, by the trapezoidal rule, which keeps its
 * relative accuracy in the tails (Rice 1980, SIAM J. Sci. Stat. Comput. 1:438). R's `lmtest::dwtest(exact = TRUE)`.
 * @param qr of the design, of n rows; n − rank at least 3 and n at most `mostExactRows`
 */
export function durbinWatsonP(statistic: number, qr: QrDecomposition): number {
  const eigenvalues = residualEigenvalues(qr);
  const shifted = eigenvalues.map((value) => value - statistic);
  if (shifted.every((value) => value >= 0)) return 0;
  if (shifted.every((value) => value <= 0)) return 1;
  const lower = tailBelowZero(shifted);
  return lower > 0.5 ? 1 - tailBelowZero(shifted.map((value) => -value)) : lower;
}

/** Eigenvalues of the differences' matrix on the space of residuals: Q₂ᵀ·A·Q₂. */
function residualEigenvalues(qr: QrDecomposition): Float64Array {
  const n = qr.rows;
  const free = n - qr.rank;
  const inner = matrixOf(free, free);
  for (let j = 0; j < free; j += 1) {
    const basis = new Float64Array(n);
    basis[qr.rank + j] = 1;
    applyQ(qr, basis);
    const image = Float64Array.from(basis, (value, i) => {
      const before = i > 0 ? (basis[i - 1] as number) : value;
      const after = i < n - 1 ? (basis[i + 1] as number) : value;
      return 2 * value - before - after;
    });
    inner.data.set(applyQTransposed(qr, image).subarray(qr.rank), j * free);
  }
  return symmetricEigen(inner).values;
}

/** P(Σ λᵢzᵢ² < 0) for independent standard normal z; accurate where it is at most about ½. */
function tailBelowZero(weights: Float64Array): number {
  const least = Math.min(...weights);
  const slope = (s: number): number =>
    weights.reduce((total, weight) => total + weight / (1 - 2 * s * weight), 0) - 1 / s;
  // Below 0 and above the pole 1/(2λ_min), the integrand's size has one minimum: the saddle point.
  let low = 1 / (2 * least);
  let high = 0;
  for (let halving = 0; halving < 200 && high - low > 1e-13 * Math.abs(low); halving += 1) {
    const middle = (low + high) / 2;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  const at = (low + high) / 2;
  let curvature = 1 / (at * at);
  for (const weight of weights) curvature += 2 * (weight / (1 - 2 * at * weight)) ** 2;
  // The rule's error falls as exp(−2πd/h), d the distance to the nearest singularity: 0 or the pole.
  const width = 0.15 * Math.min(2 / Math.sqrt(curvature), -at, at - 1 / (2 * least));
  return (trapezoids(weights, at, width) * width) / Math.PI;
}

/** Σ Re[exp K(c + iy) / −(c + iy)] over y = 0 (half), h, 2h …; K = −½ Σ log(1 − 2λs). */
function trapezoids(weights: Float64Array, c: number, h: number): number {
  const greatest = sizeAndAngle(weights, c, 0).size;
  let total = 0;
  for (let step = 0; step < 2_000_000; step += 1) {
    const y = step * h;
    const { size, angle } = sizeAndAngle(weights, c, y);
    const modulus = Math.exp(size);
    total += (step === 0 ? 0.5 : 1) * modulus * Math.cos(angle);
    if (size < greatest - 30) break;
  }
  return total;
}

function sizeAndAngle(weights: Float64Array, c: number, y: number): { readonly size: number; readonly angle: number } {
  let size = -0.5 * Math.log(c * c + y * y);
  let angle = Math.atan2(y, -c);
  for (const weight of weights) {
    const real = 1 - 2 * c * weight;
    const imaginary = -2 * y * weight;
    size -= 0.25 * Math.log(real * real + imaginary * imaginary);
    angle -= 0.5 * Math.atan2(imaginary, real);
  }
  return { size, angle };
}
