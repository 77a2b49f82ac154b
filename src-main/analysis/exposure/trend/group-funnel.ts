import { adjustedLimits, funnel, funnelQuantiles } from '#main/stats/control-charts/funnel.ts';
import { sum } from '#main/stats/numeric/sums.ts';
import { perDays } from './trend-chart.ts';

export type FunnelGroup = {
  readonly group: string;
  readonly count: number;
  readonly denominator: number;
  readonly share: boolean;
  /** Where others than the rate of all groups say it. */
  readonly expected?: number;
};

export type FunnelPoint = {
  readonly group: string;
  readonly count: number;
  readonly denominator: number;
  /** At the rate of all groups together, or of the same roles. */
  readonly expected: number;
  /** Per 100 days of the denominator, as are the limits; with roles alike, as if the group had the roles of all. */
  readonly rate: number;
  /** 95% and 99.8% limits with the spread between groups allowed for. */
  readonly inner: { readonly low: number; readonly high: number };
  readonly outer: { readonly low: number; readonly high: number };
  readonly z: number;
  /** Beyond the 99.8% limits. */
  readonly outside: 'high' | 'low' | null;
  /** Fewer than five are to be expected: the limits are rough. */
  readonly rough: boolean;
  readonly share: boolean;
};

export type GroupFunnel = {
  readonly rate: number;
  /** Mean square of z after winsorising: 1 where there is chance alone. */
  readonly phi: number;
  /** Variance between groups that the limits allow for, on √(observed ÷ expected). */
  readonly tau2: number;
  readonly points: readonly FunnelPoint[];
};

const leastGroups = 3;

/** Groups against the rate of all of them, by size (`conventions.md` › spc); null under three groups or without events. */
export function groupFunnel(groups: readonly FunnelGroup[]): GroupFunnel | null {
  const used = groups.filter(({ denominator }) => denominator > 0);
  const counts = Float64Array.from(used, ({ count }) => count);
  const days = Float64Array.from(used, ({ denominator }) => denominator);
  const all = sum(counts);
  if (used.length < leastGroups || all === 0) return null;
  const rate = all / sum(days);
  const expected = days.map((value, i) => used[i]?.expected ?? value * rate);
  const found = funnel('ratio', counts, expected, 1);
  const points = used.map((group, i): FunnelPoint => {
    const n = expected[i] as number;
    const z = found.adjustedZ[i] as number;
    const limits = (quantile: number) => {
      const { low, high } = adjustedLimits('ratio', found, n, quantile);
      return { low: low * rate * perDays, high: high * rate * perDays };
    };
    return {
      ...group,
      expected: n,
      rate: (group.count / n) * rate * perDays,
      inner: limits(funnelQuantiles.inner),
      outer: limits(funnelQuantiles.outer),
      z,
      outside: Math.abs(z) <= funnelQuantiles.outer ? null : z > 0 ? 'high' : 'low',
      rough: n < 5,
    };
  });
  return { rate: rate * perDays, phi: found.steadyPhi, tau2: found.tau2, points };
}
