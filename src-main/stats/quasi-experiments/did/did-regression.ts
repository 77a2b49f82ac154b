import { ExpectedError } from '#shared/domain/result.ts';
import { chiSquaredUpperTail } from '../../distributions/chi-squared.ts';
import { fUpperTail } from '../../distributions/f.ts';
import { cholesky, solveCholesky } from '../../linear-algebra/cholesky.ts';
import { columnOf, type Matrix, matrixOf, quadraticForm, scale } from '../../linear-algebra/matrix.ts';
import { leastSquares } from '../../regression/least-squares.ts';
import { clusteredCovariance, type HeteroscedasticType, heteroscedasticCovariance } from '../../regression/sandwich.ts';

export type DidErrors =
  | { readonly kind: 'plain' }
  | { readonly kind: 'heteroscedastic'; readonly type: HeteroscedasticType }
  | { readonly kind: 'clustered'; readonly clusters: Int32Array; readonly count: number };

export type DidRegression = {
  readonly coefficients: Float64Array;
  readonly estimable: readonly number[];
  /** Of the estimable columns. */
  readonly covariance: Matrix;
  readonly df: number;
  /** Parameters p that the correction counts. */
  readonly parameters: number;
  readonly rSquared: number;
};

/**
 * Least squares with the errors of a difference-in-differences: White's HC0–HC3 with t(n − p), or CR1 = G/(G − 1)·(n − 1)/(n − p)
 * with t(G − 1) (Cameron and Miller 2015, Journal of Human Resources 50:317, §II.B).
 * @param absorbed parameters beside the columns of x that p counts: effects already taken out of x and y
 */
export function didRegression(x: Matrix, y: Float64Array, errors: DidErrors, absorbed = 0): DidRegression {
  const n = y.length;
  const fit = leastSquares(x, y);
  const parameters = fit.rank + absorbed;
  if (n <= parameters) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `The model has ${parameters} parameters for ${n} rows, so nothing is left to judge errors by.`,
      'Nothing was computed. Use more data or fewer terms.',
    );
  }
  let total = 0;
  const centre = y.reduce((sum, value) => sum + value, 0) / n;
  for (const value of y) total += (value - centre) ** 2;
  if (fit.residualSumOfSquares <= 1e-24 * total || total === 0) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      total === 0
        ? 'The outcome does not vary.'
        : 'The model fits the outcome exactly, so there is no error to judge it by.',
      'Nothing was computed. Look at whether the right columns were chosen.',
    );
  }
  const kept = keptColumns(x, fit.estimable);
  const input = {
    x: kept,
    bread: fit.unscaledCovariance,
    weights: new Float64Array(n).fill(1),
    residuals: fit.residuals,
    n,
  };
  const rSquared = 1 - fit.residualSumOfSquares / total;
  const common = { coefficients: fit.coefficients, estimable: fit.estimable, parameters, rSquared };
  if (errors.kind === 'clustered') {
    const correction = (n - fit.rank) / (n - parameters);
    const covariance = scale(clusteredCovariance(input, errors.clusters, errors.count), correction);
    forgetRounding(covariance, fit.unscaledCovariance, fit.residualSumOfSquares / (n - parameters));
    return {
      ...common,
      covariance,
      df: errors.count - 1,
    };
  }
  const robust = errors.kind === 'plain' ? null : heteroscedasticCovariance(input, errors.type);
  if (errors.kind === 'heteroscedastic' && robust === null) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `${errors.type} errors do not exist here: some row is fitted exactly.`,
      'Nothing was computed. Use HC1, or leave out the term that has only one row.',
    );
  }
  return {
    ...common,
    covariance: robust ?? scale(fit.unscaledCovariance, fit.residualSumOfSquares / (n - parameters)),
    df: n - parameters,
  };
}

/** With few clusters a coefficient may be the same in each, and its variance rounding: it is NaN then. */
function forgetRounding(covariance: Matrix, unscaled: Matrix, variance: number): void {
  for (let j = 0; j < covariance.rows; j += 1) {
    const place = j * covariance.rows + j;
    const plain = variance * (unscaled.data[place] as number);
    if (!((covariance.data[place] as number) > 1e-20 * plain)) covariance.data[place] = Number.NaN;
  }
}

function keptColumns(x: Matrix, estimable: readonly number[]): Matrix {
  if (estimable.length === x.columns) return x;
  const result = matrixOf(x.rows, estimable.length);
  estimable.forEach((column, place) => {
    columnOf(result, place).set(columnOf(x, column));
  });
  return result;
}

/** A combination Σ cⱼbⱼ of coefficients with its standard error; NaN where one of them is not estimable. */
export function combination(
  fit: Pick<DidRegression, 'coefficients' | 'estimable' | 'covariance'>,
  contrast: ReadonlyMap<number, number>,
): { readonly estimate: number; readonly se: number } {
  const weights = Float64Array.from(fit.estimable, (column) => contrast.get(column) ?? 0);
  let estimate = 0;
  for (const [column, weight] of contrast) estimate += weight * (fit.coefficients[column] as number);
  return { estimate, se: Math.sqrt(quadraticForm(weights, fit.covariance)) };
}

/**
 * Wald test that some estimates are all 0: F(q, df) of W/q where df is given, else χ²(q) of W. Null where their covariance has no
 * inverse, as with no more clusters than estimates.
 */
export function jointTest(
  estimates: Float64Array,
  covariance: Matrix,
  df: number | null,
): { readonly statistic: number; readonly df: number | readonly number[]; readonly p: number } | null {
  const q = estimates.length;
  if (q === 0) return null;
  const roots = Float64Array.from({ length: q }, (_none, i) => Math.sqrt(covariance.data[i * q + i] as number));
  const correlation = matrixOf(
    q,
    q,
    covariance.data.map(
      (value, index) => value / ((roots[index % q] as number) * (roots[Math.floor(index / q)] as number)),
    ),
  );
  const factor = cholesky(correlation);
  if (!factor || smallestPivot(factor) < 1e-6) return null;
  const scaled = estimates.map((value, i) => value / (roots[i] as number));
  const solved = solveCholesky(factor, scaled);
  const wald = scaled.reduce((sum, value, i) => sum + value * (solved[i] as number), 0);
  return df === null
    ? { statistic: wald, df: q, p: chiSquaredUpperTail(wald, q) }
    : { statistic: wald / q, df: [q, df], p: fUpperTail(wald / q, q, df) };
}

function smallestPivot(lower: Matrix): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < lower.rows; i += 1) least = Math.min(least, lower.data[i * lower.rows + i] as number);
  return least;
}
