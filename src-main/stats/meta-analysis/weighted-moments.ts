import { ExpectedError } from '#shared/domain/result.ts';
import { cholesky, inverseFromCholesky, logDeterminant, solveCholesky } from '../linear-algebra/cholesky.ts';
import { columnOf, type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { applyQ, qrDecompose, solveUpper } from '../linear-algebra/qr.ts';

/**
 * Studies' effects y with sampling variances v and moderators. `basis` is an orthonormal basis of the moderators' columns
 * (k × p): everything but the coefficients is the same in any basis, and in this one no digits are lost to a moderator far
 * from 0, such as a year.
 */
export type EffectModel = {
  readonly y: Float64Array;
  readonly v: Float64Array;
  readonly basis: Matrix;
  /** Coefficients and covariance of the basis turned into those of the moderators: R⁻¹, p × p. */
  readonly back: Matrix;
  /** Columns of the design that have a coefficient, rising. */
  readonly estimable: readonly number[];
  /** The mean alone. */
  readonly meanOnly: boolean;
};

export function meanModel(y: Float64Array, v: Float64Array): EffectModel {
  const k = y.length;
  const basis = matrixOf(k, 1, new Float64Array(k).fill(1 / Math.sqrt(k)));
  return { y, v, basis, back: matrixOf(1, 1, Float64Array.of(1 / Math.sqrt(k))), estimable: [0], meanOnly: true };
}

/** @param design k × columns; columns that add nothing to those before them are left out. */
export function regressionModel(y: Float64Array, v: Float64Array, design: Matrix): EffectModel {
  return { y, v, ...orthonormalBasis(design), meanOnly: false };
}

/** Q and R⁻¹ of the design's independent columns. */
export function orthonormalBasis(design: Matrix): Pick<EffectModel, 'basis' | 'back' | 'estimable'> {
  const qr = qrDecompose(design);
  const p = qr.rank;
  const basis = matrixOf(design.rows, p);
  const back = matrixOf(p, p);
  for (let j = 0; j < p; j += 1) {
    const column = columnOf(basis, j);
    column[j] = 1;
    applyQ(qr, column);
    const unit = new Float64Array(p);
    unit[j] = 1;
    back.data.set(solveUpper(qr, unit), j * p);
  }
  return { basis, back, estimable: Array.from(qr.pivot.subarray(0, p)) };
}

/**
 * What the estimators ask of weighted least squares at weights w: P = W − WQ(QᵀWQ)⁻¹QᵀW, r = y − Qb.
 */
export type Moments = {
  readonly weights: Float64Array;
  /** Of the basis. */
  readonly coefficients: Float64Array;
  /** (QᵀWQ)⁻¹. */
  readonly covariance: Matrix;
  readonly residuals: Float64Array;
  /** yᵀPy = Σ w·r². */
  readonly q: number;
  /** yᵀPPy = Σ (w·r)². */
  readonly qq: number;
  readonly traceP: number;
  readonly tracePP: number;
  readonly sumOfWeights: number;
  readonly sumOfSquaredWeights: number;
  /** log |QᵀWQ|. */
  readonly logInformation: number;
};

/** @param tau2 added to every sampling variance before weighting by its inverse */
export function momentsAt(model: EffectModel, tau2: number): Moments {
  const { v } = model;
  const weights = new Float64Array(v.length);
  for (let i = 0; i < weights.length; i += 1) weights[i] = 1 / ((v[i] as number) + tau2);
  return momentsWith(model, weights);
}

export function momentsWith(model: EffectModel, weights: Float64Array): Moments {
  return model.meanOnly ? momentsOfMean(model, weights) : momentsOfRegression(model, weights);
}

function momentsOfMean({ y }: EffectModel, weights: Float64Array): Moments {
  const k = y.length;
  let total = 0;
  let squares = 0;
  let cubes = 0;
  let product = 0;
  for (let i = 0; i < k; i += 1) {
    const w = weights[i] as number;
    const square = w * w;
    total += w;
    squares += square;
    cubes += square * w;
    product += w * (y[i] as number);
  }
  const centre = product / total;
  const residuals = new Float64Array(k);
  let slip = 0;
  for (let i = 0; i < k; i += 1) slip += (weights[i] as number) * ((y[i] as number) - centre);
  const mean = centre + slip / total;
  let q = 0;
  let qq = 0;
  for (let i = 0; i < k; i += 1) {
    const r = (y[i] as number) - mean;
    residuals[i] = r;
    const wr = (weights[i] as number) * r;
    q += wr * r;
    qq += wr * wr;
  }
  const root = Math.sqrt(k);
  const ratio = squares / total;
  return {
    weights,
    coefficients: Float64Array.of(mean * root),
    covariance: matrixOf(1, 1, Float64Array.of(k / total)),
    residuals,
    q,
    qq,
    traceP: total - ratio,
    tracePP: squares - (2 * cubes) / total + ratio * ratio,
    sumOfWeights: total,
    sumOfSquaredWeights: squares,
    logInformation: Math.log(total / k),
  };
}

function momentsOfRegression({ y, basis }: EffectModel, weights: Float64Array): Moments {
  const k = y.length;
  const p = basis.columns;
  const factor = cholesky(weightedProduct(basis, (i) => weights[i] as number));
  if (!factor) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      'With these weights the moderators cannot be told apart: a few studies outweigh all others.',
      'Nothing was computed. Use fewer moderators, or look at the smallest variances.',
    );
  }
  const covariance = inverseFromCholesky(factor);
  const coefficients = new Float64Array(p);
  const residuals = Float64Array.from(y);
  for (let round = 0; round < 2; round += 1) {
    const right = new Float64Array(p);
    for (let j = 0; j < p; j += 1) {
      const column = columnOf(basis, j);
      let value = 0;
      for (let i = 0; i < k; i += 1) value += (column[i] as number) * (weights[i] as number) * (residuals[i] as number);
      right[j] = value;
    }
    const change = solveCholesky(factor, right);
    for (let j = 0; j < p; j += 1) {
      const step = change[j] as number;
      coefficients[j] = (coefficients[j] as number) + step;
      const column = columnOf(basis, j);
      for (let i = 0; i < k; i += 1) residuals[i] = (residuals[i] as number) - step * (column[i] as number);
    }
  }
  const one = (): number => 1;
  let q = 0;
  let qq = 0;
  let total = 0;
  let squares = 0;
  for (let i = 0; i < k; i += 1) {
    const w = weights[i] as number;
    const wr = w * (residuals[i] as number);
    q += wr * (residuals[i] as number);
    qq += wr * wr;
    total += w;
    squares += w * w;
  }
  return {
    weights,
    coefficients,
    covariance,
    residuals,
    q,
    qq,
    traceP:
      total -
      productTrace(
        covariance,
        weightedProduct(basis, (i) => (weights[i] as number) ** 2),
      ),
    tracePP: traceOfProducts(basis, weights, covariance, one, one),
    sumOfWeights: total,
    sumOfSquaredWeights: squares,
    logInformation: logDeterminant(factor),
  };
}

/** Qᵀ·diag(f)·Q. */
export function weightedProduct(basis: Matrix, f: (study: number) => number): Matrix {
  const { rows, columns } = basis;
  const result = matrixOf(columns, columns);
  const scaled = new Float64Array(rows);
  for (let j = 0; j < columns; j += 1) {
    const right = columnOf(basis, j);
    for (let i = 0; i < rows; i += 1) scaled[i] = f(i) * (right[i] as number);
    for (let l = 0; l <= j; l += 1) {
      const left = columnOf(basis, l);
      let total = 0;
      for (let i = 0; i < rows; i += 1) total += (left[i] as number) * (scaled[i] as number);
      result.data[j * columns + l] = total;
      result.data[l * columns + j] = total;
    }
  }
  return result;
}

/** Tr(AB) of symmetric matrices. */
function productTrace(a: Matrix, b: Matrix): number {
  let total = 0;
  for (let index = 0; index < a.data.length; index += 1) total += (a.data[index] as number) * (b.data[index] as number);
  return total;
}

/** Tr(P·U·P·Z) for diagonal U and Z without the k × k matrix P. */
export function traceOfProducts(
  basis: Matrix,
  weights: Float64Array,
  covariance: Matrix,
  u: (study: number) => number,
  z: (study: number) => number,
): number {
  const p = basis.columns;
  const w = (i: number): number => weights[i] as number;
  let first = 0;
  for (let i = 0; i < basis.rows; i += 1) first += w(i) ** 2 * u(i) * z(i);
  const middle = productTrace(
    covariance,
    weightedProduct(basis, (i) => w(i) ** 3 * u(i) * z(i)),
  );
  const left = times(
    covariance,
    weightedProduct(basis, (i) => w(i) ** 2 * u(i)),
    p,
  );
  const right = times(
    covariance,
    weightedProduct(basis, (i) => w(i) ** 2 * z(i)),
    p,
  );
  let last = 0;
  for (let i = 0; i < p; i += 1) {
    for (let j = 0; j < p; j += 1) last += (left[j * p + i] as number) * (right[i * p + j] as number);
  }
  return first - 2 * middle + last;
}

function times(a: Matrix, b: Matrix, p: number): Float64Array {
  const result = new Float64Array(p * p);
  for (let j = 0; j < p; j += 1) {
    for (let i = 0; i < p; i += 1) {
      let total = 0;
      for (let l = 0; l < p; l += 1) total += (a.data[l * p + i] as number) * (b.data[j * p + l] as number);
      result[j * p + i] = total;
    }
  }
  return result;
}

/** Tr(P·U) for P at these weights. */
export function traceWith(
  basis: Matrix,
  weights: Float64Array,
  covariance: Matrix,
  u: (study: number) => number,
): number {
  let total = 0;
  for (let i = 0; i < basis.rows; i += 1) total += (weights[i] as number) * u(i);
  return (
    total -
    productTrace(
      covariance,
      weightedProduct(basis, (i) => (weights[i] as number) ** 2 * u(i)),
    )
  );
}
