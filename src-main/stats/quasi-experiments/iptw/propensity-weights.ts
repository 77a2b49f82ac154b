import { quantile } from '../../numeric/quantile.ts';

export type Estimand = 'ATE' | 'ATT' | 'ATC' | 'ATO';

export type PropensityWeights = {
  readonly weights: Float64Array;
  /** Derivative of each weight by the linear predictor of the propensity; 0 where it is held at a limit. */
  readonly slopes: Float64Array;
};

/**
 * Weights that make treated and untreated alike: 1/e and 1/(1 − e) for the average over all (ATE), 1 and e/(1 − e) over the treated
 * (ATT), (1 − e)/e and 1 over the untreated (ATC), 1 − e and e over those in between (ATO: overlap weights, Li, Morgan and Zaslavsky 2018,
 * JASA 113:390). The propensity e is logistic.
 * @param predictor log odds of treatment
 * @param treated 1 or 0
 * @param limits propensities below the first are raised to it, those above the second lowered
 */
export function propensityWeights(
  predictor: Float64Array,
  treated: Float64Array,
  estimand: Estimand,
  limits: readonly [number, number] | null,
): PropensityWeights {
  const n = predictor.length;
  const weights = new Float64Array(n);
  const slopes = new Float64Array(n);
  const held = limits ? limits.map((e) => Math.log(e / (1 - e))) : null;
  for (let i = 0; i < n; i += 1) {
    const own = predictor[i] as number;
    const eta = held ? Math.min(Math.max(own, held[0] as number), held[1] as number) : own;
    const on = treated[i] === 1;
    const odds = Math.exp(on ? -eta : eta);
    // Share of the other arm at this propensity: 1 − e for the treated, e for the others.
    const other = odds / (1 + odds);
    const sign = on ? -1 : 1;
    let weight: number;
    let slope: number;
    if (estimand === 'ATO') {
      weight = other;
      slope = sign * other * (1 - other);
    } else if (estimand === 'ATE') {
      weight = 1 + odds;
      slope = sign * odds;
    } else if ((estimand === 'ATT') === on) {
      weight = 1;
      slope = 0;
    } else {
      weight = odds;
      slope = sign * odds;
    }
    weights[i] = weight;
    slopes[i] = eta === own ? slope : 0;
  }
  return { weights, slopes };
}

/** Quantiles of the propensities, to hold extreme ones at. */
export function propensityLimits(
  propensities: Float64Array,
  probabilities: readonly [number, number],
): readonly [number, number] {
  return [quantile(propensities, probabilities[0]), quantile(propensities, probabilities[1])];
}

/** (Σw)²/Σw² of one arm (Kish 1965, Survey Sampling, §11.7): how many equally weighted units tell as much. */
export function effectiveSize(weights: Float64Array, treated: Float64Array, arm: 0 | 1): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < weights.length; i += 1) {
    if (treated[i] !== arm) continue;
    const weight = weights[i] as number;
    sum += weight;
    squares += weight * weight;
  }
  return (sum * sum) / squares;
}
