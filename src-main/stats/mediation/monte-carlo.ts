import type { RandomStream } from '#shared/domain/random.ts';
import { normalQuantile } from '../distributions/normal.ts';
import { cholesky } from '../linear-algebra/cholesky.ts';
import type { MediationFit } from './fit-mediation.ts';
import { effectOf } from './mediation-effects.ts';

export type DrawnEffects = {
  readonly specific: readonly Float64Array[];
  readonly indirect: Float64Array;
};

/**
 * Indirect effects of path coefficients drawn from their joint normal distribution (MacKinnon, Lockwood and Williams 2004,
 * Multivariate Behavioral Research 39:99; Preacher and Selig 2012). Null where the covariance of the paths is singular.
 */
export function monteCarloEffects(fit: MediationFit, samples: number, stream: RandomStream): DrawnEffects | null {
  const { diagram, coefficients, covariance } = fit;
  const factor = cholesky(covariance);
  if (!factor) return null;
  const p = coefficients.length;
  const specific = diagram.effects.map(() => new Float64Array(samples));
  const indirect = new Float64Array(samples);
  const z = new Float64Array(p);
  const drawn = new Float64Array(p);
  for (let sample = 0; sample < samples; sample += 1) {
    // Kept off 0 and 1, where the quantile is infinite.
    for (let i = 0; i < p; i += 1) z[i] = normalQuantile(stream.nextUniform() * (1 - 2 ** -52) + 2 ** -53);
    for (let i = 0; i < p; i += 1) {
      let value = coefficients[i] as number;
      for (let j = 0; j <= i; j += 1) value += (factor.data[j * p + i] as number) * (z[j] as number);
      drawn[i] = value;
    }
    let sum = 0;
    diagram.effects.forEach((effect, index) => {
      const value = effectOf(effect, drawn);
      (specific[index] as Float64Array)[sample] = value;
      sum += value;
    });
    indirect[sample] = sum;
  }
  return { specific, indirect };
}
