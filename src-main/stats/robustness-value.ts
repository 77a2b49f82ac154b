import { tQuantile } from './distributions/student-t.ts';

/** How much of what is left of both sides an unmeasured variable would have to explain, as shares of 1. */
export type RobustnessValue = {
  /** To bring the estimate to zero. */
  readonly toZero: number;
  /** To bring the nearer end of its 95% interval to zero; 0 where the interval holds zero already. */
  readonly toUnclear: number;
};

/**
 * Robustness value of a coefficient of a linear regression: an unmeasured variable that explains this share of what the other
 * variables leave of both the regressor and the outcome would take the coefficient to zero, or its interval (Cinelli and Hazlett 2020,
 * JRSS B 82:39). As `robustness_value` of the R package sensemakr. Ordinary standard errors only.
 *
 * @param t of the coefficient, and the residual degrees of freedom of its regression, at least 2
 */
export function robustnessValue(t: number, df: number): RobustnessValue {
  if (!Number.isFinite(t) || !(df >= 2)) throw new RangeError('a robustness value needs a t and at least 2 df');
  const f = Math.abs(t) / Math.sqrt(df);
  // One degree of freedom less: the unmeasured variable would be in the regression.
  const limit = Math.abs(tQuantile(0.025, df - 1)) / Math.sqrt(df - 1);
  if (f <= limit) return { toZero: share(f), toUnclear: 0 };
  // Where what is left of the outcome alone would have to be explained, the regressor counts no more.
  const toUnclear = f > 1 / limit ? (f * f - limit * limit) / (1 + f * f) : share(f - limit);
  return { toZero: share(f), toUnclear };
}

/** ½(√(f⁴ + 4f²) − f²). */
function share(f: number): number {
  return (Math.sqrt(f ** 4 + 4 * f * f) - f * f) / 2;
}
