import { fUpperTail } from '../distributions/f.ts';
import type { SampleSummary } from './sample-summary.ts';

/**
 * Welch's test of equal means under unequal variances (Welch 1951, Biometrika 38:330), as R's `oneway.test(y ~ group)`.
 * Independent normal samples, at least two of them, each of at least two values that vary.
 */
export function welchAnova(samples: readonly SampleSummary[]): {
  readonly statistic: number;
  readonly df: readonly [number, number];
  readonly p: number;
} {
  const k = samples.length;
  // Weights relative to the largest, so that variances of any size stay within doubles.
  const least = samples.reduce(
    (smallest, { n, sd }) => Math.min(smallest, sd / Math.sqrt(n)),
    Number.POSITIVE_INFINITY,
  );
  const weights = samples.map(({ n, sd }) => (least / (sd / Math.sqrt(n))) ** 2);
  const total = weights.reduce((a, b) => a + b, 0);
  const origin = samples[0]?.mean as number;
  const shares = samples.map(({ mean }, i) => ((weights[i] as number) / total) * (mean - origin));
  const centre = origin + shares.reduce((a, b) => a + b, 0);
  const spread = samples.reduce((sum, { mean }, i) => sum + (weights[i] as number) * ((mean - centre) / least) ** 2, 0);
  const lambda = samples.reduce((sum, { n }, i) => sum + (1 - (weights[i] as number) / total) ** 2 / (n - 1), 0);
  const statistic = spread / (k - 1) / (1 + (2 * (k - 2) * lambda) / (k * k - 1));
  const df = [k - 1, (k * k - 1) / (3 * lambda)] as const;
  return { statistic, df, p: fUpperTail(statistic, ...df) };
}
