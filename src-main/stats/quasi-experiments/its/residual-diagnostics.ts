import { chiSquaredUpperTail } from '../../distributions/chi-squared.ts';
import { columnOf, type Matrix, matrixOf } from '../../linear-algebra/matrix.ts';
import { mean } from '../../numeric/sums.ts';
import { leastSquares } from '../../regression/least-squares.ts';

/** Autocorrelations at lags 1 to `lags` about the mean, as R's `acf`. */
export function autocorrelations(values: Float64Array, lags: number): number[] {
  const centre = mean(values);
  const centred = values.map((value) => value - centre);
  let squares = 0;
  for (const value of centred) squares += value * value;
  return Array.from({ length: lags }, (_none, index) => {
    let products = 0;
    for (let i = index + 1; i < centred.length; i += 1)
      products += (centred[i] as number) * (centred[i - index - 1] as number);
    return products / squares;
  });
}

/** Partial autocorrelations from autocorrelations, by Durbin and Levinson's recursion. */
export function partialAutocorrelations(correlations: readonly number[]): number[] {
  const partial: number[] = [];
  let previous: number[] = [];
  for (let lag = 1; lag <= correlations.length; lag += 1) {
    let above = correlations[lag - 1] as number;
    let below = 1;
    for (let j = 1; j < lag; j += 1) {
      above -= (previous[j - 1] as number) * (correlations[lag - j - 1] as number);
      below -= (previous[j - 1] as number) * (correlations[j - 1] as number);
    }
    const last = above / below;
    previous = [...previous.map((value, j) => value - last * (previous[lag - 2 - j] as number)), last];
    partial.push(last);
  }
  return partial;
}

/** Ljung and Box (1978, Biometrika 65:297, eq. 3): no autocorrelation up to the last lag given. R's `Box.test`. */
export function ljungBox(
  correlations: readonly number[],
  n: number,
): { readonly statistic: number; readonly df: number; readonly p: number } {
  const df = correlations.length;
  const statistic = n * (n + 2) * correlations.reduce((total, r, index) => total + (r * r) / (n - index - 1), 0);
  return { statistic, df, p: chiSquaredUpperTail(statistic, df) };
}

/**
 * Breusch (1978) and Godfrey (1978, Econometrica 46:1303): n·R² of the residuals on the design and their own lags, missing
 * lags 0. R's `lmtest::bgtest(order)`.
 */
export function breuschGodfrey(
  x: Matrix,
  residuals: Float64Array,
  order: number,
): { readonly statistic: number; readonly df: number; readonly p: number } {
  const n = x.rows;
  const extended = matrixOf(n, x.columns + order);
  extended.data.set(x.data);
  for (let lag = 1; lag <= order; lag += 1) {
    const column = columnOf(extended, x.columns + lag - 1);
    for (let i = lag; i < n; i += 1) column[i] = residuals[i - lag] as number;
  }
  const fit = leastSquares(extended, residuals);
  let explained = 0;
  let total = 0;
  for (let i = 0; i < n; i += 1) {
    explained += (fit.fitted[i] as number) ** 2;
    total += (residuals[i] as number) ** 2;
  }
  const statistic = (n * explained) / total;
  return { statistic, df: order, p: chiSquaredUpperTail(statistic, order) };
}

/**
 * Breusch and Pagan (1979, Econometrica 47:1287) as Koenker (1981) studentised it: n·R² of squared residuals on the design,
 * which has an intercept. R's `lmtest::bptest`.
 */
export function breuschPagan(
  x: Matrix,
  residuals: Float64Array,
): { readonly statistic: number; readonly df: number; readonly p: number } {
  const squares = residuals.map((value) => value * value);
  const centre = mean(squares);
  const fit = leastSquares(x, squares);
  let explained = 0;
  let total = 0;
  for (let i = 0; i < squares.length; i += 1) {
    explained += ((fit.fitted[i] as number) - centre) ** 2;
    total += ((squares[i] as number) - centre) ** 2;
  }
  const statistic = (squares.length * explained) / total;
  const df = fit.rank - 1;
  return { statistic, df, p: chiSquaredUpperTail(statistic, df) };
}
