import gammaln from '@stdlib/math-base-special-gammaln';
import { type FamilyName, logChoose } from './families.ts';
import { negativeBinomialLogLik } from './negative-binomial.ts';

export type LikelihoodInput = {
  readonly family: FamilyName;
  readonly y: Float64Array;
  readonly mu: Float64Array;
  /** Prior weights, numbers of trials included. */
  readonly weights: Float64Array;
  /** Numbers of trials where the response gives them; else the weights are. */
  readonly trials: Float64Array | null;
  readonly deviance: number;
  readonly theta: number | null;
};

/**
 * Log-likelihood as R's `logLik.glm` has it, with the constants that depend on the data alone; the scale of the gaussian and the gamma
 * at deviance/n. Minus infinity where the response is impossible under the family, such as counts that are not whole.
 */
export function glmLogLik(input: LikelihoodInput): number {
  const { family, y, mu, weights, deviance } = input;
  const n = y.length;
  switch (family) {
    case 'gaussian': {
      let logWeights = 0;
      for (const weight of weights) logWeights += Math.log(weight);
      return -0.5 * (n * (Math.log((2 * Math.PI * deviance) / n) + 1) - logWeights);
    }
    case 'gamma':
      return gammaLogLik(input, deviance / weights.reduce((total, weight) => total + weight, 0));
    case 'poisson': {
      let total = 0;
      for (let i = 0; i < n; i += 1) {
        const count = y[i] as number;
        if (!Number.isInteger(count)) return Number.NEGATIVE_INFINITY;
        const mean = mu[i] as number;
        total += (weights[i] as number) * ((count === 0 ? 0 : count * Math.log(mean)) - mean - gammaln(count + 1));
      }
      return total;
    }
    case 'negative-binomial':
      return negativeBinomialLogLik(y, mu, weights, input.theta as number);
    case 'binomial':
      return binomialLogLik(input);
  }
}

/** Numbers of events are rounded to whole ones, as R does. */
function binomialLogLik({ y, mu, weights, trials }: LikelihoodInput): number {
  let total = 0;
  for (let i = 0; i < y.length; i += 1) {
    const m = (trials ? trials[i] : weights[i]) as number;
    if (!(m > 0)) continue;
    const whole = Math.round(m);
    const events = Math.round(m * (y[i] as number));
    const mean = mu[i] as number;
    const hits = events === 0 ? 0 : events * Math.log(mean);
    const misses = whole === events ? 0 : (whole - events) * Math.log1p(-mean);
    const ways = events === 0 || events === whole ? 0 : logChoose(whole, events);
    total += ((weights[i] as number) / m) * (ways + hits + misses);
  }
  return total;
}

function gammaLogLik({ y, mu, weights }: LikelihoodInput, dispersion: number): number {
  const shape = 1 / dispersion;
  let total = 0;
  for (let i = 0; i < y.length; i += 1) {
    const ratio = (shape * (y[i] as number)) / (mu[i] as number);
    total += (weights[i] as number) * (shape * Math.log(ratio) - ratio - gammaln(shape) - Math.log(y[i] as number));
  }
  return total;
}
