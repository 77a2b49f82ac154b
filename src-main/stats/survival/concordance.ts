import type { CoxSample } from './cox-sample.ts';
import { distinctSorted, lastAtMost } from './near-times.ts';

export type Concordance = {
  readonly concordance: number;
  readonly se: number;
  readonly concordant: number;
  readonly discordant: number;
  readonly tiedPrediction: number;
};

/** Counts of values by rank, with cumulative counts in O(log n) (Fenwick 1994, Software: Practice and Experience 24:327). */
class RankCounts {
  readonly #tree: Int32Array;
  #total = 0;

  constructor(size: number) {
    this.#tree = new Int32Array(size + 1);
  }

  get total(): number {
    return this.#total;
  }

  add(rank: number, change: number): void {
    this.#total += change;
    for (let i = rank + 1; i < this.#tree.length; i += i & -i) this.#tree[i] = (this.#tree[i] as number) + change;
  }

  /** How many have a rank below this one. */
  below(rank: number): number {
    let count = 0;
    for (let i = rank; i > 0; i -= i & -i) count += this.#tree[i] as number;
    return count;
  }
}

/**
 * Harrell's concordance: among pairs in which it is known who had the event first, the share in which that one had the higher
 * linear predictor, equal ones counting half; pairs within strata only. Its standard error is the infinitesimal jackknife, summed
 * by cluster where there are clusters. O(n log n). Equals `survival::concordance`.
 * @param cluster code of each place's cluster, or null
 */
export function concordanceOf(sample: CoxSample, eta: Float64Array, cluster: Int32Array | null): Concordance {
  const { strata } = sample;
  const distinct = distinctSorted(eta);
  const ranks = Int32Array.from(eta, (value) => lastAtMost(distinct, value));
  const won = new Float64Array(eta.length);
  const lost = new Float64Array(eta.length);
  const level = new Float64Array(eta.length);
  for (let s = 0; s + 1 < strata.length; s += 1) {
    const from = strata[s] as number;
    const to = strata[s + 1] as number;
    countForEvents(sample, ranks, distinct.length, from, to, { won, lost, level });
    countForOthers(sample, ranks, distinct.length, from, to, { won, lost, level });
  }
  // Each pair was counted once for either of the two.
  const half = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / 2;
  const concordant = half(won);
  const discordant = half(lost);
  const tiedPrediction = half(level);
  const pairs = concordant + discordant + tiedPrediction;
  const concordance = (concordant + tiedPrediction / 2) / pairs;
  const influence = won.map(
    (value, i) =>
      (value + (level[i] as number) / 2 - concordance * (value + (lost[i] as number) + (level[i] as number))) / pairs,
  );
  return { concordance, se: Math.sqrt(sumOfSquaresBy(influence, cluster)), concordant, discordant, tiedPrediction };
}

type Counts = { readonly won: Float64Array; readonly lost: Float64Array; readonly level: Float64Array };

function sumOfSquaresBy(values: Float64Array, cluster: Int32Array | null): number {
  if (!cluster) return values.reduce((total, value) => total + value * value, 0);
  const sums = new Float64Array(cluster.reduce((a, b) => Math.max(a, b), 0) + 1);
  for (let i = 0; i < values.length; i += 1) {
    const code = cluster[i] as number;
    sums[code] = (sums[code] as number) + (values[i] as number);
  }
  return sums.reduce((total, value) => total + value * value, 0);
}

/** For each event: those at risk who outlast it. */
function countForEvents(
  { time, entry, status, byEntry }: CoxSample,
  ranks: Int32Array,
  size: number,
  from: number,
  to: number,
  { won, lost, level }: Counts,
): void {
  const later = new RankCounts(size);
  let left = from;
  for (let end = to; end > from; ) {
    const now = time[end - 1] as number;
    let start = end;
    while (start > from && time[start - 1] === now) start -= 1;
    // Someone censored at the time of an event outlasts it.
    for (let i = start; i < end; i += 1) if (status[i] === 0) later.add(ranks[i] as number, 1);
    if (byEntry && entry) {
      for (; left < to && (entry[byEntry[left] as number] as number) >= now; left += 1) {
        later.add(ranks[byEntry[left] as number] as number, -1);
      }
    }
    for (let i = start; i < end; i += 1) {
      if (status[i] === 0) continue;
      const rank = ranks[i] as number;
      const below = later.below(rank);
      const through = later.below(rank + 1);
      won[i] = (won[i] as number) + below;
      level[i] = (level[i] as number) + through - below;
      lost[i] = (lost[i] as number) + later.total - through;
    }
    for (let i = start; i < end; i += 1) if (status[i] === 1) later.add(ranks[i] as number, 1);
    end = start;
  }
}

/** For each one: the events that it outlasted while at risk. */
function countForOthers(
  { time, entry, status, byEntry }: CoxSample,
  ranks: Int32Array,
  size: number,
  from: number,
  to: number,
  counts: Counts,
): void {
  const earlier = new RankCounts(size);
  const count = (i: number, sign: number): void => {
    const rank = ranks[i] as number;
    const below = earlier.below(rank);
    const through = earlier.below(rank + 1);
    counts.lost[i] = (counts.lost[i] as number) + sign * below;
    counts.level[i] = (counts.level[i] as number) + sign * (through - below);
    counts.won[i] = (counts.won[i] as number) + sign * (earlier.total - through);
  };
  let entering = to - 1;
  for (let start = from; start < to; ) {
    const now = time[start] as number;
    // Events up to an entry were not witnessed: they are counted off before those of later times come in.
    if (byEntry && entry) {
      for (; entering >= from && (entry[byEntry[entering] as number] as number) < now; entering -= 1) {
        count(byEntry[entering] as number, -1);
      }
    }
    let end = start;
    while (end < to && time[end] === now) end += 1;
    for (let i = start; i < end; i += 1) if (status[i] === 1) count(i, 1);
    for (let i = start; i < end; i += 1) if (status[i] === 1) earlier.add(ranks[i] as number, 1);
    for (let i = start; i < end; i += 1) if (status[i] === 0) count(i, 1);
    start = end;
  }
}
