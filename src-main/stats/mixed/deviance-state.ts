import type { Matrix } from '../linear-algebra/matrix.ts';

/** The penalised least-squares solution at one theta. */
export type DevianceState = {
  readonly factors: readonly Matrix[];
  /** L of ΛᵀZᵀZΛ + I, in the order of the products' shape. */
  readonly lower: Float64Array;
  /** L⁻¹ΛᵀZᵀX, column after column. */
  readonly whitened: Float64Array;
  /** Cholesky factor of XᵀV⁻¹X·σ². */
  readonly fixedLower: Matrix;
  /** Of the orthonormal basis. */
  readonly coefficients: Float64Array;
  /** Spherical random effects. */
  readonly spherical: Float64Array;
  /** Penalised residual sum of squares. */
  readonly squares: number;
  /** log |ΛᵀZᵀZΛ + I|, and under REML log |XᵀV⁻¹X·σ²|. */
  readonly logDeterminant: number;
};
