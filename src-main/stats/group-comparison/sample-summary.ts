import { mean, sumOfSquares } from '../numeric/sums.ts';
import { largestSize, unitOfScale } from '../numeric/unit-of-scale.ts';

export type SampleSummary = {
  readonly n: number;
  readonly mean: number;
  /** Divisor n − 1; NaN for fewer than two values. */
  readonly sd: number;
};

/** Size, mean and standard deviation of finite values, at least one; squares of values of any size stay within doubles. */
export function summarise(values: Float64Array): SampleSummary {
  const n = values.length;
  const unit = unitOfScale(largestSize(values));
  const scaled = unit === 1 ? values : values.map((value) => value / unit);
  const centre = mean(scaled);
  const sd = n < 2 ? Number.NaN : Math.sqrt(Math.max(0, sumOfSquares(scaled, centre)) / (n - 1));
  return { n, mean: centre * unit, sd: sd * unit };
}
