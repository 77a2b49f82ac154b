import { columnOf, type Matrix, matrixOf, multiplyVector } from '../linear-algebra/matrix.ts';
import { dot } from '../numeric/sums.ts';
import { leastSquares } from './least-squares.ts';

/** One coefficient as the responses that are missing are taken to be worse or better. */
export type MeanScore = {
  /** At `delta` times the shift: the estimate, and its error by the sandwich of both regressions. */
  readonly at: (delta: number) => { readonly estimate: number; readonly se: number };
  /** Rows with a response less columns, or clusters less one. */
  readonly df: number;
};

/**
 * Linear regression with missing responses that lie `delta`·shift from what those of rows alike are: the mean-score method (White,
 * Carpenter and Horton 2018, Statistica Sinica 28:1985), whose estimate is that of multiple imputation under the same assumption with no
 * end of imputations. Filled in with their fitted values, the missing responses leave the coefficients as they are, so that the estimate
 * moves in a line: the coefficient of the rows with a response, plus delta times that of the shifts over all rows.
 * @param x n × p over all rows, columns independent
 * @param y NaN where missing
 * @param shift of each row; counts where y is missing
 * @param place column whose coefficient is asked
 * @param clusters of rows that depend on each other, from 0; null where every row stands alone
 * @returns null where the rows with a response do not determine it
 */
export function meanScore(
  x: Matrix,
  y: Float64Array,
  shift: Float64Array,
  place: number,
  clusters: Int32Array | null = null,
): MeanScore | null {
  const seen = Int32Array.from(y.keys()).filter((row) => !Number.isNaN(y[row]));
  const complete = matrixOf(seen.length, x.columns);
  for (let j = 0; j < x.columns; j += 1) {
    const from = columnOf(x, j);
    columnOf(complete, j).set(Array.from(seen, (row) => from[row] as number));
  }
  const own = leastSquares(
    complete,
    Float64Array.from(seen, (row) => y[row] as number),
  );
  const moved = Float64Array.from(y, (value, row) => (Number.isNaN(value) ? (shift[row] as number) : 0));
  const other = leastSquares(x, moved);
  const left = seen.length - x.columns;
  const groups = clusters ?? Int32Array.from(y.keys());
  const count = clusters ? Math.max(...clusters) + 1 : 0;
  if (own.rank < x.columns || other.rank < x.columns || left < 1 || count === 1) return null;
  // As HC1, or as CR1 with clusters, where nothing is missing.
  const correction = clusters ? (count / (count - 1)) * ((seen.length - 1) / left) : seen.length / left;
  const ownScores = influences(complete, own.unscaledCovariance, own.residuals, place);
  const otherScores = influences(x, other.unscaledCovariance, other.residuals, place);
  const ownOfRow = new Float64Array(y.length);
  seen.forEach((row, i) => {
    ownOfRow[row] = ownScores[i] as number;
  });
  return {
    at: (delta) => {
      const sums = new Float64Array(y.length);
      for (let i = 0; i < y.length; i += 1) {
        const group = groups[i] as number;
        sums[group] = (sums[group] as number) + (ownOfRow[i] as number) + delta * (otherScores[i] as number);
      }
      return {
        estimate: (own.coefficients[place] as number) + delta * (other.coefficients[place] as number),
        se: Math.sqrt(dot(sums, sums) * correction),
      };
    },
    df: clusters ? count - 1 : left,
  };
}

/** What each row moves a coefficient by. */
function influences(x: Matrix, bread: Matrix, residuals: Float64Array, place: number): Float64Array {
  const weights = multiplyVector(x, columnOf(bread, place));
  return weights.map((weight, i) => weight * (residuals[i] as number));
}
