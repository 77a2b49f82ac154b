export type Cusum = {
  /** (y − target)/sd. */
  readonly z: Float64Array;
  /** Upper sums, 0 or more, and lower sums, 0 or less. */
  readonly positive: Float64Array;
  readonly negative: Float64Array;
};

/**
 * Tabular CUSUM (Page 1954, Biometrika 41:100; Montgomery 2019, §9.1) in units of the standard deviation, without a head start and not
 * reset by a signal: C⁺ = max(0, C⁺ + z − k), C⁻ = min(0, C⁻ + z + k).
 */
export function cusum(values: Float64Array, target: number, sd: number, k: number): Cusum {
  const z = values.map((value) => (value - target) / sd);
  const positive = new Float64Array(z.length);
  const negative = new Float64Array(z.length);
  let [up, down] = [0, 0];
  for (let i = 0; i < z.length; i += 1) {
    up = Math.max(0, up + (z[i] as number) - k);
    down = Math.min(0, down + (z[i] as number) + k);
    positive[i] = up;
    negative[i] = down;
  }
  return { z, positive, negative };
}
