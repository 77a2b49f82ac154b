import { normalCdf, normalQuantile } from '../distributions/normal.ts';
import { quantileOfSorted } from '../numeric/quantile.ts';
import { mean, variance } from '../numeric/sums.ts';

export type Limits = { readonly low: number; readonly high: number };

export type BootstrapSummary = {
  /** Resamples that had an estimate. */
  readonly used: number;
  readonly mean: number;
  /** Standard deviation of the resampled estimates (divisor used − 1): the bootstrap standard error. */
  readonly se: number;
  readonly percentile: Limits;
  /** Bias correction z₀; infinite where all resampled estimates lie on one side. */
  readonly biasCorrection: number;
  readonly biasCorrected: Limits | null;
  readonly acceleration: number | null;
  /** Null without an acceleration, or where the corrected levels are not between 0 and 1. */
  readonly bca: Limits | null;
};

/**
 * Limits from resampled estimates (Efron and Tibshirani 1993, An Introduction to the Bootstrap, §13.3, eqs 14.9–14.15);
 * quantiles are of type 7. z₀ is Φ⁻¹ of the share below the estimate.
 * @param resampled finite estimates, in any order
 * @param jackknife estimates without each row in turn, where bias-corrected and accelerated limits are wanted
 */
export function bootstrapSummary(
  estimate: number,
  resampled: Float64Array,
  confidence: number,
  jackknife: Float64Array | null,
): BootstrapSummary {
  const sorted = Float64Array.from(resampled).sort();
  const levels = [(1 - confidence) / 2, 1 - (1 - confidence) / 2] as const;
  const at = (low: number, high: number): Limits => ({
    low: quantileOfSorted(sorted, low),
    high: quantileOfSorted(sorted, high),
  });
  let below = 0;
  while (below < sorted.length && (sorted[below] as number) < estimate) below += 1;
  const z0 = normalQuantile(below / sorted.length);
  const acceleration = jackknife ? jackknifeAcceleration(jackknife) : null;
  const shifted = (level: number, a: number): number => {
    const z = z0 + normalQuantile(level);
    return normalCdf(z0 + z / (1 - a * z));
  };
  const limitsWith = (a: number | null): Limits | null =>
    a === null || !Number.isFinite(a) || !Number.isFinite(z0) ? null : at(shifted(levels[0], a), shifted(levels[1], a));
  return {
    used: sorted.length,
    mean: mean(sorted),
    se: Math.sqrt(variance(sorted)),
    percentile: at(...levels),
    biasCorrection: z0,
    biasCorrected: limitsWith(0),
    acceleration,
    bca: limitsWith(acceleration),
  };
}

/** Σ(θ̄ − θᵢ)³ / 6(Σ(θ̄ − θᵢ)²)^1.5 over the estimates without each row (Efron and Tibshirani 1993, eq. 14.15). */
function jackknifeAcceleration(jackknife: Float64Array): number {
  const centre = mean(jackknife);
  let squares = 0;
  let cubes = 0;
  for (const value of jackknife) {
    const deviation = centre - value;
    squares += deviation ** 2;
    cubes += deviation ** 3;
  }
  return cubes / (6 * squares ** 1.5);
}
