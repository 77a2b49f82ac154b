import { fCdf, fQuantile, fUpperTail } from '../distributions/f.ts';
import type { SampleSummary } from './sample-summary.ts';

/**
 * F test of equal variances of two independent normal samples (Snedecor and Cochran 1967, Statistical Methods, §4.15): ratio of
 * the first variance to the second, its limits and the two-sided p; as R's `var.test(x, y)`. Two values in each sample, both
 * varying.
 */
export function varianceRatio(
  first: SampleSummary,
  second: SampleSummary,
  confidence: number,
): {
  readonly estimate: number;
  readonly df: readonly [number, number];
  readonly p: number;
  readonly low: number;
  readonly high: number;
} {
  const estimate = (first.sd / second.sd) ** 2;
  const df = [first.n - 1, second.n - 1] as const;
  const p = Math.min(1, 2 * Math.min(fCdf(estimate, ...df), fUpperTail(estimate, ...df)));
  const tail = (1 - confidence) / 2;
  return { estimate, df, p, low: estimate / fQuantile(1 - tail, ...df), high: estimate / fQuantile(tail, ...df) };
}
