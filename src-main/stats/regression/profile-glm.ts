import { normalQuantile } from '../distributions/normal.ts';
import { tQuantile } from '../distributions/student-t.ts';
import { columnOf } from '../linear-algebra/matrix.ts';
import { columnsOf, type GlmEstimate } from './estimate-glm.ts';
import { links } from './families.ts';
import { fitGlm } from './fit-glm.ts';
import { type Limits, profileLimits } from './profile-limits.ts';

/**
 * Profile likelihood limits of one coefficient: where the deviance, the other coefficients refitted, rises by the dispersion times the
 * quantile of χ²₁ (or of F where the dispersion is estimated). As MASS's `confint.glm`, but root-found; a negative binomial's
 * theta is held, as there.
 * @param place of the coefficient among the columns used
 */
export function profileCoefficient(
  estimate: GlmEstimate,
  data: { readonly y: Float64Array; readonly offset: Float64Array | null },
  place: number,
  confidence: number,
): Limits {
  const { x, used, df, dispersion, bread } = estimate;
  const upper = 1 - (1 - confidence) / 2;
  const quantile = df === null ? normalQuantile(upper) : tQuantile(upper, df);
  const column = columnOf(x, place);
  const others = Array.from({ length: x.columns }, (_none, j) => j).filter((j) => j !== place);
  const rest = columnsOf(x, others);
  const all = Float64Array.from(used, (j) => {
    const value = estimate.coefficients[j] as number;
    return Number.isNaN(value) ? 0 : value;
  });
  let start = Float64Array.from(others, (j) => all[j] as number);
  const fall = (value: number): number => {
    const offset = column.map((x1, i) => value * x1 + (data.offset ? (data.offset[i] as number) : 0));
    const fit = fitGlm(rest, data.y, estimate.family, {
      link: links[estimate.link],
      weights: estimate.priorWeights,
      offset,
      start,
    });
    start = fit.coefficients.map((coefficient) => (Number.isNaN(coefficient) ? 0 : coefficient));
    return (fit.deviance - estimate.deviance) / dispersion;
  };
  const se = Math.sqrt(dispersion * (bread.data[place * x.columns + place] as number));
  return profileLimits(fall, all[place] as number, quantile * se, quantile ** 2);
}
