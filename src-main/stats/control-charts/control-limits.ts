/** Points of a chart with the limits that belong to each; all of one length. */
export type ChartLimits = {
  readonly values: Float64Array;
  readonly centre: Float64Array;
  /** A third of the way from the centre to an uncut limit. */
  readonly sigma: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
};

/** Limits three sigma from the centre, cut off where no value can lie. */
export function limitsOf(
  values: Float64Array,
  centre: (point: number) => number,
  sigma: (point: number) => number,
  least = Number.NEGATIVE_INFINITY,
  most = Number.POSITIVE_INFINITY,
): ChartLimits {
  const n = values.length;
  const centres = Float64Array.from({ length: n }, (_none, i) => centre(i));
  const sigmas = Float64Array.from({ length: n }, (_none, i) => sigma(i));
  return {
    values,
    centre: centres,
    sigma: sigmas,
    lower: centres.map((value, i) => Math.max(least, value - 3 * (sigmas[i] as number))),
    upper: centres.map((value, i) => Math.min(most, value + 3 * (sigmas[i] as number))),
  };
}

/** Points from which the limits are found, `from` counted from 0, `to` not among them. */
export type Baseline = { readonly from: number; readonly to: number };
