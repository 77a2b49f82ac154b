import { normalQuantile, twoSidedNormal } from '../distributions/normal.ts';
import { sum } from '../numeric/sums.ts';

export type ProbabilityScores = {
  /** Mean squared distance from the outcome (Brier 1950, Monthly Weather Review 78:1). */
  readonly brier: number;
  /** 1 − Brier score / that of everybody at the share of events: 1 is perfect, 0 no better than the share. */
  readonly brierScaled: number;
  /** Mean of −log of the probability of what happened; infinite where that was 0. */
  readonly logLoss: number;
  /** Spiegelhalter's test of calibration (1986, Statistics in Medicine 5:421); NaN where every probability is 0, ½ or 1. */
  readonly spiegelhalter: { readonly statistic: number; readonly p: number };
};

export function probabilityScores(probabilities: Float64Array, events: ArrayLike<number>): ProbabilityScores {
  const n = probabilities.length;
  const squares = new Float64Array(n);
  const losses = new Float64Array(n);
  const excess = new Float64Array(n);
  const variances = new Float64Array(n);
  let count = 0;
  for (let i = 0; i < n; i += 1) {
    const p = probabilities[i] as number;
    const y = events[i] as number;
    count += y;
    squares[i] = (y - p) ** 2;
    losses[i] = y === 1 ? -Math.log(p) : -Math.log1p(-p);
    excess[i] = (y - p) * (1 - 2 * p);
    variances[i] = (1 - 2 * p) ** 2 * p * (1 - p);
  }
  const brier = sum(squares) / n;
  const share = count / n;
  const variance = sum(variances);
  const statistic = variance > 0 ? sum(excess) / Math.sqrt(variance) : Number.NaN;
  return {
    brier,
    brierScaled: 1 - brier / (share * (1 - share)),
    logLoss: losses.includes(Number.POSITIVE_INFINITY) ? Number.POSITIVE_INFINITY : sum(losses) / n,
    spiegelhalter: { statistic, p: twoSidedNormal(statistic) },
  };
}

export type ObservedExpected = {
  readonly estimate: number;
  readonly se: number;
  readonly low: number;
  readonly high: number;
  readonly observed: number;
  readonly expected: number;
};

/**
 * Observed over expected events, with limits on the log scale: se(log O:E) = √((1 − O/n)/O), the expected taken as fixed (Debray et al.
 * 2017, BMJ 356:i6460, appendix). `se` is that of the ratio, O:E·se(log O:E).
 */
export function observedExpected(observed: number, expected: number, n: number, confidence: number): ObservedExpected {
  const estimate = observed / expected;
  const logError = Math.sqrt((1 - observed / n) / observed);
  const width = normalQuantile(1 - (1 - confidence) / 2) * logError;
  return {
    estimate,
    se: estimate * logError,
    low: estimate * Math.exp(-width),
    high: estimate * Math.exp(width),
    observed,
    expected,
  };
}
