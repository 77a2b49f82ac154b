import { chiSquaredUpperTail } from '../distributions/chi-squared.ts';
import { solveGeneral } from '../linear-algebra/general-inverse.ts';
import { at, type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import type { ChiSquared } from './chi-squared-tests.ts';
import { columnTotals, grandTotal, rowTotals } from './cross-table.ts';

/**
 * Generalised Cochran–Mantel–Haenszel test of association between unordered rows and columns over strata (Landis, Heyman and Koch
 * 1978, International Statistical Review 46:237, eq. 2.5); as R's `mantelhaen.test` for more than two levels. Null where the
 * strata cannot tell.
 * @param strata tables of the same levels, each of at least two
 */
export function generalisedCmh(strata: readonly Matrix[]): ChiSquared | null {
  const first = strata[0];
  if (!first) return null;
  const r = first.rows - 1;
  const c = first.columns - 1;
  const difference = matrixOf(r * c, 1);
  const covariance = matrixOf(r * c, r * c);
  for (const counts of strata) addStratum(counts, r, c, difference, covariance);
  const solved = solveGeneral(covariance, difference);
  if (!solved) return null;
  const statistic = difference.data.reduce((sum, value, k) => sum + value * (solved.data[k] as number), 0);
  if (!Number.isFinite(statistic)) return null;
  return { statistic, df: r * c, p: chiSquaredUpperTail(statistic, r * c) };
}

/** Multiple hypergeometric means and covariances of all but the last row and column. */
function addStratum(counts: Matrix, r: number, c: number, difference: Matrix, covariance: Matrix): void {
  const n = grandTotal(counts);
  const rows = rowTotals(counts).map((total) => total / n);
  const columns = columnTotals(counts).map((total) => total / n);
  const factor = (n * n) / (n - 1);
  const spread = (shares: Float64Array, i: number, j: number): number =>
    (i === j ? (shares[i] as number) : 0) - (shares[i] as number) * (shares[j] as number);
  for (let j = 0; j < c; j += 1) {
    for (let i = 0; i < r; i += 1) {
      const place = j * r + i;
      const mean = n * (rows[i] as number) * (columns[j] as number);
      difference.data[place] = (difference.data[place] as number) + at(counts, i, j) - mean;
      for (let l = 0; l < c; l += 1) {
        for (let k = 0; k < r; k += 1) {
          const cell = (l * r + k) * r * c + place;
          covariance.data[cell] =
            (covariance.data[cell] as number) + factor * spread(rows, i, k) * spread(columns, j, l);
        }
      }
    }
  }
}
