export type RankStatistic = {
  /** Mann–Whitney U of the first sample, or Wilcoxon's V of the positive values. */
  readonly statistic: number;
  /** Sizes of the groups of equal values, those of one left out. */
  readonly ties: readonly number[];
};

/**
 * Mann and Whitney's U of the first sample (1947, Annals of Mathematical Statistics 18:50): pairs in which its value is the
 * larger, ties counting one half. R's W. By merging, without a rank for each value.
 * @param first sorted, rising
 * @param second sorted, rising
 */
export function rankSumStatistic(first: Float64Array, second: Float64Array): RankStatistic {
  const ties: number[] = [];
  let statistic = 0;
  let i = 0;
  let j = 0;
  while (i < first.length) {
    const value = first[i] as number;
    while (j < second.length && (second[j] as number) < value) j = skipTies(second, j, ties);
    const fromFirst = endOfTies(first, i) - i;
    const fromSecond = j < second.length && second[j] === value ? endOfTies(second, j) - j : 0;
    statistic += fromFirst * (j + fromSecond / 2);
    noteTie(ties, fromFirst + fromSecond);
    i += fromFirst;
    j += fromSecond;
  }
  while (j < second.length) j = skipTies(second, j, ties);
  return { statistic, ties };
}

/**
 * Wilcoxon's V (1945, Biometrics Bulletin 1:80): the sum of the ranks of the positive values among the absolute ones, ties
 * sharing their mean rank. Zeros must have been left out.
 */
export function signedRankStatistic(values: Float64Array): RankStatistic {
  const positive = values.filter((value) => value > 0).sort();
  const negative = values
    .filter((value) => value < 0)
    .map((value) => -value)
    .sort();
  const { statistic, ties } = rankSumStatistic(positive, negative);
  return { statistic: statistic + (positive.length * (positive.length + 1)) / 2, ties };
}

/** Σ(t³ − t) over the groups of ties. */
export function tieSum(ties: readonly number[]): number {
  let total = 0;
  for (const size of ties) total += size * (size - 1) * (size + 1);
  return total;
}

/** Sizes of the groups of equal values of a sorted sample. */
export function tiesOfSorted(values: Float64Array): number[] {
  const ties: number[] = [];
  for (let at = 0; at < values.length; ) at = skipTies(values, at, ties);
  return ties;
}

function endOfTies(values: Float64Array, from: number): number {
  const value = values[from];
  let end = from + 1;
  while (end < values.length && values[end] === value) end += 1;
  return end;
}

function skipTies(values: Float64Array, from: number, ties: number[]): number {
  const end = endOfTies(values, from);
  noteTie(ties, end - from);
  return end;
}

function noteTie(ties: number[], size: number): void {
  if (size > 1) ties.push(size);
}
