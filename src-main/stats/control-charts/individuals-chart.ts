import { mean } from '../numeric/sums.ts';
import { meanMovingRange } from './chart-constants.ts';
import { type Baseline, type ChartLimits, limitsOf } from './control-limits.ts';
import { meanMovingRangeOf, rangeMultiple, screenedMovingRange, usualMultiple } from './xmr-limits.ts';

export type IndividualsOptions = {
  readonly baseline: Baseline;
  /** 2.66, or 3/d₂(2) = 2.6587 unrounded. */
  readonly exact: boolean;
  /** Leave out moving ranges of at least 3.267 of their mean, once. */
  readonly screen: boolean;
};

export type IndividualsChart = ChartLimits & {
  readonly averageMovingRange: number;
  /** Above it a moving range is out of control. */
  readonly movingRangeLimit: number;
};

/** XmR chart (Shewhart; Wheeler, "Understanding Variation", 1993): mean ± 2.66 mean moving ranges of the baseline. */
export function individualsChart(
  values: Float64Array,
  { baseline, exact, screen }: IndividualsOptions,
): IndividualsChart {
  const base = values.subarray(baseline.from, baseline.to);
  const centre = mean(base);
  const averageMovingRange = screen ? screenedMovingRange(base) : meanMovingRangeOf(base);
  const multiple = exact ? 3 / meanMovingRange : usualMultiple;
  const sigma = (multiple * averageMovingRange) / 3;
  const limits = limitsOf(
    values,
    () => centre,
    () => sigma,
  );
  // Three times a third can miss the limit by its last bit.
  const reach = multiple * averageMovingRange;
  return {
    ...limits,
    lower: limits.lower.fill(centre - reach),
    upper: limits.upper.fill(centre + reach),
    averageMovingRange,
    movingRangeLimit: rangeMultiple * averageMovingRange,
  };
}

const root = 3.6;

export type GapsChart = {
  /** In the unit of the gaps; `sigma` is on the scale of their 3.6th root, where the rules are applied. */
  readonly limits: ChartLimits;
  readonly transformed: IndividualsChart;
};

/**
 * t chart of the time between rare events: XmR limits of gap^(1/3.6), which makes exponential gaps nearly normal (Nelson 1994, Journal of
 * Quality Technology 26:239), turned back.
 * @param gaps greater than 0
 */
export function gapsChart(gaps: Float64Array, options: IndividualsOptions): GapsChart {
  const transformed = individualsChart(
    gaps.map((gap) => gap ** (1 / root)),
    options,
  );
  const back = (values: Float64Array): Float64Array => values.map((value) => (value > 0 ? value ** root : 0));
  return {
    transformed,
    limits: {
      values: gaps,
      centre: back(transformed.centre),
      sigma: transformed.sigma,
      lower: back(transformed.lower),
      upper: back(transformed.upper),
    },
  };
}
