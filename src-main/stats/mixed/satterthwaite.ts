import { inverseFromCholesky } from '../linear-algebra/cholesky.ts';
import { columnOf, type Matrix, matrixOf, quadraticForm, scale } from '../linear-algebra/matrix.ts';
import { symmetricEigen } from '../linear-algebra/symmetric-eigen.ts';
import type { LmmFit } from './fit-lmm.ts';
import { symmetrised } from './minimise.ts';
import { covarianceOf } from './orthogonal-design.ts';
import { devianceSlope, devianceState } from './profiled-deviance.ts';

/** Eigenvalues below this carry no information on the variance parameters, as in lmerTest. */
const leastInformation = 1e-8;

export type Satterthwaite = {
  /** Of each coefficient. */
  readonly degrees: Float64Array;
  /** Directions of the variance parameters about which the data say nothing. */
  readonly uninformed: number;
};

/**
 * Satterthwaite's degrees of freedom of each coefficient: 2·v² / (gᵀ·A·g), where v is its variance, g the derivatives of v by
 * (theta, sigma), and A the inverse of half the Hessian of the deviance in them, sigma not profiled out (Kuznetsova, Brockhoff and
 * Christensen 2017, J Stat Softw 82(13), §2; `lmerTest`).
 */
export function satterthwaite(fit: LmmFit): Satterthwaite {
  const { information, uninformed } = parameterCovariance(varianceHessian(fit));
  const slopes = covarianceSlopes(fit);
  const p = fit.coefficients.length;
  const degrees = new Float64Array(p);
  for (let j = 0; j < p; j += 1) {
    const variance = fit.covariance.data[j * p + j] as number;
    const gradient = slopes.map((slope) => slope.data[j * p + j] as number);
    degrees[j] = (2 * variance * variance) / quadraticForm(gradient, information);
  }
  return { degrees, uninformed };
}

/** 2·H⁻¹ over the directions with information. */
function parameterCovariance(hessian: Matrix): { readonly information: Matrix; readonly uninformed: number } {
  const n = hessian.rows;
  const { values, vectors } = symmetricEigen(hessian);
  const result = matrixOf(n, n);
  let uninformed = 0;
  for (let k = 0; k < n; k += 1) {
    const value = values[k] as number;
    if (!(value > leastInformation)) {
      uninformed += 1;
      continue;
    }
    const vector = columnOf(vectors, k);
    for (let j = 0; j < n; j += 1) {
      for (let i = 0; i < n; i += 1) {
        result.data[j * n + i] =
          (result.data[j * n + i] as number) + (2 * (vector[i] as number) * (vector[j] as number)) / value;
      }
    }
  }
  return { information: result, uninformed };
}

/** The Hessian of the deviance by (theta, sigma): sigma's part in closed form, theta's by fourth-order differences of the gradient. */
function varianceHessian(fit: LmmFit): Matrix {
  const { theta, residualVariance, slope, state } = fit;
  const k = theta.length;
  const sigma = Math.sqrt(residualVariance);
  const degrees = state.squares / residualVariance;
  const thetaPart = thetaHessian(fit);
  const result = matrixOf(k + 1, k + 1);
  for (let j = 0; j < k; j += 1) {
    for (let i = 0; i < k; i += 1) result.data[j * (k + 1) + i] = thetaPart.data[j * k + i] as number;
    const cross = (-2 * (slope.squares[j] as number)) / (sigma * residualVariance);
    result.data[j * (k + 1) + k] = cross;
    result.data[k * (k + 1) + j] = cross;
  }
  result.data[k * (k + 1) + k] = (-2 * degrees + 6 * degrees) / residualVariance;
  return result;
}

function thetaHessian(fit: LmmFit): Matrix {
  const { theta, products, layout, reml, residualVariance } = fit;
  const k = theta.length;
  const gradient = (at: Float64Array): Float64Array | null => {
    const state = devianceState(products, layout, at, reml);
    if (!state) return null;
    const slope = devianceSlope(products, layout, state, reml);
    return slope.logDeterminant.map((value, i) => value + (slope.squares[i] as number) / residualVariance);
  };
  const result = matrixOf(k, k);
  for (let j = 0; j < k; j += 1) {
    const along = (length: number): Float64Array | null =>
      gradient(theta.map((value, i) => (i === j ? value + length : value)));
    const column = differences(along, stepFor(along, j, theta[j] as number));
    result.data.set(column ?? new Float64Array(k).fill(Number.NaN), j * k);
  }
  return symmetrised(result);
}

/** A fiftieth of the parameter's standard error: far above rounding, far below where the curvature changes. */
function stepFor(along: (length: number) => Float64Array | null, place: number, at: number): number {
  const h = 1e-4 * Math.max(0.1, Math.abs(at));
  const curvature = (((along(h)?.[place] ?? 0) as number) - (along(-h)?.[place] ?? 0)) / (2 * h);
  const usual = 1e-3 * Math.max(0.1, Math.abs(at));
  return curvature > 0 ? Math.min(0.02 * Math.sqrt(2 / curvature), 20 * usual) : usual;
}

/** f′(0) by central differences of fourth order. */
function differences(f: (x: number) => Float64Array | null, h: number): Float64Array | null {
  const [up, down, up2, down2] = [f(h), f(-h), f(2 * h), f(-2 * h)];
  if (!up || !down || !up2 || !down2) return null;
  return up.map(
    (value, i) => (8 * (value - (down[i] as number)) - ((up2[i] as number) - (down2[i] as number))) / (12 * h),
  );
}

/** Derivatives of the coefficients' covariance by each element of theta, then by sigma. */
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
  result.push(scale(covariance, 2 / Math.sqrt(residualVariance)));
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
