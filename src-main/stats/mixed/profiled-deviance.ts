import {
  cholesky,
  inverseFromCholesky,
  logDeterminant,
  solveLower,
  solveLowerTransposed,
} from '../linear-algebra/cholesky.ts';
import { type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import type { DevianceState } from './deviance-state.ts';
import { multiplyFactors, multiplyTransposed, penalisedMatrix, subtractProduct } from './factor-products.ts';
import type { FactorBlock, MixedProducts } from './mixed-products.ts';
import { factorsOf, type ThetaLayout, thetaPart } from './relative-covariance.ts';
import {
  selectedInverse,
  sparseBackward,
  sparseFactor,
  sparseForward,
  sparseLogDeterminant,
} from './sparse-cholesky.ts';
import { traceGradient } from './trace-gradient.ts';

/** Derivatives by theta. */
export type DevianceSlope = {
  readonly state: DevianceState;
  readonly logDeterminant: Float64Array;
  readonly squares: Float64Array;
  /** ZᵀV⁻¹X·σ², column after column. */
  readonly fixedThroughV: Float64Array;
  /** ΛᵀZᵀV⁻¹X·σ². */
  readonly whitenedThroughV: Float64Array;
  /** Elements of (ΛᵀZᵀZΛ + I)⁻¹ in the order of L. */
  readonly inverse: Float64Array;
};

/**
 * The linear mixed model y = Xβ + ZΛu + ε with u ~ N(0, σ²I), ε ~ N(0, σ²I), through its products (Bates, Mächler, Bolker and Walker
 * 2015, J Stat Softw 67(1), eqs 20–41). One evaluation costs as the sparse factor of the random effects, whatever the rows.
 * @returns null where theta makes the factor indefinite within rounding
 */
export function devianceState(
  products: MixedProducts,
  layout: ThetaLayout,
  theta: ArrayLike<number>,
  reml: boolean,
): DevianceState | null {
  const { size, fixed, shape } = products;
  const factors = factorsOf(layout, theta);
  const lower = new Float64Array(shape.rows.length);
  if (!sparseFactor(shape, penalisedMatrix(products, factors), lower, new Float64Array(size))) return null;
  const whitened = new Float64Array(size * (fixed + 1));
  for (let j = 0; j <= fixed; j += 1) {
    const column = whitened.subarray(j * size, (j + 1) * size);
    multiplyTransposed(products.factors, factors, products.withFixed.subarray(j * size, (j + 1) * size), column);
    sparseForward(shape, lower, column);
  }
  const response = whitened.slice(fixed * size);
  const fixedLower = cholesky(fixedMatrix(whitened, size, fixed));
  if (!fixedLower) return null;
  const half = solveLower(
    fixedLower,
    Float64Array.from({ length: fixed }, (_none, j) => -dot(whitened, j * size, response)),
  );
  const coefficients = solveLowerTransposed(fixedLower, half);
  const squares = products.residualSquares - dot(response, 0, response) - dot(half, 0, half);
  if (!(squares > 0)) return null;
  const spherical = response;
  for (let j = 0; j < fixed; j += 1) {
    const factor = coefficients[j] as number;
    for (let i = 0; i < size; i += 1)
      spherical[i] = (spherical[i] as number) - factor * (whitened[j * size + i] as number);
  }
  sparseBackward(shape, lower, spherical);
  return {
    factors,
    lower,
    whitened,
    fixedLower,
    coefficients,
    spherical,
    squares,
    logDeterminant: sparseLogDeterminant(shape, lower) + (reml ? logDeterminant(fixedLower) : 0),
  };
}

function dot(a: Float64Array, from: number, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < b.length; i += 1) total += (a[from + i] as number) * (b[i] as number);
  return total;
}

/** I − RᵀR with R = L⁻¹ΛᵀZᵀX. */
function fixedMatrix(whitened: Float64Array, size: number, fixed: number): Matrix {
  const result = matrixOf(fixed, fixed);
  for (let j = 0; j < fixed; j += 1) {
    const right = whitened.subarray(j * size, (j + 1) * size);
    for (let i = 0; i <= j; i += 1) {
      const value = (i === j ? 1 : 0) - dot(whitened, i * size, right);
      result.data[j * fixed + i] = value;
      result.data[i * fixed + j] = value;
    }
  }
  return result;
}

/**
 * First derivatives, from tr(H⁻¹∂H), (XᵀH⁻¹X)⁻¹XᵀH⁻¹∂HH⁻¹X and rᵀ∂Hr with H = I + ZΛΛᵀZᵀ (Harville 1977, JASA 72:320): the trace
 * needs only the elements of the inverse where ZᵀZ has elements.
 */
export function devianceSlope(
  products: MixedProducts,
  layout: ThetaLayout,
  state: DevianceState,
  reml: boolean,
): DevianceSlope {
  const { size, fixed, shape, factors: blocks } = products;
  const inverse = selectedInverse(shape, state.lower);
  const whitenedThroughV = state.whitened.slice(0, fixed * size);
  const fixedThroughV = products.withFixed.slice(0, fixed * size);
  const scratch = new Float64Array(size);
  for (let j = 0; j < fixed; j += 1) {
    const column = whitenedThroughV.subarray(j * size, (j + 1) * size);
    sparseBackward(shape, state.lower, column);
    multiplyFactors(blocks, state.factors, column, scratch);
    subtractProduct(products, scratch, fixedThroughV.subarray(j * size, (j + 1) * size));
  }
  const residual = products.withFixed.slice(fixed * size);
  for (let j = 0; j < fixed; j += 1) {
    const factor = state.coefficients[j] as number;
    for (let i = 0; i < size; i += 1) {
      residual[i] = (residual[i] as number) - factor * (products.withFixed[j * size + i] as number);
    }
  }
  multiplyFactors(blocks, state.factors, state.spherical, scratch);
  subtractProduct(products, scratch, residual);
  const forTrace = traceGradient(products, state, inverse);
  const forSquares = blocks.map(({ width }) => matrixOf(width, width));
  addOuter(blocks, residual, state.spherical, -2, forSquares);
  if (reml) {
    const covariance = inverseFromCholesky(state.fixedLower).data;
    for (let j = 0; j < fixed; j += 1) {
      scratch.fill(0);
      for (let k = 0; k < fixed; k += 1) {
        const factor = covariance[j * fixed + k] as number;
        for (let i = 0; i < size; i += 1)
          scratch[i] = (scratch[i] as number) + factor * (whitenedThroughV[k * size + i] as number);
      }
      addOuter(blocks, fixedThroughV.subarray(j * size, (j + 1) * size), scratch, -2, forTrace);
    }
  }
  return {
    state,
    logDeterminant: thetaPart(layout, forTrace),
    squares: thetaPart(layout, forSquares),
    fixedThroughV,
    whitenedThroughV,
    inverse,
  };
}

/** Adds factor·Σ over groups of left·rightᵀ. */
function addOuter(
  blocks: readonly FactorBlock[],
  left: Float64Array,
  right: Float64Array,
  factor: number,
  out: readonly Matrix[],
): void {
  blocks.forEach(({ count, width, offset }, f) => {
    const { data } = out[f] as Matrix;
    for (let b = 0; b < width; b += 1) {
      for (let a = 0; a < width; a += 1) {
        let total = 0;
        for (let group = 0; group < count; group += 1) {
          const from = offset + group * width;
          total += (left[from + a] as number) * (right[from + b] as number);
        }
        data[b * width + a] = (data[b * width + a] as number) + factor * total;
      }
    }
  });
}
