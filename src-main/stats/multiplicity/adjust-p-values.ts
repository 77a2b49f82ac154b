import { sortedOrder } from '../numeric/ranks.ts';

export const adjustments = ['bonferroni', 'holm', 'hochberg', 'hommel', 'BH', 'fdr', 'BY', 'none'] as const;
export type Adjustment = (typeof adjustments)[number];

/**
 * p-values adjusted for their number, in their places; as R's `p.adjust`. Bonferroni, Holm (1979, Scandinavian Journal of Statistics
 * 6:65), Hochberg (1988, Biometrika 75:800) and Hommel (1988, Biometrika 75:383) keep the chance of any false rejection; BH (`fdr`;
 * Benjamini and Hochberg 1995, JRSS B 57:289) and BY (Benjamini and Yekutieli 2001, Annals of Statistics 29:1165) the share of
 * false ones. Hochberg, Hommel and BH assume independence or positive dependence; the others nothing. Hommel takes n² steps.
 * @param p from 0 to 1
 */
export function adjustP(p: ArrayLike<number>, method: Adjustment): Float64Array {
  const n = p.length;
  if (method === 'none' || n < 2) return Float64Array.from(p);
  if (method === 'bonferroni') return Float64Array.from(p, (value) => Math.min(1, n * value));
  const order = sortedOrder(p);
  const sorted = Float64Array.from(order, (index) => p[index] as number);
  const adjusted = sortedAdjustment(sorted, method);
  const result = new Float64Array(n);
  for (let rank = 0; rank < n; rank += 1) result[order[rank] as number] = adjusted[rank] as number;
  return result;
}

function sortedAdjustment(p: Float64Array, method: Exclude<Adjustment, 'none' | 'bonferroni'>): Float64Array {
  const n = p.length;
  switch (method) {
    case 'holm':
      return runningMaximum(p.map((value, rank) => (n - rank) * value));
    case 'hochberg':
      return runningMinimum(p.map((value, rank) => (n - rank) * value));
    case 'BH':
    case 'fdr':
      return runningMinimum(p.map((value, rank) => (n / (rank + 1)) * value));
    case 'BY': {
      let harmonic = 0;
      for (let i = n; i >= 1; i -= 1) harmonic += 1 / i;
      return runningMinimum(p.map((value, rank) => ((harmonic * n) / (rank + 1)) * value));
    }
    case 'hommel':
      return hommel(p);
  }
}

/** Each at least as large as those before it. */
function runningMaximum(values: Float64Array): Float64Array {
  let largest = 0;
  return values.map((value) => {
    largest = Math.max(largest, Math.min(1, value));
    return largest;
  });
}

/** Each at most as large as those after it. */
function runningMinimum(values: Float64Array): Float64Array {
  let least = 1;
  for (let rank = values.length - 1; rank >= 0; rank -= 1) {
    least = Math.min(least, values[rank] as number);
    values[rank] = least;
  }
  return values;
}

/**
 * The least level at which Hommel's procedure rejects each hypothesis, by the algorithm of Wright (1992, Biometrics 48:1005,
 * appendix). @param p rising
 */
function hommel(p: Float64Array): Float64Array {
  const n = p.length;
  let simes = Number.POSITIVE_INFINITY;
  for (let i = 0; i < n; i += 1) simes = Math.min(simes, (n * (p[i] as number)) / (i + 1));
  const adjusted = new Float64Array(n).fill(simes);
  const bound = new Float64Array(n).fill(simes);
  for (let m = n - 1; m >= 2; m -= 1) {
    const first = n - m + 1;
    let least = Number.POSITIVE_INFINITY;
    for (let i = first; i < n; i += 1) least = Math.min(least, (m * (p[i] as number)) / (i - first + 2));
    for (let i = 0; i < first; i += 1) bound[i] = Math.min(m * (p[i] as number), least);
    const last = bound[first - 1] as number;
    for (let i = first; i < n; i += 1) bound[i] = last;
    for (let i = 0; i < n; i += 1) adjusted[i] = Math.max(adjusted[i] as number, bound[i] as number);
  }
  return adjusted.map((value, i) => Math.max(value, p[i] as number));
}
