import { inverseFromCholesky } from '../linear-algebra/cholesky.ts';
import { columnOf, type Matrix, matrixOf, quadraticForm, scale } from '../linear-algebra/matrix.ts';
import { centralHessian, inverseWithInformation } from './central-hessian.ts';
import type { LmmFit } from './fit-lmm.ts';
import { symmetrised } from './minimise.ts';
import { covarianceOf } from './orthogonal-design.ts';
import { devianceSlope, devianceState } from './profiled-deviance.ts';

export type Satterthwaite = {
  /** Of each coefficient. */
  readonly degrees: Float64Array;
  /** Directions of the variance parameters about which the data say nothing. */
  readonly uninformed: number;
};

/**
 * Satterthwaite's degrees of freedom of each coefficient: 2·v² / (gᵀ·A·g), where v is its variance, g the derivatives of v by
 * (theta, sigma), and A the inverse of half the Hessian of the deviance in them, sigma not profiled out; by log sigma, which at the minimum is the same (Kuznetsova, Brockhoff and
 * Christensen 2017, J Stat Softw 82(13), §2; `lmerTest`).
 */
export function satterthwaite(fit: LmmFit): Satterthwaite {
  const { inverse, uninformed } = inverseWithInformation(varianceHessian(fit));
  const slopes = covarianceSlopes(fit);
  const p = fit.coefficients.length;
  const degrees = new Float64Array(p);
  for (let j = 0; j < p; j += 1) {
    const variance = fit.covariance.data[j * p + j] as number;
    const gradient = slopes.map((slope) => slope.data[j * p + j] as number);
    degrees[j] = (2 * variance * variance) / (2 * quadraticForm(gradient, inverse));
  }
  return { degrees, uninformed };
}

/** The Hessian of the deviance by (theta, log sigma): sigma's part in closed form, theta's by fourth-order differences of the gradient. */
function varianceHessian(fit: LmmFit): Matrix {
  const { theta, residualVariance, slope, state } = fit;
  const k = theta.length;
  const degrees = state.squares / residualVariance;
  const thetaPart = thetaHessian(fit);
  const result = matrixOf(k + 1, k + 1);
  for (let j = 0; j < k; j += 1) {
    for (let i = 0; i < k; i += 1) result.data[j * (k + 1) + i] = thetaPart.data[j * k + i] as number;
    const cross = (-2 * (slope.squares[j] as number)) / residualVariance;
    result.data[j * (k + 1) + k] = cross;
    result.data[k * (k + 1) + j] = cross;
  }
  result.data[k * (k + 1) + k] = 4 * degrees;
  return result;
}

function thetaHessian({ theta, products, layout, reml, residualVariance }: LmmFit): Matrix {
  return centralHessian((at) => {
    const state = devianceState(products, layout, at, reml);
    if (!state) return null;
    const slope = devianceSlope(products, layout, state, reml);
    return slope.logDeterminant.map((value, i) => value + (slope.squares[i] as number) / residualVariance);
  }, theta);
}

/** Derivatives of the coefficients' covariance by each element of theta, then by log sigma. */
function covarianceSlopes(fit: LmmFit): Matrix[] {
  const { products, layout, slope, residualVariance, design, state, covariance } = fit;
  const { size, fixed } = products;
  const inverse = inverseFromCholesky(state.fixedLower);
  const result: Matrix[] = [];
  for (const { factor, from, width } of layout.terms) {
    const block = products.factors[factor];
    if (!block) continue;
    for (let b = 0; b < width; b += 1) {
      for (let a = b; a < width; a += 1) {
        const inner = matrixOf(fixed, fixed);
        for (let j = 0; j < fixed; j += 1) {
          for (let i = 0; i < fixed; i += 1) {
            let total = 0;
            for (let group = 0; group < block.count; group += 1) {
              const at = block.offset + group * block.width + from;
              total +=
                (slope.fixedThroughV[i * size + at + a] as number) *
                (slope.whitenedThroughV[j * size + at + b] as number);
            }
            inner.data[j * fixed + i] = total;
          }
        }
        const turned = sandwiched(inverse, inner);
        result.push(scale(covarianceOf(design, turned), 2 * residualVariance));
      }
    }
  }
  result.push(scale(covariance, 2));
  return result;
}

/** C·(M + Mᵀ)/2·C. */
function sandwiched(c: Matrix, m: Matrix): Matrix {
  const p = c.rows;
  const middle = symmetrised(m);
  const result = matrixOf(p, p);
  for (let j = 0; j < p; j += 1) {
    for (let i = 0; i < p; i += 1) {
      result.data[j * p + i] = quadraticForm(columnOf(c, i), middle, columnOf(c, j));
    }
  }
  return result;
}
