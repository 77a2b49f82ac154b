import { fQuantile } from '../distributions/f.ts';
import { noncentralFUpperTail } from '../distributions/noncentral-f.ts';
import { normalCdf, normalQuantile, normalUpperTail } from '../distributions/normal.ts';
import { tQuantile } from '../distributions/student-t.ts';
import type { Sides } from './t-test-power.ts';

/** One-way analysis of variance with n in each of k groups and Cohen's f; as `pwr::pwr.anova.test`. */
export function anovaPower(n: number, groups: number, f: number, alpha: number): number {
  const [df1, df2] = [groups - 1, groups * (n - 1)];
  return noncentralFUpperTail(fQuantile(1 - alpha, df1, df2), df1, df2, groups * n * f * f);
}

/**
 * A correlation r ≥ 0 tested against 0, by Fisher's z with its bias r/(2(n − 1)) and the critical value of t; two-sided counts both tails. As
 * `pwr::pwr.r.test`.
 */
export function correlationPower(n: number, r: number, alpha: number, { sides }: Sides): number {
  const t = tQuantile(alpha / sides, n - 2);
  const critical = Math.atanh(1 / Math.sqrt(1 + (n - 2) / (t * t)));
  const z = Math.atanh(r) + r / (2 * (n - 1));
  const root = Math.sqrt(n - 3);
  return normalCdf((z - critical) * root) + (sides === 2 ? normalCdf((-z - critical) * root) : 0);
}

/**
 * The log-rank test or Cox regression of two groups after a number of events (Schoenfeld 1983, Biometrics 39:499): |log HR|·√(events·a(1 − a)) is the
 * noncentrality of a normal statistic, a the share of people in one group.
 */
export function eventsPower(
  events: number,
  logHazardRatio: number,
  share: number,
  alpha: number,
  sides: Sides,
): number {
  return normalPower(Math.abs(logHazardRatio) * Math.sqrt(events * share * (1 - share)), alpha, sides);
}

/** Of a normal statistic with mean `ncp` ≥ 0 and variance 1. */
export function normalPower(ncp: number, alpha: number, { sides, strict }: Sides): number {
  const critical = -normalQuantile(alpha / sides);
  return normalUpperTail(critical - ncp) + (strict && sides === 2 ? normalUpperTail(critical + ncp) : 0);
}
