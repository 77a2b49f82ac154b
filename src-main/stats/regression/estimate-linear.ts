import { accurateDot } from '../numeric/double-double.ts';
import { sum } from '../numeric/sums.ts';
import { columnsOf, type GlmEstimate, type GlmProblem, missingFrom } from './estimate-glm.ts';
import { gaussian } from './families.ts';
import { glmLogLik } from './glm-likelihood.ts';
import { leastSquares } from './least-squares.ts';

export type LinearEstimate = GlmEstimate & {
  /** Σ w(fitted − mean)²; about 0 without an intercept. */
  readonly regressionSumOfSquares: number;
  readonly dfRegression: number;
  /** The residuals are nothing but rounding. */
  readonly exact: boolean;
};

/** Residuals smaller than this share of the response's own size are rounding. */
const roundingShare = 1e-13;

/** The linear model with normal errors, as R's `lm` and `summary.lm`. */
export function estimateLinear(problem: GlmProblem): LinearEstimate {
  const { x, y, weights, offset, intercept } = problem;
  const plain = weights.every((weight) => weight === 1);
  const solved = leastSquares(x, y, { offset, ...(plain ? {} : { weights }) });
  const dfResidual = y.length - solved.rank;
  const fitted = offset ? solved.fitted.map((value, i) => value - (offset[i] as number)) : solved.fitted;
  const target = offset ? y.map((value, i) => value - (offset[i] as number)) : y;
  const size = weightedSquares(target, weights, 0);
  const residual = solved.residualSumOfSquares;
  return {
    coefficients: solved.coefficients,
    aliased: missingFrom(solved.estimable, x.columns),
    used: solved.estimable,
    x: columnsOf(x, solved.estimable),
    bread: solved.unscaledCovariance,
    family: gaussian,
    link: 'identity',
    priorWeights: weights,
    workingWeights: weights,
    workingResiduals: solved.residuals,
    fitted: solved.fitted,
    linearPredictor: solved.fitted,
    rank: solved.rank,
    dispersion: residual / dfResidual,
    df: dfResidual,
    dfResidual,
    deviance: residual,
    nullDeviance: weightedSquares(target, weights, intercept ? weightedMean(target, weights) : 0),
    pearson: residual,
    logLik: glmLogLik({ ...problem, mu: solved.fitted, deviance: residual, theta: null }),
    parameters: solved.rank + 1,
    theta: null,
    thetaSe: null,
    separation: null,
    converged: true,
    boundary: false,
    iterations: 1,
    leastShare: solved.qr.leastShare,
    regressionSumOfSquares: weightedSquares(fitted, weights, intercept ? weightedMean(fitted, weights) : 0),
    dfRegression: solved.rank - (intercept ? 1 : 0),
    exact: residual <= roundingShare ** 2 * size,
  };
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  return sum(values.map((value, i) => value * (weights[i] as number))) / sum(weights);
}

function weightedSquares(values: Float64Array, weights: Float64Array, centre: number): number {
  const deviations = values.map((value) => value - centre);
  return accurateDot(
    deviations,
    deviations.map((value, i) => value * (weights[i] as number)),
  );
}
