import { matrixOf } from '../linear-algebra/matrix.ts';
import { type Family, type LinkFunction, links } from './families.ts';
import { devianceOf, fitGlm } from './fit-glm.ts';

/**
 * Deviance of the model with nothing but the intercept and the offset, as `null.deviance` of R's `glm`; without an intercept of the offset
 * alone.
 */
export function nullDeviance(
  y: Float64Array,
  family: Family,
  given: {
    readonly link?: LinkFunction;
    readonly weights: Float64Array;
    readonly offset: Float64Array | null;
    readonly intercept: boolean;
  },
): number {
  const { weights, offset, intercept } = given;
  const link = given.link ?? links[family.canonical];
  if (!intercept) {
    return devianceOf(
      family,
      y,
      y.map((_value, i) => link.inverse(offset ? (offset[i] as number) : 0)),
      weights,
    );
  }
  if (offset) {
    const ones = matrixOf(y.length, 1, new Float64Array(y.length).fill(1));
    return fitGlm(ones, y, family, { link, weights, offset }).deviance;
  }
  let total = 0;
  let weight = 0;
  for (let i = 0; i < y.length; i += 1) {
    total += (weights[i] as number) * (y[i] as number);
    weight += weights[i] as number;
  }
  return devianceOf(family, y, new Float64Array(y.length).fill(total / weight), weights);
}
