import { columnOf, type Matrix, matrixOf, multiplyVector } from '../../linear-algebra/matrix.ts';
import { binomial } from '../../regression/families.ts';
import { fitGlm } from '../../regression/fit-glm.ts';
import { leastSquares } from '../../regression/least-squares.ts';

export type TwoPeriodEffect = {
  readonly effect: number;
  /** One a unit, of mean 0: the estimate less the truth is about their mean. */
  readonly influence: Float64Array;
};

/** Why there is no estimate. */
export type NoEffect = 'overlap' | 'collinear';

/** A propensity above this leaves a unit without comparison. */
const mostPropensity = 0.999;

/**
 * Effect on the treated from two periods of a panel, doubly robust: consistent where either the logistic propensity or the linear
 * model of the untreated change holds (Sant'Anna and Zhao 2020, Journal of Econometrics 219:101, eq. 2.5 with nuisances by maximum
 * likelihood and least squares, influence function of §3.1); R's `DRDID::drdid_panel`.
 * @param x covariates with an intercept, one row a unit; a single column is the intercept alone, and the effect the plain difference
 * of mean changes
 * @param change outcome of the later period less that of the earlier
 * @param treated 1 for treated units, 0 for the comparison; some of each
 */
export function doublyRobustEffect(x: Matrix, change: Float64Array, treated: Uint8Array): TwoPeriodEffect | NoEffect {
  return x.columns === 1 ? differenceOfMeans(change, treated) : withCovariates(x, change, treated);
}

function differenceOfMeans(change: Float64Array, treated: Uint8Array): TwoPeriodEffect {
  const n = change.length;
  const sums = [0, 0];
  const counts = [0, 0];
  for (let i = 0; i < n; i += 1) {
    const arm = treated[i] as number;
    sums[arm] = (sums[arm] as number) + (change[i] as number);
    counts[arm] = (counts[arm] as number) + 1;
  }
  const means = sums.map((sum, arm) => sum / (counts[arm] as number));
  return {
    effect: (means[1] as number) - (means[0] as number),
    influence: change.map((value, i) => {
      const arm = treated[i] as number;
      return ((arm === 1 ? 1 : -1) * n * (value - (means[arm] as number))) / (counts[arm] as number);
    }),
  };
}

function withCovariates(x: Matrix, change: Float64Array, treated: Uint8Array): TwoPeriodEffect | NoEffect {
  const n = change.length;
  const comparison: number[] = [];
  for (let i = 0; i < n; i += 1) if (treated[i] === 0) comparison.push(i);
  const propensity = fitGlm(x, Float64Array.from(treated), binomial);
  if (propensity.rank < x.columns) return 'collinear';
  if (!propensity.converged || propensity.fitted.some((value) => value > mostPropensity)) return 'overlap';
  const controls = rowsOf(x, comparison);
  const regression = leastSquares(
    controls,
    Float64Array.from(comparison, (i) => change[i] as number),
  );
  if (regression.rank < x.columns) return 'collinear';
  const predicted = multiplyVector(x, regression.coefficients);
  const left = change.map((value, i) => value - (predicted[i] as number));
  const weight = propensity.fitted.map((e, i) => (treated[i] === 1 ? 0 : e / (1 - e)));
  const inTreated = Float64Array.from(treated);
  const treatedMean = weightedMean(left, inTreated);
  const comparisonMean = weightedMean(left, weight);
  const influence = new Float64Array(n);
  const shareTreated = total(inTreated) / n;
  const shareComparison = total(weight) / n;
  // How the estimate moves with the coefficients of the outcome regression, and with those of the propensity.
  const byOutcome = new Float64Array(x.columns);
  const byPropensity = new Float64Array(x.columns);
  for (let j = 0; j < x.columns; j += 1) {
    const column = columnOf(x, j);
    for (let i = 0; i < n; i += 1) {
      const value = column[i] as number;
      byOutcome[j] =
        (byOutcome[j] as number) +
        (value * ((weight[i] as number) / shareComparison - (inTreated[i] as number) / shareTreated)) / n;
      byPropensity[j] =
        (byPropensity[j] as number) -
        (value * (weight[i] as number) * ((left[i] as number) - comparisonMean)) / shareComparison / n;
    }
  }
  // A unit's score is multiplied by n times the inverse of the information.
  const outcomeScore = multiplyVector(x, multiplyVector(regression.unscaledCovariance, byOutcome));
  const propensityScore = multiplyVector(x, multiplyVector(propensity.unscaledCovariance, byPropensity));
  for (let i = 0; i < n; i += 1) {
    const e = left[i] as number;
    influence[i] =
      ((inTreated[i] as number) * (e - treatedMean)) / shareTreated -
      ((weight[i] as number) * (e - comparisonMean)) / shareComparison +
      (treated[i] === 0 ? n * (outcomeScore[i] as number) * e : 0) +
      n * (propensityScore[i] as number) * ((treated[i] as number) - (propensity.fitted[i] as number));
  }
  return { effect: treatedMean - comparisonMean, influence };
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += (values[i] as number) * (weights[i] as number);
  return sum / total(weights);
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function rowsOf(x: Matrix, rows: readonly number[]): Matrix {
  const result = matrixOf(rows.length, x.columns);
  for (let j = 0; j < x.columns; j += 1) {
    const from = columnOf(x, j);
    const to = columnOf(result, j);
    rows.forEach((row, i) => {
      to[i] = from[row] as number;
    });
  }
  return result;
}
