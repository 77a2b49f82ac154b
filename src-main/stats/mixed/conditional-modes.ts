import { solveLower } from '../linear-algebra/cholesky.ts';
import { type Matrix, matrixOf, multiplyVector } from '../linear-algebra/matrix.ts';
import type { LmmFit } from './fit-lmm.ts';
import { ownTriangle, triangleOf } from './relative-covariance.ts';

export type ConditionalMode = {
  readonly group: string;
  readonly level: string;
  readonly name: string;
  readonly estimate: number;
  /** Given the coefficients and variances. */
  readonly se: number;
};

/** Random effects of every group given the data (BLUPs), with their conditional standard errors; `lme4::ranef(condVar = TRUE)`. */
export function conditionalModes(fit: LmmFit): ConditionalMode[] {
  const { structure, layout, products, theta, state, slope, residualVariance } = fit;
  const { matrixStarts, matrixPlaces } = products.shape;
  return structure.terms.flatMap(({ name, effects }, t) => {
    const place = layout.terms[t];
    const block = place && products.factors[place.factor];
    if (!place || !block) return [];
    const triangle = triangleOf(place, theta);
    const own = ownTriangle(place, theta);
    const levels = structure.factors[place.factor]?.levels ?? [];
    return levels.flatMap((level, group) => {
      const at = block.offset + group * block.width + place.from;
      const modes = solveLower(place.scale, multiplyVector(triangle, state.spherical.subarray(at, at + place.width)));
      const inverse = matrixOf(place.width, place.width);
      for (let b = 0; b < place.width; b += 1) {
        const from = (matrixStarts[at + b + 1] as number) - b - 1;
        for (let a = 0; a <= b; a += 1) {
          const value = slope.inverse[matrixPlaces[from + a] as number] as number;
          inverse.data[b * place.width + a] = value;
          inverse.data[a * place.width + b] = value;
        }
      }
      return effects.map((effect, i) => ({
        group: name,
        level,
        name: effect,
        estimate: modes[i] as number,
        se: Math.sqrt(residualVariance * rowForm(own, inverse, i)),
      }));
    });
  });
}

/** (Λ·A·Λᵀ)_ii. */
function rowForm(lambda: Matrix, a: Matrix, i: number): number {
  const n = lambda.rows;
  let total = 0;
  for (let j = 0; j < n; j += 1) {
    for (let k = 0; k < n; k += 1) {
      total += (lambda.data[j * n + i] as number) * (a.data[k * n + j] as number) * (lambda.data[k * n + i] as number);
    }
  }
  return Math.max(0, total);
}
