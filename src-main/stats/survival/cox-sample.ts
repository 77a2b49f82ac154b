import type { Matrix } from '../linear-algebra/matrix.ts';
import { type Covariates, standardise } from './covariates.ts';
import type { Grouping } from './grouping.ts';
import type { FollowUp } from './near-times.ts';

/** Data of a Cox model, sorted by stratum and then by the end of follow-up. */
export type CoxSample = {
  readonly x: Covariates;
  readonly time: Float64Array;
  readonly entry: Float64Array | null;
  readonly status: Float64Array;
  /** Centred; zeros where the model has none. */
  readonly offset: Float64Array;
  /** What was taken off every offset. */
  readonly offsetCentre: number;
  /** Row of the data at each place. */
  readonly order: Int32Array;
  /** First place of each stratum, then n. */
  readonly strata: Int32Array;
  /** Places of each stratum by falling entry; null without late entry. */
  readonly byEntry: Int32Array | null;
};

/** @param design with an intercept first, which a Cox model has no use for */
export function coxSample(
  design: Matrix,
  follow: FollowUp,
  status: Float64Array,
  offset: Float64Array | null,
  strata: Grouping,
): CoxSample {
  const n = status.length;
  const { codes } = strata;
  const rows = Int32Array.from({ length: n }, (_none, row) => row);
  const order = rows.sort(
    (a, b) =>
      (codes[a] as number) - (codes[b] as number) || (follow.time[a] as number) - (follow.time[b] as number) || a - b,
  );
  const pick = (values: Float64Array): Float64Array => Float64Array.from(order, (row) => values[row] as number);
  const starts: number[] = [];
  for (let place = 0; place < n; place += 1) {
    if (place === 0 || codes[order[place] as number] !== codes[order[place - 1] as number]) starts.push(place);
  }
  starts.push(n);
  const entry = follow.entry ? pick(follow.entry) : null;
  const offsetCentre = offset ? offset.reduce((a, b) => a + b, 0) / n : 0;
  return {
    x: standardise(design, order),
    time: pick(follow.time),
    entry,
    status: pick(status),
    offset: offset ? pick(offset).map((value) => value - offsetCentre) : new Float64Array(n),
    offsetCentre,
    order,
    strata: Int32Array.from(starts),
    byEntry: entry && placesByEntry(entry, starts),
  };
}

function placesByEntry(entry: Float64Array, starts: readonly number[]): Int32Array {
  const places = Int32Array.from({ length: entry.length }, (_none, place) => place);
  for (let s = 0; s + 1 < starts.length; s += 1) {
    places.subarray(starts[s], starts[s + 1]).sort((a, b) => (entry[b] as number) - (entry[a] as number));
  }
  return places;
}
