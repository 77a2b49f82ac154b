import { normalUpperTail } from '../distributions/normal.ts';
import { twoSidedT } from '../distributions/student-t.ts';
import { type DenseRanks, denseRanks, hasTies, midRanksOf } from './dense-ranks.ts';
import { type Correlation, fisherLimits, pearsonCoefficient } from './pearson.ts';

/** Permutations are counted up to so many rows; R’s series serves beyond, and the t approximation from `seriesBelow`. */
const countedTo = 9;
const seriesBelow = 1_290;

export type RankCorrelation = Correlation & { readonly tied: boolean; readonly exact: boolean };

/**
 * Spearman's correlation of ranks (1904, American Journal of Psychology 15:72). The statistic is S, the sum of squared differences of
 * ranks, (n³ − n)(1 − ρ)/6 with ties. p: every permutation up to nine rows, then the Edgeworth series of AS 89 (Best and Roberts
 * 1975, Applied Statistics 24:377) below 1,290 rows, else and with ties by t; as R's `cor.test(x, y, method = "spearman")`. Limits
 * by Fisher's z with variance (1 + ρ²/2)/(n − 3) (Bonett and Wright 2000, Psychometrika 65:23), which R does not give.
 */
export function spearmanTest(x: Float64Array, y: Float64Array, confidence: number): RankCorrelation {
  const n = x.length;
  const first = denseRanks(x);
  const second = denseRanks(y);
  const tied = hasTies(first) || hasTies(second);
  const estimate = pearsonCoefficient(midRanksOf(first), midRanksOf(second));
  const most = (n * (n - 1) * (n + 1)) / 3;
  const statistic = tied ? (most / 2) * (1 - estimate) : squaredDifferences(first, second);
  const exact = !tied && n < seriesBelow;
  const limits = fisherLimits(
    estimate,
    n > 3 ? Math.sqrt((1 + (estimate * estimate) / 2) / (n - 3)) : null,
    confidence,
  );
  const t = (Math.sqrt(n - 2) * estimate) / Math.sqrt((1 - estimate) * (1 + estimate));
  const p = exact ? twoSided(statistic, n) : twoSidedT(t, n - 2);
  return { estimate, statistic, df: null, p, ...limits, tied, exact };
}

function squaredDifferences(first: DenseRanks, second: DenseRanks): number {
  let total = 0;
  for (let i = 0; i < first.codes.length; i += 1) {
    const difference = (first.codes[i] as number) - (second.codes[i] as number);
    total += difference * difference;
  }
  return total;
}

function twoSided(s: number, n: number): number {
  const middle = (n * (n - 1) * (n + 1)) / 6;
  const upper = s > middle;
  if (n <= countedTo) return countedPermutations(s, n, upper);
  return Math.min(1, 2 * (upper ? seriesTail(s, n) : 1 - seriesTail(s + 2, n)));
}

/** Twice P(S ≥ s) or P(S ≤ s) over all permutations, counted by which ranks are taken. */
function countedPermutations(s: number, n: number, upper: boolean): number {
  const most = (n * (n - 1) * (n + 1)) / 3;
  const ways = Array.from({ length: 1 << n }, () => new Float64Array(0));
  ways[0] = Float64Array.of(1);
  for (let taken = 1; taken < 1 << n; taken += 1) {
    const out = new Float64Array(most + 1);
    const place = bits(taken) - 1;
    for (let rank = 0; rank < n; rank += 1) {
      if ((taken & (1 << rank)) === 0) continue;
      const square = (rank - place) ** 2;
      const before = ways[taken ^ (1 << rank)] as Float64Array;
      for (let sum = 0; sum < before.length && sum + square <= most; sum += 1) {
        out[sum + square] = (out[sum + square] as number) + (before[sum] as number);
      }
    }
    ways[taken] = out;
  }
  const counts = ways[(1 << n) - 1] as Float64Array;
  let tail = 0;
  let total = 0;
  counts.forEach((count, sum) => {
    total += count;
    if (upper ? sum >= s : sum <= s) tail += count;
  });
  return Math.min(1, (2 * tail) / total);
}

function bits(value: number): number {
  let count = 0;
  for (let rest = value; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

/** P(S ≥ s) by the Edgeworth series of AS 89, its constants those of the paper; s even. */
function seriesTail(s: number, n: number): number {
  if (s <= 0) return 1;
  if (s > (n * (n - 1) * (n + 1)) / 3) return 0;
  const b = 1 / n;
  const x = ((6 * (s - 1) * b) / (n * n - 1) - 1) * Math.sqrt(1 / b - 1);
  const y = x * x;
  const u =
    x *
    b *
    (0.2274 +
      b * (0.2531 + 0.1745 * b) +
      y *
        (-0.0758 +
          b * (0.1033 + 0.3932 * b) -
          y * b * (0.0879 + 0.0151 * b - y * (0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y)))));
  return Math.min(1, Math.max(0, u / Math.exp(y / 2) + normalUpperTail(x)));
}
