import { ExpectedError } from '#shared/domain/result.ts';

/** Times that end follow-up, and those that begin it; `entry` null where all begin at the start. */
export type FollowUp = { readonly time: Float64Array; readonly entry: Float64Array | null };

const tolerance = Math.sqrt(Number.EPSILON);

/** The values in rising order, each once. */
export function distinctSorted(...lists: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(lists.reduce((total, list) => total + list.length, 0));
  let place = 0;
  for (const list of lists) {
    all.set(list, place);
    place += list.length;
  }
  all.sort();
  let kept = 0;
  for (let i = 0; i < all.length; i += 1) {
    if (kept > 0 && all[i] === all[kept - 1]) continue;
    all[kept] = all[i] as number;
    kept += 1;
  }
  return all.slice(0, kept);
}

/** Place of the last value that is at most x, −1 where all are above. */
export function lastAtMost(sorted: Float64Array, x: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= x) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * Makes times equal that differ by rounding alone (0.1 + 0.2 and 0.3): each joins the one before it when the gap is at most
 * √ε, absolutely or as a share of the mean distinct time. The rule of `aeqSurv` in R's survival, which its functions apply.
 * @throws ExpectedError REFUSED_MODEL where a start becomes equal to its stop.
 */
export function mergeNearTimes({ time, entry }: FollowUp): FollowUp {
  const distinct = entry ? distinctSorted(time, entry) : distinctSorted(time);
  let total = 0;
  for (const value of distinct) total += Math.abs(value);
  const mean = total / distinct.length;
  const starts: number[] = [];
  for (let i = 0; i < distinct.length; i += 1) {
    const gap = i === 0 ? Number.POSITIVE_INFINITY : (distinct[i] as number) - (distinct[i - 1] as number);
    if (gap > tolerance && gap / mean > tolerance) starts.push(distinct[i] as number);
  }
  if (starts.length === distinct.length) return { time, entry };
  const cuts = Float64Array.from(starts);
  const merged = (values: Float64Array): Float64Array => values.map((value) => cuts[lastAtMost(cuts, value)] as number);
  const result = { time: merged(time), entry: entry ? merged(entry) : null };
  const empty = result.entry ? result.entry.findIndex((start, i) => start >= (result.time[i] as number)) : -1;
  if (empty >= 0) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `A start and its stop, ${entry?.[empty]} and ${time[empty]}, differ by no more than rounding.`,
      'Nothing was computed. Correct the times, or give them in a larger unit.',
    );
  }
  return result;
}
