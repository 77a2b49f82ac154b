import { normalQuantile } from '../distributions/normal.ts';
import { walshPairs } from './pair-order-statistics.ts';
import {
  endsOfInterval,
  exactSignedRankFits,
  signedRankDistribution,
  signedSumDistribution,
  twoSidedExact,
} from './rank-distributions.ts';
import { signedRankStatistic, tieSum, tiesOfSorted } from './rank-sum-statistic.ts';
import { doubledRanks } from './rank-sum-test.ts';
import {
  exactBelow,
  exactLimits,
  normalLimits,
  normalStatistics,
  type RankLimits,
  type RankMethod,
  type RankOptions,
  type RankTest,
} from './rank-test.ts';

/**
 * Wilcoxon's signed-rank test that values (or differences of pairs) lie symmetrically about `mu` (Hollander, Wolfe and Chicken
 * 2014, §3.1–3.3), with the Hodges–Lehmann pseudomedian, the exact median of the Walsh averages, and its limits. Values equal to
 * `mu` are dropped from all of it, as R's `wilcox.test(x, mu = mu, conf.int = TRUE)` did before version 4.6, which drops them
 * from the test alone. Null where nothing is left.
 */
export function signedRankTest(values: Float64Array, options: RankOptions): RankTest | null {
  const kept = values.filter((value) => value !== options.mu);
  const moved = kept.map((value) => value - options.mu);
  const n = kept.length;
  if (n === 0) return null;
  const zeros = values.length - n;
  const { statistic, ties } = signedRankStatistic(moved);
  const variance = varianceOf(n, tieSum(ties));
  const { pCorrected, ...normal } = normalStatistics(statistic, (n * (n + 1)) / 4, variance);
  const method = methodOf(n, ties.length > 0 || zeros > 0, options.exact);
  const sorted = Float64Array.from(kept).sort();
  const pairs = walshPairs(sorted);
  let p = pCorrected;
  let limits: RankLimits;
  if (method === 'normal') {
    const { confidence, achieved } = attainable(sorted, options.confidence);
    const within = varianceOf(sorted.length, tieSum(tiesOfSorted(sorted)));
    limits = { ...normalLimits(pairs, within, confidence), confidenceAchieved: achieved };
  } else {
    const untied = signedRankDistribution(n);
    p = method === 'exact' ? twoSidedExact(untied, statistic) : tiedP(moved, statistic);
    const { k, beyond } = endsOfInterval(untied, (1 - options.confidence) / 2);
    limits = exactLimits(pairs, k, beyond, options.confidence);
  }
  return { statistic, p, method, ...normal, variance, ...limits, ties: ties.length, zeros };
}

function varianceOf(n: number, tied: number): number {
  return (n * (n + 1) * (2 * n + 1)) / 24 - tied / 48;
}

function methodOf(n: number, tied: boolean, exact: boolean | null): RankMethod {
  const wanted = exact ?? (n < exactBelow && !tied);
  if (!wanted || !exactSignedRankFits(n)) return 'normal';
  return tied ? 'exact given the ties' : 'exact';
}

function tiedP(moved: Float64Array, statistic: number): number {
  const scores = doubledRanks(moved.map(Math.abs).sort());
  return twoSidedExact(signedSumDistribution(scores), Math.round(2 * statistic));
}

/**
 * A small sample cannot be moved far enough to reach the quantile: R doubles the share outside until it can, and says so where
 * that changes the confidence.
 * @param sorted rising
 */
function attainable(
  sorted: Float64Array,
  wanted: number,
): { readonly confidence: number; readonly achieved: number | null } {
  const furthest = Math.min(
    statisticAtEnd(sorted, sorted[0] as number),
    statisticAtEnd(sorted, sorted.at(-1) as number),
  );
  let outside = 1 - wanted;
  while (outside < 1 && furthest < normalQuantile(1 - outside / 2)) outside *= 2;
  if (outside === 1 - wanted) return { confidence: wanted, achieved: null };
  const confidence = Math.max(0, 1 - outside);
  return { confidence, achieved: confidence };
}

/** Size of the corrected statistic when the sample is moved by its least or largest value: all others have one sign. */
function statisticAtEnd(sorted: Float64Array, end: number): number {
  const rest = sorted.filter((value) => value !== end);
  const n = rest.length;
  const sd = Math.sqrt(varianceOf(n, tieSum(tiesOfSorted(rest))));
  return n === 0 ? 0 : ((n * (n + 1)) / 4 - 0.5) / sd;
}
