import gammaln from '@stdlib/math-base-special-gammaln';
import { noncentralTCdf, noncentralTUpperTail } from '../distributions/noncentral-t.ts';
import { rootBeyond } from '../numeric/root.ts';

export type StandardisedDifference = {
  /** Cohen's d: the difference in standard deviations. */
  readonly d: number;
  /** Limits of d. */
  readonly low: number | null;
  readonly high: number | null;
  /** Hedges' g = J·d, and its limits. */
  readonly g: number;
  readonly gLow: number | null;
  readonly gHigh: number | null;
  readonly j: number;
};

/**
 * Cohen's d and Hedges' g with limits by inverting the noncentral t (Steiger and Fouladi 1997, What if there were no
 * significance tests?, ch. 9; Hedges 1981, Journal of Educational Statistics 6:107, eq. 6e for J). As R's
 * `uniroot(function(ncp) pt(t, df, ncp) - …)`.
 * @param d difference over the standard deviation
 * @param root √ of the effective size: the t statistic of d is d·root (√n for one sample, √(n₁n₂/(n₁+n₂)) for two)
 * @param df degrees of freedom of the standard deviation
 */
export function standardisedDifference(
  d: number,
  root: number,
  df: number,
  confidence: number,
): StandardisedDifference {
  const t = d * root;
  const tail = (1 - confidence) / 2;
  const low = noncentrality(t, df, tail, -1);
  const high = noncentrality(t, df, tail, 1);
  const j = smallSampleFactor(df);
  const over = (ncp: number | null): number | null => (ncp === null ? null : ncp / root);
  const times = (limit: number | null): number | null => (limit === null ? null : limit * j);
  return { d, low: over(low), high: over(high), g: d * j, gLow: times(over(low)), gHigh: times(over(high)), j };
}

/** The noncentrality on one side of t under which t lies at the edge of the middle 1 − 2·tail. */
function noncentrality(t: number, df: number, tail: number, side: -1 | 1): number | null {
  if (!Number.isFinite(t)) return null;
  const f = (ncp: number): number =>
    side < 0 ? noncentralTUpperTail(t, df, ncp) - tail : noncentralTCdf(t, df, ncp) - tail;
  return rootBeyond(f, t, side * Math.sqrt(1 + (t * t) / (2 * df)));
}

/** J = Γ(df/2)/(√(df/2)·Γ((df−1)/2)), the factor that takes the bias from d; 0 for one degree of freedom. */
export function smallSampleFactor(df: number): number {
  if (df <= 1) return 0;
  if (df <= 200) return Math.exp(gammaln(df / 2) - gammaln((df - 1) / 2)) / Math.sqrt(df / 2);
  // Γ(y + ½)/Γ(y) by its series in 1/y (NIST Digital Library of Mathematical Functions, 5.11.13): differences of log-gammas lose digits.
  const y = (df - 1) / 2;
  const x = 1 / y;
  const series = 1 + x * (-1 / 8 + x * (1 / 128 + x * (5 / 1_024 + x * (-21 / 32_768 - (x * 399) / 262_144))));
  return Math.sqrt((df - 1) / df) * series;
}
