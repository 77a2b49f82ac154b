/** Probabilities of the values 0, 1, 2 … of a rank statistic under the null hypothesis. */
export type RankDistribution = Float64Array;

/** Steps that an exact distribution may take: a few seconds. */
const mostSteps = 2e9;

export function exactRankSumFits(m: number, n: number): boolean {
  return (m * n) ** 2 <= mostSteps;
}

export function exactSignedRankFits(n: number): boolean {
  return n ** 3 / 2 <= mostSteps;
}

/**
 * Exact distribution of Mann–Whitney's U without ties: the largest of all values is of the first sample with probability
 * m/(m + n) (Mann and Whitney 1947, eq. 4, as probabilities). As R's `dwilcox`.
 */
export function rankSumDistribution(m: number, n: number): RankDistribution {
  const small = Math.min(m, n);
  const large = Math.max(m, n);
  // Row i holds the distribution for i values against j of the other sample, j growing.
  let rows: Float64Array[] = Array.from({ length: small + 1 }, () => Float64Array.of(1));
  for (let j = 1; j <= large; j += 1) {
    const next: Float64Array[] = [Float64Array.of(1)];
    for (let i = 1; i <= small; i += 1) {
      const fewer = rows[i] as Float64Array;
      const shifted = next[i - 1] as Float64Array;
      const out = new Float64Array(i * j + 1);
      const ours = i / (i + j);
      const theirs = j / (i + j);
      for (let u = 0; u < fewer.length; u += 1) out[u] = theirs * (fewer[u] as number);
      for (let u = 0; u < shifted.length; u += 1) out[u + j] = (out[u + j] as number) + ours * (shifted[u] as number);
      next.push(out);
    }
    rows = next;
  }
  return rows[small] as Float64Array;
}

/**
 * Exact distribution of Wilcoxon's V without ties: each rank counts with probability one half (Wilcoxon 1945). As R's
 * `dsignrank`.
 */
export function signedRankDistribution(n: number): RankDistribution {
  return signedSumDistribution(Int32Array.from({ length: n }, (_none, index) => index + 1));
}

/** Distribution of the sum of the scores that get a positive sign, each with probability one half. */
export function signedSumDistribution(scores: Int32Array): RankDistribution {
  let reached = 0;
  const total = scores.reduce((sum, score) => sum + score, 0);
  const out = new Float64Array(total + 1);
  out[0] = 1;
  for (const score of scores) {
    for (let v = reached; v >= 0; v -= 1) {
      const half = (out[v] as number) / 2;
      out[v] = half;
      out[v + score] = (out[v + score] as number) + half;
    }
    reached += score;
  }
  return out;
}

/**
 * Distribution of the sum of `count` of the scores, every choice equally likely: the exact permutation distribution of rank sums
 * with ties (Streitberg and Röhmel 1986, Statistical Software Newsletter 12:10).
 */
export function chosenSumDistribution(scores: Int32Array, count: number): RankDistribution {
  const sorted = Int32Array.from(scores).sort();
  const most = sorted.subarray(sorted.length - count).reduce((sum, score) => sum + score, 0);
  // Row k: probability that k of the scores so far are chosen and sum to s.
  const rows = Array.from({ length: count + 1 }, () => new Float64Array(most + 1));
  (rows[0] as Float64Array)[0] = 1;
  for (let seen = 0; seen < sorted.length; seen += 1) {
    const score = sorted[seen] as number;
    const left = sorted.length - seen;
    for (let k = Math.min(count, seen + 1); k >= 0; k -= 1) {
      const row = rows[k] as Float64Array;
      // Drawn one after the other: of `left` scores, `count − k` are still to be chosen.
      const passed = 1 - (count - k) / left;
      const taken = (count - k + 1) / left;
      const fewer = k > 0 ? (rows[k - 1] as Float64Array) : null;
      for (let s = most; s >= 0; s -= 1) {
        const come = fewer && s >= score ? taken * (fewer[s - score] as number) : 0;
        row[s] = passed * (row[s] as number) + come;
      }
    }
  }
  return rows[count] as Float64Array;
}

/** min(1, 2·min(P(X ≤ x), P(X ≥ x))). */
export function twoSidedExact(distribution: RankDistribution, at: number): number {
  let below = 0;
  let above = 0;
  for (let value = 0; value <= at; value += 1) below += distribution[value] as number;
  for (let value = distribution.length - 1; value >= at; value -= 1) above += distribution[value] as number;
  return Math.min(1, 2 * Math.min(below, above));
}

/**
 * How many of the order statistics are left out at each end so that the interval between keeps its confidence, at least one
 * counted: k, for limits at the kth value from each end; and the tail beyond, P(X ≤ k − 1).
 */
export function endsOfInterval(
  distribution: RankDistribution,
  tail: number,
): { readonly k: number; readonly beyond: number } {
  const fuzz = 10 * Number.EPSILON;
  let k = 0;
  let below = 0;
  while (below + (distribution[k] as number) <= tail + fuzz) {
    below += distribution[k] as number;
    k += 1;
  }
  return k === 0 ? { k: 1, beyond: distribution[0] as number } : { k, beyond: below };
}
