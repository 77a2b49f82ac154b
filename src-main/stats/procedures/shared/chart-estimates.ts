import { meanMovingRange } from '../../control-charts/chart-constants.ts';
import type { Baseline } from '../../control-charts/control-limits.ts';
import { meanMovingRangeOf } from '../../control-charts/xmr-limits.ts';
import { mean } from '../../numeric/sums.ts';
import { baselineOf, refused } from './chart-series.ts';

export type SeriesEstimates = {
  readonly target: number;
  readonly sd: number;
  readonly baseline: Baseline;
  readonly warnings: readonly string[];
};

/** Target and standard deviation as given; else the mean and the mean moving range / d₂(2) of the baseline. */
export function seriesEstimates(
  values: Float64Array,
  given: {
    readonly target?: number | undefined;
    readonly sd?: number | undefined;
    readonly baseline?: number | readonly [number, number] | undefined;
  },
): SeriesEstimates {
  const baseline = baselineOf(given.baseline, values.length);
  const base = values.subarray(baseline.from, baseline.to);
  const needed = given.target === undefined || given.sd === undefined;
  if (given.sd === undefined && base.length < 2) {
    throw refused('The spread cannot be found from fewer than two points.', 'Give “sd”, or a wider baseline.');
  }
  const sd = given.sd ?? meanMovingRangeOf(base) / meanMovingRange;
  if (!(sd > 0) || !Number.isFinite(sd)) {
    throw refused(
      Number.isFinite(sd)
        ? 'The values of the baseline do not vary from one point to the next, so that nothing measures a change.'
        : 'The values are too large to be computed with.',
      'Give “sd”, or another baseline.',
    );
  }
  return {
    target: given.target ?? mean(base),
    sd,
    baseline,
    warnings: warningsOf(needed, given.baseline !== undefined, base.length),
  };
}

function warningsOf(needed: boolean, given: boolean, points: number): string[] {
  if (!needed) return given ? ['Target and sd are given, so that nothing is taken from the baseline.'] : [];
  if (points < 12) {
    return [`Target or sd come from ${points} points; with fewer than 12 they can be far off, and signals mislead.`];
  }
  return given
    ? []
    : [
        'Target or sd come from all points, so that a change among them hides itself in part; a baseline before it would show it better.',
      ];
}
