export type Balance = {
  readonly meanTreated: number;
  readonly meanControl: number;
  readonly weightedMeanTreated: number;
  readonly weightedMeanControl: number;
  /** Standardised difference of means, unweighted and weighted; NaN where the standard deviation is 0. */
  readonly before: number;
  readonly after: number;
  /** Variance of the treated over that of the controls; NaN for a variable of two values. */
  readonly varianceRatioBefore: number;
  readonly varianceRatioAfter: number;
};

type Arm = { readonly mean: number; readonly variance: number; readonly unbiased: number };

/**
 * How alike two arms are in one covariate (Austin and Stuart 2015, Statistics in Medicine 34:3661). Both differences are over the same
 * standard deviation of the unweighted data: √((s₁² + s₀²)/2), or the treated arm's own; variances with divisor n − 1, of variables of two
 * values p(1 − p). Weighted variances are Σw(x − m)²·Σw/((Σw)² − Σw²).
 */
export function balanceOf(
  values: Float64Array,
  treated: Float64Array,
  weights: Float64Array,
  standard: 'pooled' | 'treated',
): Balance {
  const one = new Float64Array(values.length).fill(1);
  const binary = hasTwoValues(values);
  const [control, on] = [armOf(values, one, treated, 0), armOf(values, one, treated, 1)];
  const [weightedControl, weightedOn] = [armOf(values, weights, treated, 0), armOf(values, weights, treated, 1)];
  const spread = (arm: Arm): number => (binary ? arm.variance : arm.unbiased);
  const sd = Math.sqrt(standard === 'treated' ? spread(on) : (spread(on) + spread(control)) / 2);
  const over = (difference: number): number => (sd > 0 ? difference / sd : Number.NaN);
  const ratio = (a: Arm, b: Arm): number => (binary || !(b.unbiased > 0) ? Number.NaN : a.unbiased / b.unbiased);
  return {
    meanTreated: on.mean,
    meanControl: control.mean,
    weightedMeanTreated: weightedOn.mean,
    weightedMeanControl: weightedControl.mean,
    before: over(on.mean - control.mean),
    after: over(weightedOn.mean - weightedControl.mean),
    varianceRatioBefore: ratio(on, control),
    varianceRatioAfter: ratio(weightedOn, weightedControl),
  };
}

export function hasTwoValues(values: Float64Array): boolean {
  const seen = new Set<number>();
  for (const value of values) {
    seen.add(value);
    if (seen.size > 2) return false;
  }
  return true;
}

function armOf(values: Float64Array, weights: Float64Array, treated: Float64Array, arm: 0 | 1): Arm {
  let total = 0;
  let squaredWeights = 0;
  let sum = 0;
  const origin = values[treated.indexOf(arm)] as number;
  for (let i = 0; i < values.length; i += 1) {
    if (treated[i] !== arm) continue;
    const weight = weights[i] as number;
    total += weight;
    squaredWeights += weight * weight;
    sum += weight * ((values[i] as number) - origin);
  }
  const mean = origin + sum / total;
  let squares = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (treated[i] === arm) squares += (weights[i] as number) * ((values[i] as number) - mean) ** 2;
  }
  return { mean, variance: squares / total, unbiased: (squares * total) / (total * total - squaredWeights) };
}
