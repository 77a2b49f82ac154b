export type LimitScale = 'log' | 'log-log' | 'plain';

export type Limits = { readonly low: number; readonly high: number };

const none: Limits = { low: Number.NaN, high: Number.NaN };

/**
 * Confidence limits of a survival probability on the scale named, cut to [0, 1]; none where the scale has no meaning (S of 0,
 * and on the log–log scale S of 1). As `survfit`'s `conf.type`.
 * @param seLog standard error of log S
 * @param z quantile of the normal, 1.96 for 95%
 */
export function survivalLimits(survival: number, seLog: number, z: number, scale: LimitScale): Limits {
  if (scale === 'plain') {
    const width = survival === 0 ? Number.NaN : z * seLog * survival;
    return { low: Math.max(survival - width, 0), high: Math.min(survival + width, 1) };
  }
  if (!(survival > 0)) return none;
  if (scale === 'log') {
    return { low: survival * Math.exp(-z * seLog), high: Math.min(survival * Math.exp(z * seLog), 1) };
  }
  return logLogLimits(survival, seLog * survival, z);
}

/** Limits p^exp(±z·se/(p log p)) of a probability: symmetric for log(−log p) (Kalbfleisch and Prentice 2002, §1.4). */
export function logLogLimits(p: number, se: number, z: number): Limits {
  if (!(p > 0 && p < 1)) return none;
  const width = (z * se) / (p * Math.log(p));
  return { low: p ** Math.exp(-width), high: p ** Math.exp(width) };
}
