import { normalQuantile, twoSidedNormal } from '../distributions/normal.ts';
import { tQuantile, twoSidedT } from '../distributions/student-t.ts';

/** Variances below this share of their parts are rounding. */
const roundingShare = 1e-13;

export type AucInterval = {
  readonly se: number;
  readonly low: number;
  readonly high: number;
  /** Limits on the logit scale, which stay within 0 and 1; null where the area is 0 or 1. */
  readonly logit: { readonly low: number; readonly high: number } | null;
};

/** DeLong's limits of an area, cut off at 0 and 1, as `pROC::ci.auc`. */
export function aucInterval(auc: number, variance: number, confidence: number): AucInterval {
  const se = Math.sqrt(variance);
  const width = normalQuantile(1 - (1 - confidence) / 2) * se;
  const logit = Math.log(auc / (1 - auc));
  const logitWidth = width / (auc * (1 - auc));
  const within = auc > 0 && auc < 1;
  return {
    se,
    low: Math.max(0, auc - width),
    high: Math.min(1, auc + width),
    logit: within ? { low: expit(logit - logitWidth), high: expit(logit + logitWidth) } : null,
  };
}

function expit(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

export type AucDifference = {
  readonly difference: number;
  readonly se: number;
  readonly statistic: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly low: number;
  readonly high: number;
};

/**
 * DeLong's test of two areas found in the same people: z, as `pROC::roc.test(paired = TRUE)`. Where both predictors put everybody in the
 * same order the difference has no error, and statistic and p are null.
 */
export function correlatedDifference(
  [first, second]: readonly [number, number],
  variances: readonly [number, number],
  covariance: number,
  confidence: number,
): AucDifference {
  const difference = first - second;
  const variance = variances[0] + variances[1] - 2 * covariance;
  const known = variance > roundingShare * (variances[0] + variances[1]);
  const se = known ? Math.sqrt(variance) : 0;
  const width = normalQuantile(1 - (1 - confidence) / 2) * se;
  const statistic = known ? difference / se : null;
  return {
    difference,
    se,
    statistic,
    df: null,
    p: statistic === null ? null : twoSidedNormal(statistic),
    low: difference - width,
    high: difference + width,
  };
}

/**
 * Test of two areas found in different people: t with Welch's degrees of freedom, as `pROC::roc.test(paired = FALSE)`, and limits of
 * the same t.
 */
export function independentDifference(
  [first, second]: readonly [number, number],
  variances: readonly [number, number],
  people: readonly [number, number],
  confidence: number,
): AucDifference {
  const difference = first - second;
  const variance = variances[0] + variances[1];
  const se = Math.sqrt(variance);
  const df = variance ** 2 / (variances[0] ** 2 / (people[0] - 1) + variances[1] ** 2 / (people[1] - 1));
  const known = variance > 0;
  const width = known ? tQuantile(1 - (1 - confidence) / 2, df) * se : 0;
  return {
    difference,
    se,
    statistic: known ? difference / se : null,
    df: known ? df : null,
    p: known ? twoSidedT(difference / se, df) : null,
    low: difference - width,
    high: difference + width,
  };
}
