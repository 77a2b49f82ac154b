import { quantileOfSorted } from '../numeric/quantile.ts';
import { mean, sum, sumOfSquares } from '../numeric/sums.ts';
import { unitOfScale } from '../numeric/unit-of-scale.ts';

export type Description = {
  /** Values that are there. */
  readonly n: number;
  readonly missing: number;
  readonly mean: number | null;
  /** Divisor n − 1; null for fewer than two values. */
  readonly sd: number | null;
  readonly min: number | null;
  readonly q1: number | null;
  readonly median: number | null;
  readonly q3: number | null;
  readonly max: number | null;
  /** m₃/m₂^1.5; null where nothing varies. */
  readonly skewness: number | null;
  /** m₄/m₂² − 3. */
  readonly kurtosis: number | null;
  /** Lag-1 autocorrelation in the order of the rows, as NIST defines it. */
  readonly autocorrelation1: number | null;
};

/**
 * Describes one column. Moments are taken about the corrected mean; quantiles are of type 7 (Hyndman and Fan 1996); skewness
 * and excess kurtosis are the moment ratios g₁ and g₂ (Joanes and Gill 1998, The Statistician 47:183); the autocorrelation is
 * NIST/SEMATECH e-Handbook §1.3.5.12. As R's `mean`, `sd`, `quantile`.
 * @param values NaN where missing
 */
export function describeValues(values: Float64Array): Description {
  const present = values.filter((value) => !Number.isNaN(value));
  const n = present.length;
  const missing = values.length - n;
  if (n === 0) {
    const none = { mean: null, sd: null, min: null, q1: null, median: null, q3: null, max: null };
    return { n, missing, ...none, skewness: null, kurtosis: null, autocorrelation1: null };
  }
  const sorted = Float64Array.from(present).sort();
  const low = sorted[0] as number;
  const high = sorted[n - 1] as number;
  const varies = low !== high;
  // Powers of values near the ends of the range of doubles would leave it.
  const unit = unitOfScale(Math.max(Math.abs(low), Math.abs(high)));
  const scaled = unit === 1 ? present : present.map((value) => value / unit);
  const centre = mean(scaled);
  const deviations = scaled.map((value) => value - centre);
  const squares = sumOfSquares(scaled, centre);
  const second = squares / n;
  return {
    n,
    missing,
    mean: varies ? centre * unit : low,
    sd: n < 2 ? null : varies ? Math.sqrt(squares / (n - 1)) * unit : 0,
    min: low,
    q1: quantileOfSorted(sorted, 0.25),
    median: quantileOfSorted(sorted, 0.5),
    q3: quantileOfSorted(sorted, 0.75),
    max: high,
    skewness: varies ? sum(deviations.map((d) => d * d * d)) / n / second ** 1.5 : null,
    kurtosis: varies ? sum(deviations.map((d) => d * d * d * d)) / n / (second * second) - 3 : null,
    autocorrelation1: varies ? lagOne(deviations) / squares : null,
  };
}

function lagOne(deviations: Float64Array): number {
  return sum(deviations.subarray(1).map((value, index) => value * (deviations[index] as number)));
}
