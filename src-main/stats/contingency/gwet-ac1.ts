import { tQuantile } from '../distributions/student-t.ts';
import { at, type Matrix } from '../linear-algebra/matrix.ts';
import { columnTotals, grandTotal, rowTotals } from './cross-table.ts';

export type AgreementCoefficient = {
  readonly estimate: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
};

/**
 * Gwet's AC1 of two raters (2008, British Journal of Mathematical and Statistical Psychology 61:29), which takes chance agreement
 * from how mixed the levels are, so that it does not fall where nearly everything is of one level. Error over subjects with n − 1 and
 * limits by t, the upper one at most 1 (Gwet, Handbook of Inter-Rater Reliability, 4th edition, 2014, section 5.3), as `irrCAC`.
 * Null with fewer than two subjects.
 * @param counts two raters' levels in the same order
 */
export function gwetAc1(counts: Matrix, confidence: number): AgreementCoefficient | null {
  const levels = counts.rows;
  const n = grandTotal(counts);
  if (n < 2 || levels < 2) return null;
  const columns = columnTotals(counts);
  const share = rowTotals(counts).map((total, level) => (total + (columns[level] as number)) / (2 * n));
  const expected = share.reduce((sum, p) => sum + p * (1 - p), 0) / (levels - 1);
  let observed = 0;
  for (let level = 0; level < levels; level += 1) observed += at(counts, level, level) / n;
  const room = 1 - expected;
  const estimate = (observed - expected) / room;
  let spread = 0;
  for (let first = 0; first < levels; first += 1) {
    for (let second = 0; second < levels; second += 1) {
      const own = ((first === second ? 1 : 0) - expected) / room;
      const ownExpected = (1 - (share[first] as number) + 1 - (share[second] as number)) / (2 * (levels - 1));
      const influence = own - (2 * (1 - estimate) * (ownExpected - expected)) / room;
      spread += at(counts, first, second) * (influence - estimate) ** 2;
    }
  }
  const se = Math.sqrt(spread / (n * (n - 1)));
  const width = tQuantile(1 - (1 - confidence) / 2, n - 1) * se;
  return { estimate, se, low: Math.max(-1, estimate - width), high: Math.min(1, estimate + width) };
}
