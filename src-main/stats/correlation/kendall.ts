import { twoSidedNormal } from '../distributions/normal.ts';
import { type DenseRanks, denseRanks, hasTies } from './dense-ranks.ts';
import { fisherLimits } from './pearson.ts';
import type { RankCorrelation } from './spearman.ts';

const exactBelow = 50;

/**
 * Kendall's τ, τ-b with ties (Kendall 1938, Biometrika 30:81; 1945, Biometrika 33:239), by Knight's algorithm (1966, JASA 61:436) in n
 * log n steps. p exact below 50 rows without ties, the statistic T the number of concordant pairs; else by the normal z with its
 * variance given the ties (Kendall 1970, Rank Correlation Methods, §4.9); as R's `cor.test(x, y, method = "kendall")`. Limits by
 * Fisher's z with variance 0.437/(n − 4) (Fieller, Hartley and Pearson 1957, Biometrika 44:470), which R does not give.
 */
export function kendallTest(x: Float64Array, y: Float64Array, confidence: number): RankCorrelation {
  const n = x.length;
  const first = denseRanks(x);
  const second = denseRanks(y);
  const tied = hasTies(first) || hasTies(second);
  const pairs = (n * (n - 1)) / 2;
  const tiedFirst = tiedPairs(first.sizes);
  const tiedSecond = tiedPairs(second.sizes);
  const { discordant, tiedInBoth } = comparePairs(first, second);
  // Concordant less discordant pairs.
  const score = pairs - tiedFirst - tiedSecond + tiedInBoth - 2 * discordant;
  const ratio = score / Math.sqrt(pairs - tiedFirst) / Math.sqrt(pairs - tiedSecond);
  const estimate = Math.max(-1, Math.min(1, ratio));
  const limits = fisherLimits(estimate, n > 4 ? Math.sqrt(0.437 / (n - 4)) : null, confidence);
  const exact = !tied && n < exactBelow;
  if (exact) {
    const concordant = pairs - discordant;
    return { estimate, statistic: concordant, df: null, p: exactP(concordant, n), ...limits, tied, exact };
  }
  const z = score / Math.sqrt(scoreVariance(n, first.sizes, second.sizes));
  return { estimate, statistic: z, df: null, p: twoSidedNormal(z), ...limits, tied, exact };
}

function tiedPairs(sizes: Int32Array): number {
  let total = 0;
  for (const size of sizes) total += (size * (size - 1)) / 2;
  return total;
}

/** Pairs in opposite order, and pairs equal in both columns. */
function comparePairs(
  first: DenseRanks,
  second: DenseRanks,
): { readonly discordant: number; readonly tiedInBoth: number } {
  const n = first.codes.length;
  const width = second.sizes.length;
  const keys = new Float64Array(n);
  for (let i = 0; i < n; i += 1) keys[i] = (first.codes[i] as number) * width + (second.codes[i] as number);
  keys.sort();
  let tiedInBoth = 0;
  for (let start = 0; start < n; ) {
    let end = start + 1;
    while (end < n && keys[end] === keys[start]) end += 1;
    tiedInBoth += ((end - start) * (end - start - 1)) / 2;
    start = end;
  }
  const order = Int32Array.from(keys, (key) => key % width);
  return { discordant: inversions(order), tiedInBoth };
}

/** Pairs that stand in falling order, counted while merging. The array is sorted. */
function inversions(values: Int32Array): number {
  let from: Int32Array = values;
  let to: Int32Array = new Int32Array(values.length);
  let total = 0;
  for (let width = 1; width < values.length; width *= 2) {
    for (let start = 0; start < values.length; start += 2 * width) {
      const middle = Math.min(start + width, values.length);
      const end = Math.min(start + 2 * width, values.length);
      let i = start;
      let j = middle;
      for (let out = start; out < end; out += 1) {
        if (i < middle && (j >= end || (from[i] as number) <= (from[j] as number))) {
          to[out] = from[i] as number;
          i += 1;
        } else {
          to[out] = from[j] as number;
          j += 1;
          total += middle - i;
        }
      }
    }
    [from, to] = [to, from];
  }
  return total;
}

function scoreVariance(n: number, first: Int32Array, second: Int32Array): number {
  const over = (sizes: Int32Array, term: (size: number) => number): number =>
    sizes.reduce((total, size) => total + term(size), 0);
  const cubic = (t: number): number => t * (t - 1) * (2 * t + 5);
  const square = (t: number): number => t * (t - 1);
  const triple = (t: number): number => t * (t - 1) * (t - 2);
  return (
    (cubic(n) - over(first, cubic) - over(second, cubic)) / 18 +
    (over(first, square) * over(second, square)) / (2 * square(n)) +
    (n > 2 ? (over(first, triple) * over(second, triple)) / (9 * triple(n)) : 0)
  );
}

/** Two-sided, from the distribution of the number of concordant pairs: a sum of independent uniform counts. */
function exactP(concordant: number, n: number): number {
  let chances = Float64Array.of(1);
  for (let k = 2; k <= n; k += 1) {
    const next = new Float64Array(chances.length + k - 1);
    for (let count = 0; count < chances.length; count += 1) {
      const share = (chances[count] as number) / k;
      for (let more = 0; more < k; more += 1) next[count + more] = (next[count + more] as number) + share;
    }
    chances = next;
  }
  let below = 0;
  let above = 0;
  chances.forEach((chance, count) => {
    if (count <= concordant) below += chance;
    if (count >= concordant) above += chance;
  });
  return Math.min(1, 2 * Math.min(below, above));
}
