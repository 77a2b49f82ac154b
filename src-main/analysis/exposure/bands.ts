import { quantileOfSorted } from '#main/stats/numeric/quantile.ts';

/** Thirds of a group, the lowest first. */
export const bands = ['lowest third', 'middle third', 'highest third'] as const;

/** Thirds by type-7 quantiles, as indices of `bands`; equal values share a band. */
export function bandsOf(values: Float64Array): Uint8Array {
  const sorted = Float64Array.from(values).sort();
  const cuts = [quantileOfSorted(sorted, 1 / 3), quantileOfSorted(sorted, 2 / 3)];
  return Uint8Array.from(values, (value) => cuts.filter((cut) => value > cut).length);
}

/** A table of bands by bands, all 0. */
export function emptyBandTable(): number[][] {
  return bands.map(() => bands.map(() => 0));
}
