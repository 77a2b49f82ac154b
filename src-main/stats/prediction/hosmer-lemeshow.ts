import { chiSquaredUpperTail } from '../distributions/chi-squared.ts';
import { quantileOfSorted } from '../numeric/quantile.ts';

export type RiskGroup = {
  /** Probabilities above `low` (in the first group also at it) up to `high`. */
  readonly low: number;
  readonly high: number;
  readonly n: number;
  readonly observed: number;
  readonly expected: number;
};

export type HosmerLemeshow = {
  readonly statistic: number;
  readonly df: number;
  /** NaN where the groups leave no degree of freedom. */
  readonly p: number;
  readonly groups: readonly RiskGroup[];
};

/**
 * Hosmer and Lemeshow's test (1980, Communications in Statistics A9:1043): groups between quantiles of type 7, closed on the right, quantiles
 * that coincide joined; Σ (O − E)²/(E(1 − E/n)), with two fewer degrees of freedom than groups, or as many where the model was
 * not fitted to these data. As `cut(p, quantile(p, 0:10 / 10), include.lowest = TRUE)` in R.
 * @param sorted probabilities in rising order, with the events (0 or 1) in the same order
 */
export function hosmerLemeshow(
  sorted: Float64Array,
  events: Uint8Array,
  count: number,
  external: boolean,
): HosmerLemeshow {
  const limits = Float64Array.from({ length: count + 1 }, (_none, k) => quantileOfSorted(sorted, k / count));
  const distinct = limits.filter((limit, k) => k === 0 || limit > (limits[k - 1] as number));
  const groups: RiskGroup[] = [];
  let row = 0;
  const last = Math.max(1, distinct.length - 1);
  for (let k = 1; k <= last; k += 1) {
    const high = distinct[Math.min(k, distinct.length - 1)] as number;
    const start = row;
    let [observed, expected] = [0, 0];
    while (row < sorted.length && (k === last || (sorted[row] as number) <= high)) {
      observed += events[row] as number;
      expected += sorted[row] as number;
      row += 1;
    }
    if (row > start) groups.push({ low: distinct[k - 1] as number, high, n: row - start, observed, expected });
  }
  let statistic = 0;
  for (const { n, observed, expected } of groups) {
    const gap = observed - expected;
    if (gap !== 0) statistic += (gap * gap) / (expected * (1 - expected / n));
  }
  const df = external ? groups.length : groups.length - 2;
  return { statistic, df, p: df > 0 ? chiSquaredUpperTail(statistic, df) : Number.NaN, groups };
}
