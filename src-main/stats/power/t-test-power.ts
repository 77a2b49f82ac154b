import { noncentralTCdf, noncentralTUpperTail } from '../distributions/noncentral-t.ts';
import { normalUpperTail } from '../distributions/normal.ts';
import { tQuantile } from '../distributions/student-t.ts';

export type Sides = {
  readonly sides: 1 | 2;
  /** Count rejections on the wrong side too. */
  readonly strict: boolean;
};

/** Beyond it t is normal to ten digits. */
const normalDf = 1e9;

/**
 * Power of a t-test whose statistic has `df` degrees of freedom and noncentrality `ncp` ≥ 0, as R's `power.t.test`: P(T > t₁₋α/₂), and with
 * `strict` also P(T < −t₁₋α/₂) (Cohen 1988, Statistical Power Analysis, ch. 2; exact by the noncentral t).
 */
export function tPower(df: number, ncp: number, alpha: number, { sides, strict }: Sides): number {
  if (!(df > 0)) return Number.NaN;
  const critical = -tQuantile(alpha / sides, df > normalDf ? Number.POSITIVE_INFINITY : df);
  if (df > normalDf) {
    return normalUpperTail(critical - ncp) + (strict && sides === 2 ? normalUpperTail(critical + ncp) : 0);
  }
  return noncentralTUpperTail(critical, df, ncp) + (strict && sides === 2 ? noncentralTCdf(-critical, df, ncp) : 0);
}

/** Of one sample, or of differences within pairs: n of them, d = mean / sd. */
export function oneSampleTPower(n: number, d: number, alpha: number, sides: Sides): number {
  return tPower(n - 1, Math.sqrt(n) * d, alpha, sides);
}

/** Of two samples of n1 and n2 with one variance, d = difference / sd; as `pwr::pwr.t2n.test` with `strict`. */
export function twoSampleTPower(n1: number, n2: number, d: number, alpha: number, sides: Sides): number {
  return tPower(n1 + n2 - 2, d / Math.sqrt(1 / n1 + 1 / n2), alpha, sides);
}
