/** A spread over people. Quantiles of type 7 (Hyndman and Fan 1996, the default of R). */
export type Distribution = {
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly max: number;
  readonly mean: number;
  /** Gini coefficient of the people at hand, 0 (all alike, also when all are 0) to 1 − 1/n. */
  readonly gini: number;
};

/** The spread of values that are not negative, or null when there are none. The input is left as it is. */
export function distributionOf(values: Float64Array): Distribution | null {
  const n = values.length;
  if (n === 0) return null;
  const sorted = values.slice().sort();
  let sum = 0;
  let ranked = 0;
  for (let i = 0; i < n; i++) {
    const value = sorted[i] ?? 0;
    sum += value;
    ranked += (2 * (i + 1) - n - 1) * value;
  }
  return {
    min: sorted[0] ?? 0,
    q1: quantileOfSorted(sorted, 0.25),
    median: quantileOfSorted(sorted, 0.5),
    q3: quantileOfSorted(sorted, 0.75),
    max: sorted[n - 1] ?? 0,
    mean: sum / n,
    gini: sum === 0 ? 0 : Math.max(0, ranked / (n * sum)),
  };
}

function quantileOfSorted(sorted: Float64Array, share: number): number {
  const at = (sorted.length - 1) * share;
  const below = Math.floor(at);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (at - below) * (high - low);
}
