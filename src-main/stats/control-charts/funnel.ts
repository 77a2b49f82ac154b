import { binomialCdf, binomialQuantile } from '../distributions/binomial.ts';
import { normalQuantile } from '../distributions/normal.ts';
import { quantile } from '../numeric/quantile.ts';
import { sum } from '../numeric/sums.ts';

/** Shares of cases among people at risk, or observed over expected counts. */
export type FunnelMeasure = 'proportion' | 'ratio';

export type Funnel = {
  readonly target: number;
  readonly values: Float64Array;
  /** Distance from the target in standard errors, on the plain scale and on that where the variance is steady. */
  readonly z: Float64Array;
  readonly steadyZ: Float64Array;
  /** The same with the variance between units added. */
  readonly adjustedZ: Float64Array;
  /** Mean of squared z after winsorising, on either scale: 1 where there is chance alone. */
  readonly phi: number;
  readonly steadyPhi: number;
  /** Variance between units on the steady scale. */
  readonly tau2: number;
};

/** How far a limit lies from the target, as a normal quantile: 1.96 and 3.09 for 95% and 99.8%. */
export const funnelQuantiles = { inner: normalQuantile(0.975), outer: normalQuantile(0.999) } as const;

const scales = {
  proportion: {
    to: (value: number) => Math.asin(Math.sqrt(value)),
    from: (value: number) => Math.sin(value) ** 2,
    end: Math.PI / 2,
  },
  ratio: { to: Math.sqrt, from: (value: number) => value * value, end: Number.POSITIVE_INFINITY },
} as const;

/**
 * Funnel plot with overdispersion (Spiegelhalter 2005, Statistics in Medicine 24:1185; Spiegelhalter et al. 2012, JRSS A 175:1): z of arcsin √p or √(O/E), with
 * s = 1/(2√n), winsorised at 10%; φ its mean square; τ² = max(0, (kφ − (k − 1))/(Σw − Σw²/Σw)), w = 1/s². As FunnelPlotR's "SHMI" method.
 * @param denominators people at risk, or expected counts; greater than 0
 * @param target the pooled share or ratio where null
 */
export function funnel(
  measure: FunnelMeasure,
  counts: Float64Array,
  denominators: Float64Array,
  target: number | null,
): Funnel {
  const centre = target ?? sum(counts) / sum(denominators);
  const values = counts.map((count, i) => count / (denominators[i] as number));
  const spread = measure === 'proportion' ? Math.sqrt(centre * (1 - centre)) : Math.sqrt(centre);
  const z = values.map((value, i) => ((value - centre) / spread) * Math.sqrt(denominators[i] as number));
  const { to } = scales[measure];
  const distances = values.map((value) => to(value) - to(centre));
  const steadyZ = distances.map((distance, i) => distance * 2 * Math.sqrt(denominators[i] as number));
  const steadyPhi = winsorisedSquare(steadyZ);
  const weights = denominators.map((denominator) => 4 * denominator);
  const total = sum(weights);
  const k = counts.length;
  const room = total - sum(weights.map((weight) => weight * weight)) / total;
  const tau2 = room > 0 ? Math.max(0, (k * steadyPhi - (k - 1)) / room) : 0;
  return {
    target: centre,
    values,
    z,
    steadyZ,
    adjustedZ: distances.map((distance, i) => distance / Math.sqrt(1 / (weights[i] as number) + tau2)),
    phi: winsorisedSquare(z),
    steadyPhi,
    tau2,
  };
}

/** Mean square after values beyond the 10% and 90% quantiles (type 7) are moved to them. */
function winsorisedSquare(z: Float64Array): number {
  const [low, high] = [quantile(z, 0.1), quantile(z, 0.9)];
  return sum(z.map((value) => Math.min(Math.max(value, low), high) ** 2)) / z.length;
}

export type FunnelLimits = { readonly low: number; readonly high: number };

/** Limits on the steady scale with τ² added, turned back. */
export function adjustedLimits(
  measure: FunnelMeasure,
  { target, tau2 }: Pick<Funnel, 'target' | 'tau2'>,
  denominator: number,
  z: number,
): FunnelLimits {
  const { to, from, end } = scales[measure];
  const width = z * Math.sqrt(1 / (4 * denominator) + tau2);
  return { low: from(Math.max(0, to(target) - width)), high: from(Math.min(end, to(target) + width)) };
}

/** target ± z standard errors, not cut off. */
export function normalLimits(measure: FunnelMeasure, target: number, denominator: number, z: number): FunnelLimits {
  const width = z * Math.sqrt((measure === 'proportion' ? target * (1 - target) : target) / denominator);
  return { low: target - width, high: target + width };
}

/**
 * Exact binomial limits, interpolated so that they fall smoothly with n (Spiegelhalter 2005, appendix A.1.1): (r − α)/n with r the least number that
 * has P(X ≤ r) ≥ q, α = (P(X ≤ r) − q)/P(X = r).
 */
export function exactLimits(target: number, denominator: number, tail: number): FunnelLimits {
  const limit = (q: number): number => {
    const r = binomialQuantile(q, denominator, target);
    const at = binomialCdf(r, denominator, target);
    const below = binomialCdf(r - 1, denominator, target);
    return (r - (at - q) / (at - below)) / denominator;
  };
  return { low: Math.max(0, limit(tail)), high: Math.min(1, limit(1 - tail)) };
}
