import { chiSquaredUpperTail } from '../distributions/chi-squared.ts';
import { sum } from '../numeric/sums.ts';
import { meanMovingRange } from './chart-constants.ts';
import { type Baseline, type ChartLimits, limitsOf } from './control-limits.ts';
import { meanMovingRangeOf } from './xmr-limits.ts';

export type AttributeKind = 'p' | 'u';

export type Overdispersion = {
  /** Laney's σz: the spread between points in units of what chance within them gives. */
  readonly sigmaZ: number;
  /** Σ z² with one degree of freedom fewer than baseline points. */
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
  /** σz above 1, and more spread than chance at 5%. */
  readonly overdispersed: boolean;
};

export type AttributeChart = {
  readonly centre: number;
  /** Limits of the binomial or Poisson alone. */
  readonly plain: ChartLimits;
  /** Those times σz. */
  readonly laney: ChartLimits;
  readonly overdispersion: Overdispersion;
};

/**
 * p and u charts: three sigma of the binomial, p̄ ± 3√(p̄(1 − p̄)/n), or of the Poisson, ū ± 3√(ū/n), cut off at 0 (and 1), as qcc has
 * them; and Laney's p′ and u′ (2002, Quality Engineering 14:531), whose sigma is multiplied by σz = mean moving range of z / d₂(2).
 * @param counts whole numbers, not above the denominators for p
 * @param denominators greater than 0
 */
export function attributeChart(
  kind: AttributeKind,
  counts: Float64Array,
  denominators: Float64Array,
  { from, to }: Baseline,
): AttributeChart {
  const centre = sum(counts.subarray(from, to)) / sum(denominators.subarray(from, to));
  const spread = kind === 'p' ? Math.sqrt(centre * (1 - centre)) : Math.sqrt(centre);
  const values = counts.map((count, i) => count / (denominators[i] as number));
  const sigma = (i: number): number => spread / Math.sqrt(denominators[i] as number);
  const z = values.subarray(from, to).map((value, k) => (spread > 0 ? (value - centre) / sigma(from + k) : 0));
  const sigmaZ = meanMovingRangeOf(z) / meanMovingRange;
  const statistic = sum(z.map((value) => value * value));
  const df = z.length - 1;
  const p = chiSquaredUpperTail(statistic, df);
  const most = kind === 'p' ? 1 : Number.POSITIVE_INFINITY;
  const limits = (factor: number): ChartLimits =>
    limitsOf(
      values,
      () => centre,
      (i) => factor * sigma(i),
      0,
      most,
    );
  return {
    centre,
    plain: limits(1),
    laney: limits(sigmaZ),
    overdispersion: { sigmaZ, statistic, df, p, overdispersed: sigmaZ > 1 && p < 0.05 },
  };
}

/** c chart: c̄ ± 3√c̄, cut off at 0. */
export function countChart(counts: Float64Array, { from, to }: Baseline): ChartLimits {
  const base = counts.subarray(from, to);
  const centre = sum(base) / base.length;
  return limitsOf(
    counts,
    () => centre,
    () => Math.sqrt(centre),
    0,
  );
}

/** The limits of a p chart as numbers of events (np chart). */
export function timesDenominator(limits: ChartLimits, counts: Float64Array, denominators: Float64Array): ChartLimits {
  const times = (values: Float64Array): Float64Array => values.map((value, i) => value * (denominators[i] as number));
  return {
    values: counts,
    centre: times(limits.centre),
    sigma: times(limits.sigma),
    lower: times(limits.lower),
    upper: times(limits.upper),
  };
}
