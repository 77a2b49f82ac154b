export type ThresholdCounts = {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
};

/**
 * How many with and without the event have a probability of at least each threshold.
 * @param sorted probabilities in rising order, with their events in the same order
 */
export function countsAt(sorted: Float64Array, events: Uint8Array, thresholds: readonly number[]): ThresholdCounts[] {
  const order = thresholds
    .map((_threshold, k) => k)
    .sort((a, b) => (thresholds[a] as number) - (thresholds[b] as number));
  const counts: ThresholdCounts[] = new Array(thresholds.length);
  let truePositives = events.reduce((total, value) => total + value, 0);
  let falsePositives = events.length - truePositives;
  let row = 0;
  for (const k of order) {
    const threshold = thresholds[k] as number;
    while (row < sorted.length && (sorted[row] as number) < threshold) {
      if (events[row] === 1) truePositives -= 1;
      else falsePositives -= 1;
      row += 1;
    }
    counts[k] = { threshold, truePositives, falsePositives };
  }
  return counts;
}

/**
 * Net benefit of acting on those at or above a threshold t (Vickers and Elkin 2006, Medical Decision Making 26:565): TP/n − FP/n · t/(1 − t).
 */
export function netBenefit({ threshold, truePositives, falsePositives }: ThresholdCounts, n: number): number {
  return truePositives / n - (falsePositives / n) * (threshold / (1 - threshold));
}

/** How a two by two table of flagged by event classifies; null where a share has nobody beneath it. */
export type Classification = {
  readonly ppv: number | null;
  readonly npv: number | null;
  readonly f1: number | null;
  /** Matthews' correlation. */
  readonly mcc: number | null;
  readonly likelihoodRatioPositive: number | null;
  readonly likelihoodRatioNegative: number | null;
  readonly balancedAccuracy: number;
};

export function classificationOf(
  truePositives: number,
  falsePositives: number,
  cases: number,
  controls: number,
): Classification {
  const falseNegatives = cases - truePositives;
  const trueNegatives = controls - falsePositives;
  const flagged = truePositives + falsePositives;
  const unflagged = falseNegatives + trueNegatives;
  const sensitivity = truePositives / cases;
  const specificity = trueNegatives / controls;
  const mixed = Math.sqrt(flagged) * Math.sqrt(cases) * Math.sqrt(controls) * Math.sqrt(unflagged);
  return {
    ppv: share(truePositives, flagged),
    npv: share(trueNegatives, unflagged),
    f1: share(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
    mcc: share(truePositives * trueNegatives - falsePositives * falseNegatives, mixed),
    likelihoodRatioPositive: share(sensitivity, 1 - specificity, falsePositives),
    likelihoodRatioNegative: share(1 - sensitivity, specificity, trueNegatives),
    balancedAccuracy: (sensitivity + specificity) / 2,
  };
}

/** @param least null where it is 0; the divisor itself unless given */
function share(part: number, whole: number, least = whole): number | null {
  return least === 0 ? null : part / whole;
}
