import { normalQuantile, twoSidedNormal } from '../distributions/normal.ts';
import { tQuantile, twoSidedT } from '../distributions/student-t.ts';

/** A coefficient; `df` null where the statistic is normal, everything but the name null where it cannot be estimated. */
export type TermResult = {
  readonly term: string;
  readonly estimate: number | null;
  readonly se: number | null;
  readonly statistic: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

export type TestResult = {
  readonly name: string;
  readonly statistic: number | null;
  readonly df: number | readonly number[] | null;
  readonly p: number | null;
};

/** A Wald row: t with `df`, or normal where `df` is null. */
export function waldTerm(
  term: string,
  estimate: number,
  se: number,
  df: number | null,
  confidence: number,
): TermResult {
  if (Number.isNaN(estimate)) return notEstimable(term);
  const statistic = estimate / se;
  const upper = 1 - (1 - confidence) / 2;
  const width = se * (df === null ? normalQuantile(upper) : tQuantile(upper, df));
  return {
    term,
    estimate,
    se,
    statistic,
    df,
    p: df === null ? twoSidedNormal(statistic) : twoSidedT(statistic, df),
    low: estimate - width,
    high: estimate + width,
  };
}

export function notEstimable(term: string): TermResult {
  return { term, estimate: null, se: null, statistic: null, df: null, p: null, low: null, high: null };
}
