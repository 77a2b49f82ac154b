import { normalQuantile } from '../../distributions/normal.ts';
import { tQuantile } from '../../distributions/student-t.ts';
import { columnOf, type Matrix, quadraticForm } from '../../linear-algebra/matrix.ts';
import type { SeriesFit } from './fit-series.ts';
import { afterPlace, levelPlace } from './segmented-design.ts';

export type CounterfactualPoint = {
  readonly fitted: number;
  /** What the model expects without the intervention. */
  readonly expected: number;
  /** fitted − expected, with its interval by the delta method. */
  readonly effect: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
};

export type EffectAt = { readonly estimate: number; readonly se: number };

/** Covariance over all columns: 0 for those without a coefficient. */
type Wide = { readonly estimable: readonly number[]; readonly covariance: Matrix };

function deviationOf(contrast: Float64Array, { estimable, covariance }: Wide): number {
  const kept = Float64Array.from(estimable, (place) => contrast[place] as number);
  return Math.sqrt(Math.max(quadraticForm(kept, covariance), 0));
}

/** The intervention's effect `horizon` points into it, on the scale of the linear predictor: level + after·horizon. */
export function effectAt(fit: SeriesFit, horizon: number): EffectAt {
  const contrast = new Float64Array(fit.coefficients.length);
  contrast[levelPlace] = 1;
  contrast[afterPlace] = horizon;
  const estimate = (fit.coefficients[levelPlace] as number) + horizon * (fit.coefficients[afterPlace] as number);
  return { estimate, se: deviationOf(contrast, fit) };
}

export function criticalValue(df: number | null, confidence: number): number {
  const upper = 1 - (1 - confidence) / 2;
  return df === null ? normalQuantile(upper) : tQuantile(upper, df);
}

/**
 * Each point from the start on, with and without the intervention; on the scale of the response, so that with a log link the
 * effect is a difference of counts. The sum over the points comes last.
 * @param rows of the design from the start on
 */
export function counterfactual(
  fit: SeriesFit,
  x: Matrix,
  rows: readonly number[],
  logLink: boolean,
  quantile: number,
): { readonly points: readonly CounterfactualPoint[]; readonly total: CounterfactualPoint } {
  const k = x.columns;
  const totalGradient = new Float64Array(k);
  let totalFitted = 0;
  let totalExpected = 0;
  const points = rows.map((row) => {
    const h = x.data[afterPlace * x.rows + row] as number;
    const shift = (fit.coefficients[levelPlace] as number) + h * (fit.coefficients[afterPlace] as number);
    const fitted = fit.fitted[row] as number;
    const expected = logLink ? Math.exp((fit.linearPredictor[row] as number) - shift) : fitted - shift;
    const gradient = new Float64Array(k);
    for (let j = 0; j < k; j += 1) {
      const value = columnOf(x, j)[row] as number;
      const own = j === levelPlace || j === afterPlace;
      gradient[j] = logLink ? fitted * value - (own ? 0 : expected * value) : own ? value : 0;
      totalGradient[j] = (totalGradient[j] as number) + (gradient[j] as number);
    }
    totalFitted += fitted;
    totalExpected += expected;
    return pointOf(fitted, expected, logLink ? fitted - expected : shift, deviationOf(gradient, fit), quantile);
  });
  return {
    points,
    total: pointOf(totalFitted, totalExpected, totalFitted - totalExpected, deviationOf(totalGradient, fit), quantile),
  };
}

function pointOf(fitted: number, expected: number, effect: number, se: number, quantile: number): CounterfactualPoint {
  return { fitted, expected, effect, se, low: effect - quantile * se, high: effect + quantile * se };
}
