import type { KeptDuty } from './kept-duties.ts';

/** Who is on duty in one place, as a count at any moment. */
export class OnDuty {
  readonly #starts: Float64Array;
  readonly #ends: Float64Array;

  constructor(duties: readonly KeptDuty[]) {
    this.#starts = Float64Array.from(duties, ({ start }) => start).sort();
    this.#ends = Float64Array.from(duties, ({ end }) => end).sort();
  }

  /** The fewest on duty at any moment from `from` until before `until`, UTC epoch seconds. */
  fewest(from: number, until: number): number {
    let fewest = this.#at(from);
    // Fewer are there only after somebody has gone.
    for (let at = upTo(this.#ends, from); at < this.#ends.length; at += 1) {
      const end = this.#ends[at] as number;
      if (end >= until) break;
      fewest = Math.min(fewest, this.#at(end));
    }
    return fewest;
  }

  #at(moment: number): number {
    return upTo(this.#starts, moment) - upTo(this.#ends, moment);
  }
}

/** How many of the sorted values are at most `value`. */
function upTo(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of those on duty may be away at once; a share such as 0.2 of 15 is exactly 3. */
export function mayBeAway(onDuty: number, awayShare: number): number {
  return Math.floor(onDuty * awayShare + 1e-9);
}
