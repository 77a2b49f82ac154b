import { normalQuantile, twoSidedNormal } from '../distributions/normal.ts';
import { medianOfPairs, orderStatistic, type Pairs } from './pair-order-statistics.ts';

/** How p was found: the exact distribution without ties, that of the ranks given the ties, or the normal approximation. */
export type RankMethod = 'exact' | 'exact given the ties' | 'normal';

export type RankTest = {
  readonly statistic: number;
  /** Two-sided. */
  readonly p: number;
  readonly method: RankMethod;
  /** Standardised by the variance given the ties; null where every value is tied. */
  readonly z: number | null;
  /** Moved by one half towards its mean. */
  readonly zCorrected: number | null;
  /** Normal p of `z`, without the correction. */
  readonly pUncorrected: number | null;
  readonly variance: number;
  /** Hodges–Lehmann: the median of the pairs. */
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Coverage that the limits have where the sample is too small for what was asked. */
  readonly confidenceAchieved: number | null;
  /** Groups of tied values, zeros among the differences. */
  readonly ties: number;
  readonly zeros: number;
};

export type RankOptions = {
  readonly mu: number;
  readonly confidence: number;
  /** Null: exact below 50 values a sample without ties (and zeros). */
  readonly exact: boolean | null;
};

export const exactBelow = 50;

/** Normal statistics of a rank statistic about its mean, with and without the correction for continuity. */
export function normalStatistics(
  statistic: number,
  mean: number,
  variance: number,
): Pick<RankTest, 'z' | 'zCorrected' | 'pUncorrected'> & { readonly pCorrected: number } {
  // Every value tied: nothing speaks against the null hypothesis.
  if (!(variance > 0)) return { z: null, zCorrected: null, pUncorrected: null, pCorrected: 1 };
  const deviation = statistic - mean;
  const sd = Math.sqrt(variance);
  const z = deviation / sd;
  const zCorrected = (deviation - Math.sign(deviation) / 2) / sd;
  return { z, zCorrected, pUncorrected: twoSidedNormal(z), pCorrected: twoSidedNormal(zCorrected) };
}

export type RankLimits = Pick<RankTest, 'estimate' | 'low' | 'high' | 'confidenceAchieved'>;

/** Limits at the kth pair from each end, found from the exact distribution. */
export function exactLimits(pairs: Pairs, k: number, beyond: number, confidence: number): RankLimits {
  const achieved = 1 - 2 * beyond;
  return {
    estimate: medianOfPairs(pairs),
    low: orderStatistic(pairs, k),
    high: orderStatistic(pairs, pairs.count + 1 - k),
    confidenceAchieved: achieved < confidence - 1e-9 ? achieved : null,
  };
}

/**
 * Limits where the corrected normal statistic of the shifted sample crosses its quantile: as that statistic falls by steps at
 * the pairs, the crossing is one of them (Bauer 1972, JASA 67:687). R's `wilcox.test` looks for the same point to four digits.
 * @param variance of the statistic at a shift that makes no ties between the samples
 */
export function normalLimits(
  pairs: Pairs,
  variance: number,
  confidence: number,
): Omit<RankLimits, 'confidenceAchieved'> {
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const needed = Math.ceil(pairs.count / 2 + 0.5 + z * Math.sqrt(variance));
  const k = Math.min(Math.max(1, pairs.count - needed + 1), Math.ceil(pairs.count / 2));
  return {
    estimate: medianOfPairs(pairs),
    low: orderStatistic(pairs, k),
    high: orderStatistic(pairs, pairs.count + 1 - k),
  };
}
