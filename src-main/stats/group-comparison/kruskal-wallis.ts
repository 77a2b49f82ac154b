import { chiSquaredUpperTail } from '../distributions/chi-squared.ts';

export type KruskalWallis = {
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
  /** Mean rank of each group among all values. */
  readonly meanRanks: readonly number[];
  /** Whether any values are equal. */
  readonly tied: boolean;
};

/**
 * Kruskal and Wallis's test that independent samples come from one distribution (1952, JASA 47:583), divided by
 * 1 − Σ(t³ − t)/(n³ − n) for ties, by chi-squared; as R's `kruskal.test(y ~ group)`. Null where every value is the same.
 * @param groups at least two, none empty
 */
export function kruskalWallis(groups: readonly Float64Array[]): KruskalWallis | null {
  const n = groups.reduce((total, values) => total + values.length, 0);
  const sorted = new Float64Array(n);
  let place = 0;
  for (const values of groups) {
    sorted.set(values, place);
    place += values.length;
  }
  sorted.sort();
  const { middle, tied } = midRankTable(sorted);
  const middleOfAll = (n + 1) / 2;
  const meanRanks: number[] = [];
  let between = 0;
  for (const values of groups) {
    let deviation = 0;
    for (const value of values) deviation += (middle[firstPlace(sorted, value)] as number) - middleOfAll;
    meanRanks.push(middleOfAll + deviation / values.length);
    between += (deviation * deviation) / values.length;
  }
  const correction = 1 - tied / (n * (n - 1) * (n + 1));
  if (!(correction > 0)) return null;
  const statistic = ((12 / (n * (n + 1))) * between) / correction;
  const df = groups.length - 1;
  return { statistic, df, p: chiSquaredUpperTail(statistic, df), meanRanks, tied: tied > 0 };
}

/** Mid-rank at the first place of each group of equal values, and Σ(t³ − t). */
function midRankTable(sorted: Float64Array): { readonly middle: Float64Array; readonly tied: number } {
  const middle = new Float64Array(sorted.length);
  let tied = 0;
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end += 1;
    middle[start] = (start + end + 1) / 2;
    const size = end - start;
    tied += size * (size - 1) * (size + 1);
    start = end;
  }
  return { middle, tied };
}

function firstPlace(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
