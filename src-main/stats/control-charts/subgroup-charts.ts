import { mean, sum, variance } from '../numeric/sums.ts';
import { meanRange, meanSd, sdOfRange } from './chart-constants.ts';
import { type Baseline, type ChartLimits, limitsOf } from './control-limits.ts';

export type Subgroups = {
  readonly sizes: Float64Array;
  readonly means: Float64Array;
  /** NaN in subgroups of one. */
  readonly ranges: Float64Array;
  readonly sds: Float64Array;
};

/** @param groups values of each subgroup, at least one in each */
export function summariseSubgroups(groups: readonly Float64Array[]): Subgroups {
  const several = (values: Float64Array, f: () => number): number => (values.length < 2 ? Number.NaN : f());
  return {
    sizes: Float64Array.from(groups, (values) => values.length),
    means: Float64Array.from(groups, mean),
    ranges: Float64Array.from(groups, (values) =>
      several(values, () => values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b))),
    ),
    sds: Float64Array.from(groups, (values) => Math.sqrt(variance(values))),
  };
}

export type SigmaMethod = 'range' | 'sd' | 'pooled';

/**
 * The standard deviation within subgroups of the baseline: mean of Rᵢ/d₂(nᵢ), mean of Sᵢ/c₄(nᵢ), or the root of the pooled variance
 * (Montgomery 2019, Introduction to Statistical Quality Control, §6.2–6.3; qcc's UWAVE-R, UWAVE-SD and RMSDF without its correction).
 */
export function sigmaWithin({ sizes, ranges, sds }: Subgroups, { from, to }: Baseline): Record<SigmaMethod, number> {
  const used = Array.from({ length: to - from }, (_none, k) => from + k).filter((i) => (sizes[i] as number) > 1);
  const constants = new Map(used.map((i) => [sizes[i] as number, { d2: 0, c4: 0 }]));
  for (const [n, found] of constants) {
    found.d2 = meanRange(n);
    found.c4 = meanSd(n);
  }
  const constant = (i: number): { readonly d2: number; readonly c4: number } =>
    constants.get(sizes[i] as number) as { d2: number; c4: number };
  const squares = used.map((i) => ((sizes[i] as number) - 1) * (sds[i] as number) ** 2);
  return {
    range: mean(used.map((i) => (ranges[i] as number) / constant(i).d2)),
    sd: mean(used.map((i) => (sds[i] as number) / constant(i).c4)),
    pooled: Math.sqrt(sum(squares) / sum(used.map((i) => (sizes[i] as number) - 1))),
  };
}

/** x̄ chart: the mean of the baseline ± 3σ/√n. */
export function meanChart({ sizes, means }: Subgroups, { from, to }: Baseline, sigma: number): ChartLimits {
  const total = means.map((value, i) => value * (sizes[i] as number));
  const centre = sum(total.subarray(from, to)) / sum(sizes.subarray(from, to));
  return limitsOf(
    means,
    () => centre,
    (i) => sigma / Math.sqrt(sizes[i] as number),
  );
}

/** R chart: d₂σ ± 3·d₃σ, cut off at 0; with equal sizes, R̄ between D₃R̄ and D₄R̄. */
export function rangeChart({ sizes, ranges }: Subgroups, sigma: number): ChartLimits {
  const known = remember((n) => ({ centre: meanRange(n), spread: sdOfRange(n) }));
  return limitsOf(
    ranges,
    (i) => known(sizes[i] as number).centre * sigma,
    (i) => known(sizes[i] as number).spread * sigma,
    0,
  );
}

/** S chart: c₄σ ± 3σ√(1 − c₄²), cut off at 0; with equal sizes, S̄ between B₃S̄ and B₄S̄. */
export function sdChart({ sizes, sds }: Subgroups, sigma: number): ChartLimits {
  const known = remember((n) => ({ centre: meanSd(n), spread: Math.sqrt(1 - meanSd(n) ** 2) }));
  return limitsOf(
    sds,
    (i) => known(sizes[i] as number).centre * sigma,
    (i) => known(sizes[i] as number).spread * sigma,
    0,
  );
}

function remember<Found>(f: (n: number) => Found): (n: number) => Found {
  const found = new Map<number, Found>();
  return (n) => {
    const known = found.get(n);
    if (known !== undefined) return known;
    const made = f(n);
    found.set(n, made);
    return made;
  };
}
