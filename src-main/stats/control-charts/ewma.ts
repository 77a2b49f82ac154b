export type Ewma = {
  readonly average: Float64Array;
  /** Standard deviation of the average at each point. */
  readonly sigma: Float64Array;
};

/**
 * Exponentially weighted moving average from the target on (Roberts 1959, Technometrics 1:239; Lucas and Saccucci 1990, 32:1): λy + (1 − λ) of the
 * one before, with standard deviation sd·√(λ/(2 − λ)·(1 − (1 − λ)^2t)), which grows with time.
 */
export function ewma(values: Float64Array, target: number, sd: number, lambda: number): Ewma {
  const average = new Float64Array(values.length);
  const sigma = new Float64Array(values.length);
  let last = target;
  for (let i = 0; i < values.length; i += 1) {
    last = lambda * (values[i] as number) + (1 - lambda) * last;
    average[i] = last;
    sigma[i] = sd * Math.sqrt((lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * (i + 1))));
  }
  return { average, sigma };
}
