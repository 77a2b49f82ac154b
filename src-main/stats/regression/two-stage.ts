import { columnOf, type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { leastSquares } from './least-squares.ts';
import { heteroscedasticCovariance } from './sandwich.ts';

export type TwoStage = {
  /** One a column of x. */
  readonly coefficients: Float64Array;
  readonly covariance: Matrix;
  /** n − p. */
  readonly df: number;
};

/**
 * Two-stage least squares with as many instruments as predictors, errors HC1 (White 1982, Econometrica 50:483); as `AER::ivreg` with
 * `sandwich::vcovHC(type = "HC1")`.
 * @param x n × p, predictors
 * @param instruments n × p: the predictors that are their own instruments, and others in place of the rest
 * @returns null where the instruments do not move the predictors apart
 */
export function twoStageLeastSquares(x: Matrix, instruments: Matrix, y: Float64Array): TwoStage | null {
  const projected = matrixOf(x.rows, x.columns);
  for (let j = 0; j < x.columns; j += 1) {
    columnOf(projected, j).set(leastSquares(instruments, Float64Array.from(columnOf(x, j))).fitted);
  }
  const fit = leastSquares(projected, y);
  if (fit.rank < x.columns) return null;
  const residuals = Float64Array.from(y);
  for (let j = 0; j < x.columns; j += 1) {
    const column = columnOf(x, j);
    const slope = fit.coefficients[j] as number;
    for (let i = 0; i < y.length; i += 1) residuals[i] = (residuals[i] as number) - slope * (column[i] as number);
  }
  const covariance = heteroscedasticCovariance(
    {
      x: projected,
      bread: fit.unscaledCovariance,
      weights: new Float64Array(y.length).fill(1),
      residuals,
      n: y.length,
    },
    'HC1',
  );
  return covariance && { coefficients: fit.coefficients, covariance, df: y.length - x.columns };
}
