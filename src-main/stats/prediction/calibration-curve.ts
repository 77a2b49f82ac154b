import { quantileOfSorted } from '../numeric/quantile.ts';
import { sum } from '../numeric/sums.ts';
import { type GroupedPoints, groupPoints, localQuadratic } from './local-quadratic.ts';

export type CalibrationCurve = {
  /** Mean, median, 90% quantile and maximum of |p − observed|, over rows (Austin and Steyerberg 2019, Statistics in Medicine 38:4051). */
  readonly ici: number;
  readonly e50: number;
  readonly e90: number;
  readonly emax: number;
  /** Smoothed share of events, by row, in rising order of probability. */
  readonly observed: Float64Array;
  /** Whether rows were joined to bins before smoothing. */
  readonly binned: boolean;
};

/** Distinct probabilities that are smoothed one by one; the work grows with their square. */
const mostDistinct = 20_000;
/** Bins of neighbouring rows beyond it. */
const bins = 5_000;

/**
 * Smoothed calibration by local quadratic regression of the events on the probabilities, exact up to 20,000 distinct probabilities.
 * Beyond, neighbouring rows are joined to 5,000 bins of nearly equal size at their mean probability, and the curve is a straight line
 * between bins.
 * @param sorted probabilities in rising order, with the events in the same order
 * @returns null where a neighbourhood holds one probability only, so that nothing can be smoothed
 */
export function calibrationCurve(sorted: Float64Array, events: Uint8Array, span: number): CalibrationCurve | null {
  const exact = groupPoints(sorted, events);
  const binned = exact.x.length > mostDistinct;
  const points = binned ? binPoints(sorted, events) : exact;
  const fitted = localQuadratic(points, span);
  if (fitted.some(Number.isNaN)) return null;
  const observed = atRows(sorted, points, fitted);
  const gaps = observed.map((value, row) => Math.abs(value - (sorted[row] as number))).sort();
  return {
    ici: sum(gaps) / gaps.length,
    e50: quantileOfSorted(gaps, 0.5),
    e90: quantileOfSorted(gaps, 0.9),
    emax: gaps.at(-1) as number,
    observed,
    binned,
  };
}

function binPoints(sorted: Float64Array, events: Uint8Array): GroupedPoints {
  const means = new Float64Array(sorted.length);
  for (let bin = 0; bin < bins; bin += 1) {
    const from = Math.floor((bin * sorted.length) / bins);
    const to = Math.floor(((bin + 1) * sorted.length) / bins);
    means.fill(sum(sorted.subarray(from, to)) / (to - from), from, to);
  }
  // Rounding must not put a bin's mean before that of the bin below it.
  for (let row = 1; row < means.length; row += 1) {
    means[row] = Math.max(means[row] as number, means[row - 1] as number);
  }
  return groupPoints(means, events);
}

/** The curve at every row: its own point, or the straight line between (beyond the ends, along) the nearest two. */
function atRows(sorted: Float64Array, { x }: GroupedPoints, fitted: Float64Array): Float64Array {
  const observed = new Float64Array(sorted.length);
  let k = 0;
  for (let row = 0; row < sorted.length; row += 1) {
    const value = sorted[row] as number;
    while (k < x.length - 2 && (x[k + 1] as number) <= value) k += 1;
    const [left, right] = [x[k] as number, x[k + 1] ?? Number.NaN];
    const share = value === left ? 0 : value === right ? 1 : (value - left) / (right - left);
    observed[row] =
      share === 0
        ? (fitted[k] as number)
        : share === 1
          ? (fitted[k + 1] as number)
          : (1 - share) * (fitted[k] as number) + share * (fitted[k + 1] as number);
  }
  return observed;
}
