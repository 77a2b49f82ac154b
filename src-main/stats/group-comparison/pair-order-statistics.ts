/**
 * Order statistics of all differences a − b, or of all Walsh averages (a + a′)/2, without making the n² pairs: bisection on the
 * value, the pairs below counted in one pass over the sorted samples, and the last few pairs sorted (after Johnson and Mizoguchi
 * 1978, SIAM Journal on Computing 7:147).
 */
export type Pairs = {
  readonly count: number;
  readonly least: number;
  readonly most: number;
  /** Pairs of value ≤ v. */
  readonly atMost: (v: number) => number;
  /** The smallest value above v; ∞ where there is none. */
  readonly nextAbove: (v: number) => number;
  /** Pairs of value in (from, to], at most `room`. */
  readonly between: (from: number, to: number, room: number) => Float64Array;
};

/** @param first sorted @param second sorted, both rising and not empty */
export function differencePairs(first: Float64Array, second: Float64Array): Pairs {
  const m = first.length;
  const n = second.length;
  return {
    count: m * n,
    least: (first[0] as number) - (second[n - 1] as number),
    most: (first[m - 1] as number) - (second[0] as number),
    atMost: (v) => {
      let total = 0;
      // The larger a is, the more of the b must be passed before a − b ≤ v.
      let j = 0;
      for (let i = 0; i < m && j < n; i += 1) {
        const a = first[i] as number;
        while (j < n && a - (second[j] as number) > v) j += 1;
        total += n - j;
      }
      return total;
    },
    nextAbove: (v) => {
      let least = Number.POSITIVE_INFINITY;
      let j = 0;
      for (let i = 0; i < m; i += 1) {
        const a = first[i] as number;
        while (j < n && a - (second[j] as number) > v) j += 1;
        if (j > 0) least = Math.min(least, a - (second[j - 1] as number));
      }
      return least;
    },
    between: (from, to, room) => {
      const found = new Float64Array(room);
      let next = 0;
      let start = 0;
      for (let i = 0; i < m; i += 1) {
        const a = first[i] as number;
        while (start < n && a - (second[start] as number) > to) start += 1;
        for (let j = start; j < n; j += 1) {
          const value = a - (second[j] as number);
          if (value <= from) break;
          found[next] = value;
          next += 1;
        }
      }
      return found.subarray(0, next);
    },
  };
}

/** Walsh averages (Walsh 1949): of each value with itself and with every later one. @param values sorted, rising, not empty */
export function walshPairs(values: Float64Array): Pairs {
  const n = values.length;
  const average = (i: number, j: number): number => (values[i] as number) / 2 + (values[j] as number) / 2;
  return {
    count: (n * (n + 1)) / 2,
    least: values[0] as number,
    most: values[n - 1] as number,
    atMost: (v) => {
      let total = 0;
      let j = n - 1;
      for (let i = 0; i < n && j >= i; i += 1) {
        while (j >= i && average(i, j) > v) j -= 1;
        total += Math.max(0, j - i + 1);
      }
      return total;
    },
    nextAbove: (v) => {
      let least = Number.POSITIVE_INFINITY;
      let j = n - 1;
      for (let i = 0; i < n; i += 1) {
        while (j >= i && average(i, j) > v) j -= 1;
        const above = Math.max(i, j + 1);
        if (above < n) least = Math.min(least, average(i, above));
      }
      return least;
    },
    between: (from, to, room) => {
      const found = new Float64Array(room);
      let next = 0;
      let end = n - 1;
      for (let i = 0; i < n && end >= i; i += 1) {
        while (end >= i && average(i, end) > to) end -= 1;
        for (let j = end; j >= i; j -= 1) {
          const value = average(i, j);
          if (value <= from) break;
          found[next] = value;
          next += 1;
        }
      }
      return found.subarray(0, next);
    },
  };
}

/** Pairs that are sorted rather than bisected. */
const fewPairs = 200_000;

/** The kth smallest, k from 1. */
export function orderStatistic(pairs: Pairs, k: number): number {
  const place = Math.min(Math.max(1, k), pairs.count);
  let high = pairs.most;
  let low = pairs.least;
  let atLow = pairs.atMost(low);
  if (atLow >= place) return low;
  let atHigh = pairs.count;
  // Pairs of value in (low, high] hold the one looked for.
  while (atHigh - atLow > fewPairs) {
    const middle = low / 2 + high / 2;
    if (!(middle > low && middle < high)) return high;
    const below = pairs.atMost(middle);
    if (below >= place) {
      high = middle;
      atHigh = below;
    } else {
      low = middle;
      atLow = below;
    }
  }
  return pairs.between(low, high, atHigh - atLow).sort()[place - atLow - 1] as number;
}

/** The median: the mean of the two in the middle where their number is even. */
export function medianOfPairs(pairs: Pairs): number {
  const half = Math.floor((pairs.count + 1) / 2);
  const lower = orderStatistic(pairs, half);
  if (pairs.count % 2 === 1 || pairs.atMost(lower) > half) return lower;
  return lower / 2 + pairs.nextAbove(lower) / 2;
}
