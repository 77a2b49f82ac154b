import { normalQuantile, twoSidedNormal } from '../distributions/normal.ts';
import { at, type Matrix } from '../linear-algebra/matrix.ts';
import { columnTotals, grandTotal, rowTotals } from './cross-table.ts';

export type Kappa = {
  readonly estimate: number;
  /** Large-sample error of the estimate, and its limits; null where the raters cannot agree by chance less than always. */
  readonly se: number;
  readonly low: number;
  readonly high: number;
  /** Error under the null hypothesis of chance agreement, and the test with it. */
  readonly seNull: number;
  readonly statistic: number;
  readonly p: number;
  readonly observed: number;
  readonly expected: number;
};

export type KappaWeights = 'none' | 'linear' | 'quadratic';

/**
 * Cohen's kappa (1960, Educational and Psychological Measurement 20:37), or weighted (1968, Psychological Bulletin 70:213) by
 * 1 − |i − j|/(k − 1) or its square, with the errors of Fleiss, Cohen and Everitt (1969, Psychological Bulletin 72:323, eq. 8 and
 * 13); as `vcd::Kappa`. Null where chance agreement is certain.
 * @param counts two raters' levels in the same order
 */
export function cohensKappa(counts: Matrix, weights: KappaWeights, confidence: number): Kappa | null {
  const k = counts.rows;
  const n = grandTotal(counts);
  const rows = rowTotals(counts).map((total) => total / n);
  const columns = columnTotals(counts).map((total) => total / n);
  const weight = (i: number, j: number): number => {
    if (weights === 'none') return i === j ? 1 : 0;
    const gap = Math.abs(i - j) / (k - 1);
    return 1 - (weights === 'linear' ? gap : gap * gap);
  };
  const levels = Array.from({ length: k }, (_none, i) => i);
  const overColumns = levels.map((i) => levels.reduce((sum, j) => sum + weight(i, j) * (columns[j] as number), 0));
  const overRows = levels.map((j) => levels.reduce((sum, i) => sum + weight(i, j) * (rows[i] as number), 0));
  let observed = 0;
  for (const i of levels) for (const j of levels) observed += (weight(i, j) * at(counts, i, j)) / n;
  const expected = levels.reduce((sum, i) => sum + (rows[i] as number) * (overColumns[i] as number), 0);
  const room = 1 - expected;
  if (!(room > 1e-14)) return null;
  const estimate = (observed - expected) / room;
  let spread = 0;
  let spreadNull = 0;
  for (const i of levels) {
    for (const j of levels) {
      const mean = (overColumns[i] as number) + (overRows[j] as number);
      spread += (at(counts, i, j) / n) * (weight(i, j) - mean * (1 - estimate)) ** 2;
      spreadNull += (rows[i] as number) * (columns[j] as number) * (weight(i, j) - mean) ** 2;
    }
  }
  const error = (total: number): number => Math.sqrt(Math.max(0, total) / n) / room;
  const se = error(spread - (estimate - expected * (1 - estimate)) ** 2);
  const seNull = error(spreadNull - expected * expected);
  const width = normalQuantile(1 - (1 - confidence) / 2) * se;
  const statistic = estimate / seNull;
  return {
    ...{ estimate, se, low: estimate - width, high: estimate + width, seNull, statistic },
    ...{ p: twoSidedNormal(statistic), observed, expected },
  };
}
