import {
  addMatrices,
  columnOf,
  type Matrix,
  matrixOf,
  multiply,
  quadraticForm,
  scale,
  transpose,
} from '../linear-algebra/matrix.ts';
import { solveUpper } from '../linear-algebra/qr.ts';
import { adjustedCovariance, kenwardRogerDegrees, traceOfProduct } from './adjusted-covariance.ts';
import { centralHessian, inverseWithInformation } from './central-hessian.ts';
import type { MmrmFit } from './fit-mmrm.ts';
import { covarianceOf } from './orthogonal-design.ts';
import { covarianceDerivatives } from './visit-covariance.ts';
import { among, varianceSlope, visitSlope, visitState } from './visit-likelihood.ts';
import { addWeighted } from './visit-patterns.ts';

/** Row j of R⁻¹: a coefficient as a combination of those of the orthonormal basis. */
function combination(fit: MmrmFit, j: number): Float64Array {
  const p = fit.coefficients.length;
  return Float64Array.from({ length: p }, (_none, k) => {
    const unit = new Float64Array(p);
    unit[k] = 1;
    return solveUpper(fit.design.qr, unit)[j] as number;
  });
}

/**
 * Satterthwaite's degrees of freedom of each coefficient: 2·v² / (gᵀ·A·g) with v its variance, g the derivatives of v by the covariance
 * parameters and A the inverse of half the Hessian of the deviance; as `mmrm::mmrm(method = "Satterthwaite")`.
 */
export function mmrmSatterthwaite(fit: MmrmFit): { readonly degrees: Float64Array; readonly uninformed: number } {
  const { data, structure, parameters, reml, state } = fit;
  const hessian = centralHessian((at) => {
    const there = visitState(data, structure.matrix(at), reml);
    return there && structure.chain(at, visitSlope(data, there, reml));
  }, parameters);
  const { inverse, uninformed } = inverseWithInformation(hessian);
  const degrees = fit.coefficients.map((_coefficient, j) => {
    const p = fit.coefficients.length;
    const variance = fit.covariance.data[j * p + j] as number;
    const slope = structure.chain(parameters, varianceSlope(data, state, combination(fit, j)));
    return (2 * variance * variance) / (2 * quadraticForm(slope, inverse));
  });
  return { degrees, uninformed };
}

/**
 * Kenward and Roger's adjusted covariance and degrees of freedom (1997, Biometrics 53:983) with the expected information: V is linear in
 * the variances and covariances of the unstructured and compound-symmetric model; for the autoregressive one, by σ² and ρ, the second
 * derivatives are taken too.
 */
export function mmrmKenwardRoger(fit: MmrmFit): { readonly covariance: Matrix; readonly degrees: Float64Array } {
  const { data, state } = fit;
  const { first, second } = covarianceDerivatives(fit.name, fit.visitCovariance);
  const count = first.length;
  const empty = (): Matrix => matrixOf(data.width, data.width);
  const p = first.map(empty);
  const q = first.map(() => first.map(empty));
  const r = first.map(() => first.map(empty));
  const k = matrixOf(count, count);
  data.patterns.forEach((pattern, index) => {
    const inverse = state.inverses[index] as Matrix;
    const turned = first.map((matrix) => multiply(inverse, among(matrix, pattern.visits)));
    const through = turned.map((matrix) => multiply(matrix, inverse));
    for (let i = 0; i < count; i += 1) {
      addWeighted(pattern, scale(through[i] as Matrix, -1), p[i] as Matrix);
      for (let j = 0; j <= i; j += 1) {
        const product = multiply(turned[i] as Matrix, through[j] as Matrix);
        addWeighted(pattern, scale(addMatrices(product, transpose(product)), 0.5), q[i]?.[j] as Matrix);
        const curve = second?.[i]?.[j];
        if (curve) {
          const weight = multiply(multiply(inverse, among(curve, pattern.visits)), inverse);
          addWeighted(pattern, weight, r[i]?.[j] as Matrix);
        }
        const trace = pattern.subjects * traceOfProduct(turned[i] as Matrix, turned[j] as Matrix);
        k.data[j * count + i] = (k.data[j * count + i] as number) + trace;
        if (i !== j) k.data[i * count + j] = (k.data[i * count + j] as number) + trace;
      }
    }
  });
  const fixed = fit.coefficients.length;
  const derivatives = {
    p: p.map((matrix) => leading(matrix, fixed)),
    q: bothWays(q, fixed),
    r: second ? bothWays(r, fixed) : null,
    k,
  };
  const { covariance, parameterCovariance } = adjustedCovariance(state.covariance, derivatives);
  const degrees = fit.coefficients.map((_coefficient, j) =>
    kenwardRogerDegrees(state.covariance, derivatives, parameterCovariance, combination(fit, j)),
  );
  return { covariance: covarianceOf(fit.design, covariance), degrees };
}

/** What stands for (i, j) stands for (j, i). */
function bothWays(lower: readonly (readonly Matrix[])[], fixed: number): Matrix[][] {
  return lower.map((row, i) =>
    row.map((_matrix, j) => leading(lower[Math.max(i, j)]?.[Math.min(i, j)] as Matrix, fixed)),
  );
}

/** Without the response. */
function leading(a: Matrix, size: number): Matrix {
  const result = matrixOf(size, size);
  for (let j = 0; j < size; j += 1) result.data.set(columnOf(a, j).subarray(0, size), j * size);
  return result;
}
