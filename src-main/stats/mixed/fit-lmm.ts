import { inverseFromCholesky } from '../linear-algebra/cholesky.ts';
import { type Matrix, scale } from '../linear-algebra/matrix.ts';
import type { DevianceState } from './deviance-state.ts';
import { minimise, type Smooth } from './minimise.ts';
import { type MixedProducts, mixedProducts } from './mixed-products.ts';
import { coefficientsOf, covarianceOf, type OrthogonalDesign, orthogonalDesign } from './orthogonal-design.ts';
import { type DevianceSlope, devianceSlope, devianceState } from './profiled-deviance.ts';
import type { RandomStructure } from './random-structure.ts';
import { canonicalTheta, ownTriangle, type ThetaLayout, thetaLayout } from './relative-covariance.ts';

/** Why there is no fit: crossed factors too large for memory, no residual variation, or no minimum that can be computed. */
export type LmmFailure = 'too-large' | 'no-residual' | 'no-minimum';

export type LmmFit = {
  readonly design: OrthogonalDesign;
  readonly structure: RandomStructure;
  readonly products: MixedProducts;
  readonly layout: ThetaLayout;
  readonly reml: boolean;
  readonly theta: Float64Array;
  readonly state: DevianceState;
  readonly slope: DevianceSlope;
  /** Of the estimable columns. */
  readonly coefficients: Float64Array;
  readonly covariance: Matrix;
  readonly residualVariance: number;
  /** Covariance of each term's effects. */
  readonly termCovariances: readonly Matrix[];
  /** −2·log-likelihood; under REML the REML criterion. */
  readonly deviance: number;
  readonly parameters: number;
  readonly converged: boolean;
  /** The largest derivative of the deviance by theta, by columns of mean square 1. */
  readonly largestGradient: number;
  /** A variance is zero, or effects are perfectly correlated. */
  readonly singular: boolean;
};

/** lme4 calls a fit singular from a diagonal of theta below 1e-4. */
const singularBelow = 1e-4;

/**
 * A linear mixed model by (restricted) maximum likelihood: y = Xβ + Σ Z_t b_t + ε, b_t ~ N(0, Σ_t) between the groups of its factor,
 * ε ~ N(0, σ²I); the profiled deviance of Bates, Mächler, Bolker and Walker (2015, J Stat Softw 67(1)), minimised to a stationary
 * point. Equals `lme4::lmer` when its optimiser is run to the end.
 * @param x n × p; collinear columns have no coefficient
 * @param y n values, less any offset
 */
export function fitLmm(x: Matrix, y: Float64Array, structure: RandomStructure, reml: boolean): LmmFit | LmmFailure {
  const design = orthogonalDesign(x, y);
  const layout = thetaLayout(structure, x.rows);
  const products = mixedProducts(structure, layout.columns, design);
  if (!products) return 'too-large';
  let total = 0;
  for (const value of y) total += value * value;
  if (!(design.residualSquares > 1e-24 * total) || design.residualSquares === 0) return 'no-residual';
  const degrees = reml ? x.rows - products.fixed : x.rows;
  if (degrees <= 0) return 'no-residual';
  const f: Smooth = (theta) => {
    const state = devianceState(products, layout, theta, reml);
    if (!state) return null;
    const slope = devianceSlope(products, layout, state, reml);
    const gradient = slope.logDeterminant.map(
      (value, i) => value + (degrees * (slope.squares[i] as number)) / state.squares,
    );
    return { value: profiled(state, degrees), gradient };
  };
  const start = new Float64Array(layout.length);
  for (const place of layout.diagonal) start[place] = 1;
  const minimum = minimise(f, start);
  if (!minimum) return 'no-minimum';
  const theta = settled(f, layout, minimum.at, minimum.value);
  const state = devianceState(products, layout, theta, reml);
  if (!state) return 'no-minimum';
  if (!(state.squares > 1e-13 * design.residualSquares)) return 'no-residual';
  const slope = devianceSlope(products, layout, state, reml);
  const residualVariance = state.squares / degrees;
  const own = layout.terms.map((place) => ownTriangle(place, theta));
  return {
    design,
    structure,
    products,
    layout,
    reml,
    theta,
    state,
    slope,
    coefficients: coefficientsOf(design, state.coefficients),
    covariance: scale(covarianceOf(design, inverseFromCholesky(state.fixedLower)), residualVariance),
    residualVariance,
    termCovariances: own.map((triangle) => scaledSquare(triangle, residualVariance)),
    deviance: profiled(state, degrees) + (reml ? design.logDeterminant : 0),
    parameters: products.fixed + layout.length + 1,
    converged: minimum.converged,
    largestGradient: (f(theta)?.gradient ?? minimum.gradient).reduce(
      (most, value) => Math.max(most, Math.abs(value)),
      0,
    ),
    singular: own.some((triangle) => {
      const width = triangle.rows;
      return Array.from({ length: width }, (_none, i) => triangle.data[i * width + i] as number).some(
        (value) => Math.abs(value) < singularBelow,
      );
    }),
  };
}

function profiled(state: DevianceState, degrees: number): number {
  return state.logDeterminant + degrees * (1 + Math.log((2 * Math.PI * state.squares) / degrees));
}

/** Signs put right, and what is zero but for rounding made exactly so where the deviance agrees. */
function settled(f: Smooth, layout: ThetaLayout, theta: Float64Array, value: number): Float64Array {
  const canonical = canonicalTheta(layout, theta);
  const point = f(canonical);
  if (point && point.value <= value + 1e-9 * Math.max(1, Math.abs(value))) return canonical;
  return theta;
}

function scaledSquare(triangle: Matrix, factor: number): Matrix {
  const width = triangle.rows;
  const data = new Float64Array(width * width);
  for (let j = 0; j < width; j += 1) {
    for (let i = j; i < width; i += 1) {
      let total = 0;
      for (let k = 0; k <= j; k += 1)
        total += (triangle.data[k * width + i] as number) * (triangle.data[k * width + j] as number);
      data[j * width + i] = total * factor;
      data[i * width + j] = total * factor;
    }
  }
  return { rows: width, columns: width, data };
}
