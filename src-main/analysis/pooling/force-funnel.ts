import { adjustedLimits, type FunnelMeasure, funnel, funnelQuantiles } from '#main/stats/control-charts/funnel.ts';
import { sum } from '#main/stats/numeric/sums.ts';

export type ForceCount = { readonly force: string; readonly numerator: number; readonly denominator: number };

type Range = { readonly low: number; readonly high: number };

export type ForceFunnel = {
  /** Of all forces together, told as the indicator is. */
  readonly centre: number;
  /** Mean square of z after winsorising: 1 where there is chance alone. */
  readonly phi: number;
  /** Variance between forces that the limits allow for, on the steady scale. */
  readonly tau2: number;
  readonly points: readonly (ForceCount & {
    readonly value: number;
    /** 95% and 99.8% limits with the spread between forces allowed for, and 99.8% by chance alone. */
    readonly inner: Range;
    readonly outer: Range;
    readonly chance: Range;
    readonly z: number;
    /** Beyond the 99.8% limits. */
    readonly outside: 'high' | 'low' | null;
  })[];
};

const leastForces = 3;

/** Forces against all of them together, by size (`conventions.md` › spc); null under three forces, or where nothing was counted. */
export function forceFunnel(counts: readonly ForceCount[], measure: FunnelMeasure, times: number): ForceFunnel | null {
  const numerators = Float64Array.from(counts, ({ numerator }) => numerator);
  const denominators = Float64Array.from(counts, ({ denominator }) => denominator);
  const rate = sum(numerators) / sum(denominators);
  if (counts.length < leastForces || !(rate > 0) || (measure === 'proportion' && rate >= 1)) return null;
  // Events are held against those expected at the rate of all, shares of people against the share of all.
  const sizes = measure === 'ratio' ? denominators.map((value) => value * rate) : denominators;
  const found = funnel(measure, numerators, sizes, measure === 'ratio' ? 1 : rate);
  const told = measure === 'ratio' ? rate * times : times;
  const limits = (size: number, quantile: number, tau2: number): Range => {
    const { low, high } = adjustedLimits(measure, { target: found.target, tau2 }, size, quantile);
    return { low: low * told, high: high * told };
  };
  return {
    centre: rate * times,
    phi: found.steadyPhi,
    tau2: found.tau2,
    points: counts.map((count, at) => {
      const size = sizes[at] as number;
      const z = found.adjustedZ[at] as number;
      return {
        ...count,
        value: (times * count.numerator) / count.denominator,
        inner: limits(size, funnelQuantiles.inner, found.tau2),
        outer: limits(size, funnelQuantiles.outer, found.tau2),
        chance: limits(size, funnelQuantiles.outer, 0),
        z,
        outside: Math.abs(z) <= funnelQuantiles.outer ? null : z > 0 ? 'high' : 'low',
      };
    }),
  };
}
