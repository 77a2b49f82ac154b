import { chiSquaredUpperTail } from '../distributions/chi-squared.ts';
import { at, type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { columnTotals, grandTotal, rowTotals } from './cross-table.ts';

export type ChiSquared = { readonly statistic: number; readonly df: number; readonly p: number };

/** Counts expected if rows and columns were independent. */
export function expectedCounts(counts: Matrix): Matrix {
  const rows = rowTotals(counts);
  const columns = columnTotals(counts);
  const n = grandTotal(counts);
  const expected = matrixOf(counts.rows, counts.columns);
  columns.forEach((column, j) => {
    rows.forEach((row, i) => {
      expected.data[j * counts.rows + i] = (row / n) * column;
    });
  });
  return expected;
}

function withP(statistic: number, df: number): ChiSquared {
  return { statistic, df, p: chiSquaredUpperTail(statistic, df) };
}

function degrees(counts: Matrix): number {
  return (counts.rows - 1) * (counts.columns - 1);
}

/**
 * Pearson's test of independence (1900, Philosophical Magazine 50:157); as R's `chisq.test(x, correct = FALSE)`. No row or column
 * of the table empty. With `yates`, each difference is taken half nearer to 0 (Yates 1934, JRSS Supplement 1:217), as R does for 2 × 2.
 */
export function pearsonChiSquared(counts: Matrix, expected: Matrix, yates = false): ChiSquared {
  const gap = (index: number): number => Math.abs((counts.data[index] as number) - (expected.data[index] as number));
  const half = yates ? counts.data.reduce((least, _count, index) => Math.min(least, gap(index)), 0.5) : 0;
  const statistic = counts.data.reduce(
    (sum, _count, index) => sum + (gap(index) - half) ** 2 / (expected.data[index] as number),
    0,
  );
  return withP(statistic, degrees(counts));
}

/** Likelihood-ratio test of independence, G (Wilks 1935, Annals of Mathematical Statistics 6:190). */
export function likelihoodRatioTest(counts: Matrix, expected: Matrix): ChiSquared {
  const statistic = counts.data.reduce(
    (sum, count, index) => sum + (count === 0 ? 0 : 2 * count * Math.log(count / (expected.data[index] as number))),
    0,
  );
  return withP(Math.max(0, statistic), degrees(counts));
}

/** Residuals over their standard errors (Haberman 1973, Biometrics 29:205); as `chisq.test(x)$stdres`. */
export function standardisedResiduals(counts: Matrix, expected: Matrix): Matrix {
  const n = grandTotal(counts);
  const rows = rowTotals(counts);
  const columns = columnTotals(counts);
  const residuals = matrixOf(counts.rows, counts.columns);
  columns.forEach((column, j) => {
    rows.forEach((row, i) => {
      const mean = at(expected, i, j);
      const variance = mean * (1 - row / n) * (1 - column / n);
      residuals.data[j * counts.rows + i] = (at(counts, i, j) - mean) / Math.sqrt(variance);
    });
  });
  return residuals;
}

/**
 * Cramér's V (1946, Mathematical Methods of Statistics, §21.9) and its correction for bias (Bergsma 2013, Journal of the Korean
 * Statistical Society 42:323).
 */
export function cramersV(statistic: number, counts: Matrix): { readonly v: number; readonly corrected: number | null } {
  const { rows, columns } = counts;
  const n = grandTotal(counts);
  const phi = statistic / n;
  const v = Math.sqrt(phi / (Math.min(rows, columns) - 1));
  if (n <= 1) return { v, corrected: null };
  const least = Math.max(0, phi - ((rows - 1) * (columns - 1)) / (n - 1));
  const lessRows = rows - (rows - 1) ** 2 / (n - 1);
  const lessColumns = columns - (columns - 1) ** 2 / (n - 1);
  const room = Math.min(lessRows, lessColumns) - 1;
  return { v, corrected: room > 0 ? Math.sqrt(least / room) : null };
}

/**
 * Mantel's test of linear association with whole-number scores 1, 2, 3 … (1963, JASA 58:690): (n − 1)·r²; null where a score does
 * not vary.
 */
export function linearByLinear(counts: Matrix): ChiSquared | null {
  const n = grandTotal(counts);
  const rows = rowTotals(counts);
  const columns = columnTotals(counts);
  const rowMean = rows.reduce((sum, count, i) => sum + count * i, 0) / n;
  const columnMean = columns.reduce((sum, count, j) => sum + count * j, 0) / n;
  const rowSquares = rows.reduce((sum, count, i) => sum + count * (i - rowMean) ** 2, 0);
  const columnSquares = columns.reduce((sum, count, j) => sum + count * (j - columnMean) ** 2, 0);
  let products = 0;
  for (let j = 0; j < counts.columns; j += 1) {
    for (let i = 0; i < counts.rows; i += 1) products += at(counts, i, j) * (i - rowMean) * (j - columnMean);
  }
  if (!(rowSquares > 0 && columnSquares > 0)) return null;
  return withP(((n - 1) * products * products) / (rowSquares * columnSquares), 1);
}

/**
 * Cochran (1954, Biometrics 10:417) and Armitage's (1955, Biometrics 11:375) test of a trend of shares over scored groups; as R's
 * `prop.trend.test(events, totals, score)`. z is positive where the share rises with the score; null where shares or scores do not vary.
 */
export function trendTest(
  events: ArrayLike<number>,
  totals: ArrayLike<number>,
  scores: readonly number[],
): (ChiSquared & { readonly z: number }) | null {
  const all = scores.reduce((sum, _score, g) => sum + (totals[g] as number), 0);
  const hits = scores.reduce((sum, _score, g) => sum + (events[g] as number), 0);
  const share = hits / all;
  const middle = scores.reduce((sum, score, g) => sum + (totals[g] as number) * score, 0) / all;
  let slope = 0;
  let spread = 0;
  scores.forEach((score, g) => {
    slope += ((events[g] as number) - (totals[g] as number) * share) * (score - middle);
    spread += (totals[g] as number) * (score - middle) ** 2;
  });
  const variance = share * (1 - share) * spread;
  if (!(variance > 0)) return null;
  const z = slope / Math.sqrt(variance);
  return { ...withP(z * z, 1), z };
}
