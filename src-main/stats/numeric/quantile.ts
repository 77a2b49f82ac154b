/**
 * Sample quantile of type 7 (Hyndman and Fan 1996, The American Statistician 50:361; R's default).
 * @param sorted values in rising order, at least one
 * @param probability from 0 to 1
 */
export function quantileOfSorted(sorted: ArrayLike<number>, probability: number): number {
  const position = (sorted.length - 1) * probability;
  // R allows the position four units in the last place, so that 0.3 × 10 is the third value.
  const fuzz = 4 * Number.EPSILON;
  const below = Math.floor(position + fuzz);
  const share = position - below;
  const low = sorted[below] as number;
  if (Math.abs(share) < fuzz * Math.max(1, position) || below + 1 >= sorted.length) return low;
  const high = sorted[below + 1] as number;
  // Interpolating between equals could miss them by a rounding error, and so part them from their own quantile.
  if (high === low) return low;
  return (1 - share) * low + share * high;
}

export function quantile(values: ArrayLike<number>, probability: number): number {
  return quantileOfSorted(Float64Array.from(values).sort(), probability);
}
