import { mean } from '../numeric/sums.ts';

export type XmrLimits = { readonly mean: number; readonly lower: number; readonly upper: number };

/** 3 ÷ 1.128, as Shewhart's tables and NHS England round it. */
export const usualMultiple = 2.66;
/** Likewise D₄(2): moving ranges above this many means of them are out of control. */
export const rangeMultiple = 3.267;

/** Mean of |xᵢ − xᵢ₋₁|; NaN for fewer than two values. */
export function meanMovingRangeOf(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 1; index < values.length; index += 1) {
    total += Math.abs((values[index] as number) - (values[index - 1] as number));
  }
  return total / (values.length - 1);
}

/** The same without those ranges that reach 3.267 of their first mean, left out once. */
export function screenedMovingRange(values: ArrayLike<number>): number {
  const limit = rangeMultiple * meanMovingRangeOf(values);
  let total = 0;
  let count = 0;
  for (let index = 1; index < values.length; index += 1) {
    const range = Math.abs((values[index] as number) - (values[index - 1] as number));
    if (range >= limit && limit > 0) continue;
    total += range;
    count += 1;
  }
  return total / count;
}

/**
 * Centre line and process limits of an XmR chart: mean ± 2.66 × mean moving range, where 2.66 = 3 ÷ 1.128 (Shewhart; Wheeler,
 * "Understanding Variation", 1993; NHS England "Making Data Count"). Null under 12 points: limits from fewer mislead.
 */
export function xmrLimits(values: readonly number[]): XmrLimits | null {
  if (values.length < 12) return null;
  const centre = mean(values);
  const range = usualMultiple * meanMovingRangeOf(values);
  return { mean: centre, lower: centre - range, upper: centre + range };
}
