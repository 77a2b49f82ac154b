import { normalQuantile } from '../distributions/normal.ts';
import { wilsonInterval } from '../wilson-interval.ts';
import type { FourCells } from './cross-table.ts';
import type { Limits } from './proportion-limits.ts';

export type RatioEffect = {
  /** Null where it is infinite or 0/0. */
  readonly estimate: number | null;
  /** Of the logarithm; null, as the limits, where a count that it needs is 0. */
  readonly se: number | null;
  readonly low: number | null;
  readonly high: number | null;
};

/** ad/bc with Wald limits on the log (Woolf 1955, Annals of Human Genetics 19:251). */
export function oddsRatio({ a, b, c, d }: FourCells, confidence: number): RatioEffect {
  return ratioEffect((a / b) * (d / c), Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d), confidence);
}

/** Ratio of the risks a/(a + b) and c/(c + d), with Wald limits on the log (Katz et al. 1978, Biometrics 34:469). */
export function riskRatio({ a, b, c, d }: FourCells, confidence: number): RatioEffect {
  const se = Math.sqrt(b / a / (a + b) + d / c / (c + d));
  return ratioEffect(a / (a + b) / (c / (c + d)), se, confidence);
}

function ratioEffect(estimate: number, se: number, confidence: number): RatioEffect {
  const shown = Number.isFinite(estimate) ? estimate : null;
  if (!(Number.isFinite(se) && estimate > 0 && shown !== null)) {
    return { estimate: shown, se: null, low: null, high: null };
  }
  const width = normalQuantile(1 - (1 - confidence) / 2) * se;
  return { estimate, se, low: estimate * Math.exp(-width), high: estimate * Math.exp(width) };
}

export type RiskDifference = Limits & {
  readonly estimate: number;
  /** Wald. */
  readonly se: number;
  readonly wald: Limits;
  readonly agrestiCaffo: Limits;
};

/**
 * First risk less second with Newcombe's limits from the score limits of each (1998, Statistics in Medicine 17:873, method 10),
 * and those of Wald and of Agresti and Caffo (2000, The American Statistician 54:280).
 */
export function riskDifference({ a, b, c, d }: FourCells, confidence: number): RiskDifference {
  const first = a / (a + b);
  const second = c / (c + d);
  const estimate = first - second;
  const one = wilsonInterval(a, a + b, confidence);
  const two = wilsonInterval(c, c + d, confidence);
  const z = normalQuantile(1 - (1 - confidence) / 2);
  const se = standardError(first, a + b, second, c + d);
  const movedFirst = (a + 1) / (a + b + 2);
  const movedSecond = (c + 1) / (c + d + 2);
  const moved = movedFirst - movedSecond;
  const movedWidth = z * standardError(movedFirst, a + b + 2, movedSecond, c + d + 2);
  return {
    estimate,
    se,
    low: estimate - Math.hypot(first - one.low, two.high - second),
    high: estimate + Math.hypot(one.high - first, second - two.low),
    wald: { low: estimate - z * se, high: estimate + z * se },
    agrestiCaffo: { low: moved - movedWidth, high: moved + movedWidth },
  };
}

function standardError(first: number, n: number, second: number, m: number): number {
  return Math.sqrt((first * (1 - first)) / n + (second * (1 - second)) / m);
}
