import { tQuantile, twoSidedT } from '../distributions/student-t.ts';
import type { SampleSummary } from './sample-summary.ts';

export type TTest = {
  /** The mean, or the difference of the means. */
  readonly estimate: number;
  readonly se: number;
  /** (estimate − mu)/se. */
  readonly statistic: number;
  readonly df: number;
  /** Two-sided. */
  readonly p: number;
  readonly low: number;
  readonly high: number;
};

/**
 * Student's test of one mean against `mu` (Student 1908, Biometrika 6:1), on differences where pairs are compared; as R's
 * `t.test(x, mu = mu)`. Independent values from a normal distribution; at least two, not all equal.
 */
export function oneSampleT(sample: SampleSummary, mu: number, confidence: number): TTest {
  return tTest(sample.mean, sample.sd / Math.sqrt(sample.n), sample.n - 1, mu, confidence);
}

/**
 * Difference of two independent means, first minus second, with one variance (Student) or two (Welch 1947, Biometrika 34:28,
 * eq. 26 for the degrees of freedom); as R's `t.test(x, y, mu = mu, var.equal = …)`. Welch needs two values in each sample, one
 * variance three in all; not all equal.
 */
export function twoSampleT(
  first: SampleSummary,
  second: SampleSummary,
  options: { readonly mu: number; readonly equalVariance: boolean; readonly confidence: number },
): TTest {
  const estimate = first.mean - second.mean;
  if (options.equalVariance) {
    const se = pooledSd(first, second) * Math.sqrt(1 / first.n + 1 / second.n);
    return tTest(estimate, se, first.n + second.n - 2, options.mu, options.confidence);
  }
  const a = first.sd / Math.sqrt(first.n);
  const b = second.sd / Math.sqrt(second.n);
  const se = Math.hypot(a, b);
  // Shares of the variance, so that no fourth power leaves the range of doubles.
  const share = (a / se) ** 2;
  const other = (b / se) ** 2;
  const df = 1 / (share ** 2 / (first.n - 1) + other ** 2 / (second.n - 1));
  return tTest(estimate, se, df, options.mu, options.confidence);
}

/** √ of the mean of the variances, weighted by their degrees of freedom. */
export function pooledSd(first: SampleSummary, second: SampleSummary): number {
  const total = first.n + second.n - 2;
  const part = (sample: SampleSummary): number => (sample.n < 2 ? 0 : Math.sqrt((sample.n - 1) / total) * sample.sd);
  return Math.hypot(part(first), part(second));
}

function tTest(estimate: number, se: number, df: number, mu: number, confidence: number): TTest {
  const statistic = (estimate - mu) / se;
  const width = tQuantile(1 - (1 - confidence) / 2, df) * se;
  return { estimate, se, statistic, df, p: twoSidedT(statistic, df), low: estimate - width, high: estimate + width };
}
