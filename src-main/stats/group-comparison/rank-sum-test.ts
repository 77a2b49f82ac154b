import { differencePairs } from './pair-order-statistics.ts';
import {
  chosenSumDistribution,
  endsOfInterval,
  exactRankSumFits,
  type RankDistribution,
  rankSumDistribution,
  twoSidedExact,
} from './rank-distributions.ts';
import { rankSumStatistic, tieSum, tiesOfSorted } from './rank-sum-statistic.ts';
import {
  exactBelow,
  exactLimits,
  normalLimits,
  normalStatistics,
  type RankMethod,
  type RankOptions,
  type RankTest,
} from './rank-test.ts';

/**
 * Wilcoxon's rank-sum test, Mann and Whitney's U (Hollander, Wolfe and Chicken 2014, Nonparametric Statistical Methods, §4.1–4.3):
 * do values of the first sample less `mu` tend to be larger? With the Hodges–Lehmann shift, the exact median of all differences,
 * and its limits. As R's `wilcox.test(x, y, mu = mu, conf.int = TRUE)`. Independent samples, at least one value in each.
 */
export function rankSumTest(x: Float64Array, y: Float64Array, options: RankOptions): RankTest {
  const first = Float64Array.from(x).sort();
  const second = Float64Array.from(y).sort();
  const moved = options.mu === 0 ? first : first.map((value) => value - options.mu);
  const { untied, ...significance } = rankSumSignificance(moved, second, options.exact);
  const pairs = differencePairs(first, second);
  if (untied) {
    const { k, beyond } = endsOfInterval(untied, (1 - options.confidence) / 2);
    return { ...significance, ...exactLimits(pairs, k, beyond, options.confidence), zeros: 0 };
  }
  // A shift that makes no ties between the samples leaves those within them.
  const within = tieSum(tiesOfSorted(first)) + tieSum(tiesOfSorted(second));
  const limits = normalLimits(pairs, varianceOf(first.length, second.length, within), options.confidence);
  return { ...significance, ...limits, confidenceAchieved: null, zeros: 0 };
}

/**
 * The test without the shift.
 * @param first sorted, rising @param second sorted, rising
 * @param exact as in the options of the test
 */
export function rankSumSignificance(
  first: Float64Array,
  second: Float64Array,
  exact: boolean | null,
): Omit<RankTest, 'estimate' | 'low' | 'high' | 'confidenceAchieved' | 'zeros'> & {
  /** Distribution of the statistic without ties; null where p is the normal one. */
  readonly untied: RankDistribution | null;
} {
  const m = first.length;
  const n = second.length;
  const { statistic, ties } = rankSumStatistic(first, second);
  const variance = varianceOf(m, n, tieSum(ties));
  const { pCorrected, ...normal } = normalStatistics(statistic, (m * n) / 2, variance);
  const method = methodOf(m, n, ties.length > 0, exact);
  const untied = method === 'normal' ? null : rankSumDistribution(m, n);
  const p = !untied ? pCorrected : method === 'exact' ? twoSidedExact(untied, statistic) : tiedP(first, second);
  return { statistic, p, method, ...normal, variance, ties: ties.length, untied };
}

function varianceOf(m: number, n: number, tied: number): number {
  const total = m + n;
  return ((m * n) / 12) * (total + 1 - (total > 1 ? tied / (total * (total - 1)) : 0));
}

function methodOf(m: number, n: number, tied: boolean, exact: boolean | null): RankMethod {
  const wanted = exact ?? (m < exactBelow && n < exactBelow && !tied);
  if (!wanted || !exactRankSumFits(m, n)) return 'normal';
  return tied ? 'exact given the ties' : 'exact';
}

/** Two-sided p from all choices of the first sample among the doubled mid-ranks. */
function tiedP(first: Float64Array, second: Float64Array): number {
  const all = Float64Array.from([...first, ...second]).sort();
  const scores = doubledRanks(all);
  const { statistic } = rankSumStatistic(first, second);
  const sum = Math.round(2 * statistic) + first.length * (first.length + 1);
  return twoSidedExact(chosenSumDistribution(scores, first.length), sum);
}

/** Twice the mid-rank of each value: whole numbers. @param sorted rising */
export function doubledRanks(sorted: Float64Array): Int32Array {
  const ranks = new Int32Array(sorted.length);
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end += 1;
    ranks.fill(start + end + 1, start, end);
    start = end;
  }
  return ranks;
}
