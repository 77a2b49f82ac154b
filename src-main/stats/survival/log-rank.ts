import { chiSquaredUpperTail } from '../distributions/chi-squared.ts';
import { cholesky, solveLower } from '../linear-algebra/cholesky.ts';
import { type Matrix, matrixOf, subMatrix } from '../linear-algebra/matrix.ts';
import { sortedOrder } from '../numeric/ranks.ts';
import { type Grouping, rowsByGroup } from './grouping.ts';
import type { FollowUp } from './near-times.ts';

export type LogRank = {
  /** Weighted events of each group, and what they would be if all groups shared one hazard. */
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  readonly variance: Matrix;
  /** NaN where no group beside another was ever at risk together. */
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
};

/**
 * The log-rank test and its G-rho family (Harrington and Fleming 1982, Biometrika 69:553): events are weighted by S(t−)^rho of
 * the pooled Kaplan–Meier curve of their stratum, with the hypergeometric variance. Those who enter late count from after their
 * entry. Equals `survival::survdiff` (which takes no late entries).
 * @param rho 0 the log-rank test, 1 the Peto–Peto modification of Wilcoxon's
 */
export function logRank(
  follow: FollowUp,
  status: Float64Array,
  groups: Grouping,
  strata: Grouping,
  rho: number,
): LogRank {
  const k = groups.names.length;
  const observed = new Float64Array(k);
  const expected = new Float64Array(k);
  const variance = matrixOf(k, k);
  for (const rows of rowsByGroup(strata)) {
    addStratum(follow, status, groups.codes, rows, rho, { observed, expected, variance });
  }
  const counted = Array.from(expected.keys()).filter((group) => (expected[group] as number) > 0);
  const used = counted.slice(1);
  const df = counted.length - 1;
  if (df < 1) return { observed, expected, variance, statistic: Number.NaN, df: Math.max(df, 0), p: Number.NaN };
  const lower = cholesky(subMatrix(variance, used, used));
  const difference = used.map((group) => (observed[group] as number) - (expected[group] as number));
  const statistic = lower
    ? solveLower(lower, difference).reduce((total, value) => total + value * value, 0)
    : Number.NaN;
  return { observed, expected, variance, statistic, df, p: chiSquaredUpperTail(statistic, df) };
}

type Totals = { readonly observed: Float64Array; readonly expected: Float64Array; readonly variance: Matrix };

function addStratum(
  { time, entry }: FollowUp,
  status: Float64Array,
  codes: Int32Array,
  rows: Int32Array,
  rho: number,
  into: Totals,
): void {
  const byEnd = sortedOrder(Float64Array.from(rows, (row) => time[row] as number)).map((i) => rows[i] as number);
  const byEntry = entry
    ? sortedOrder(Float64Array.from(rows, (row) => entry[row] as number)).map((i) => rows[i] as number)
    : null;
  const k = into.observed.length;
  const atRisk = new Float64Array(k);
  if (!byEntry) for (const row of rows) atRisk[codes[row] as number] = (atRisk[codes[row] as number] as number) + 1;
  let entered = 0;
  let alive = 1;
  for (let start = 0; start < byEnd.length; ) {
    const now = time[byEnd[start] as number] as number;
    if (byEntry && entry) {
      for (; entered < byEntry.length; entered += 1) {
        const row = byEntry[entered] as number;
        if ((entry[row] as number) >= now) break;
        atRisk[codes[row] as number] = (atRisk[codes[row] as number] as number) + 1;
      }
    }
    const deaths = new Float64Array(k);
    let end = start;
    let events = 0;
    for (; end < byEnd.length && time[byEnd[end] as number] === now; end += 1) {
      const row = byEnd[end] as number;
      if (status[row] !== 1) continue;
      deaths[codes[row] as number] = (deaths[codes[row] as number] as number) + 1;
      events += 1;
    }
    if (events > 0) alive = addTime(atRisk, deaths, events, alive, rho, into);
    for (; start < end; start += 1) {
      const code = codes[byEnd[start] as number] as number;
      atRisk[code] = (atRisk[code] as number) - 1;
    }
  }
}

/** Adds one time's events; gives S just after it. */
function addTime(
  atRisk: Float64Array,
  deaths: Float64Array,
  events: number,
  alive: number,
  rho: number,
  { observed, expected, variance }: Totals,
): number {
  const k = atRisk.length;
  let n = 0;
  for (const count of atRisk) n += count;
  const weight = rho === 0 ? 1 : alive ** rho;
  const spread = n > 1 ? (weight * weight * events * (n - events)) / (n - 1) : 0;
  for (let g = 0; g < k; g += 1) {
    const share = (atRisk[g] as number) / n;
    observed[g] = (observed[g] as number) + weight * (deaths[g] as number);
    expected[g] = (expected[g] as number) + weight * events * share;
    if (share === 0 || spread === 0) continue;
    for (let h = 0; h < k; h += 1) {
      const place = h * k + g;
      const other = (atRisk[h] as number) / n;
      variance.data[place] = (variance.data[place] as number) + spread * share * ((g === h ? 1 : 0) - other);
    }
  }
  return (alive * (n - events)) / n;
}
