import { normalQuantile, twoSidedNormal } from '../distributions/normal.ts';
import { tQuantile, twoSidedT } from '../distributions/student-t.ts';
import { mean, variance } from '../numeric/sums.ts';

export type PooledEstimate = {
  readonly estimate: number;
  readonly se: number;
  readonly statistic: number;
  /** Barnard and Rubin's; null where it is infinite, the limits then normal. */
  readonly df: number | null;
  readonly p: number;
  readonly low: number;
  readonly high: number;
  /** Fraction of information missing about the parameter. */
  readonly fmi: number;
  /** Mean sampling variance. */
  readonly within: number;
  /** Variance of the estimates between imputations. */
  readonly between: number;
  readonly total: number;
  /** Relative increase of variance, (1 + 1/m)·between/within. */
  readonly riv: number;
  /** Share of the total variance that is due to the missing data. */
  readonly lambda: number;
  /** Rubin's degrees of freedom for complete data without end; null where infinite. */
  readonly dfLarge: number | null;
  readonly relativeEfficiency: number;
};

/**
 * Rubin's rules for one parameter (Rubin 1987, Multiple Imputation for Nonresponse in Surveys, §3.3), degrees of freedom by
 * Barnard and Rubin (1999, Biometrika 86:948), as `mice::pool.scalar` and `mice::pool`.
 * @param estimates one an imputed data set, at least 2
 * @param variances their squared standard errors, above 0
 * @param dfComplete degrees of freedom that the analysis would have without missing values; ∞ for a large sample
 */
export function poolEstimates(
  estimates: Float64Array,
  variances: Float64Array,
  dfComplete: number,
  confidence: number,
): PooledEstimate {
  const m = estimates.length;
  const estimate = mean(estimates);
  const within = mean(variances);
  const between = variance(estimates);
  const added = (1 + 1 / m) * between;
  const total = within + added;
  const riv = added / within;
  const lambda = added / total;
  const large = lambda === 0 ? Number.POSITIVE_INFINITY : (m - 1) / lambda ** 2;
  const df = barnardRubin(large, dfComplete, lambda);
  const fmi = (riv + 2 / (df + 3)) / (riv + 1);
  const se = Math.sqrt(total);
  const upper = 1 - (1 - confidence) / 2;
  const endless = df === Number.POSITIVE_INFINITY;
  const width = se * (endless ? normalQuantile(upper) : tQuantile(upper, df));
  const statistic = estimate / se;
  return {
    estimate,
    se,
    statistic,
    df: endless ? null : df,
    p: endless ? twoSidedNormal(statistic) : twoSidedT(statistic, df),
    low: estimate - width,
    high: estimate + width,
    fmi,
    within,
    between,
    total,
    riv,
    lambda,
    dfLarge: Number.isFinite(large) ? large : null,
    relativeEfficiency: 1 / (1 + fmi / m),
  };
}

function barnardRubin(large: number, complete: number, lambda: number): number {
  if (complete === Number.POSITIVE_INFINITY) return large;
  const observed = ((complete + 1) / (complete + 3)) * complete * (1 - lambda);
  return large === Number.POSITIVE_INFINITY ? observed : (large * observed) / (large + observed);
}
