import { ExpectedError } from '#shared/domain/result.ts';

export type CorrelationName = 'independence' | 'exchangeable' | 'ar1';

/** Rows of each cluster side by side: cluster c has the places from `starts[c]` to before `starts[c + 1]`. */
export type Clusters = {
  readonly starts: Int32Array;
  /** Whole number at each place; distances between them are the lags of ar1. Rising within a cluster. */
  readonly waves: Int32Array;
};

const mostPairs = 2e9;

/** Products of Pearson residuals of the pairs within clusters: what the correlation is estimated from. */
export type Pairs = {
  /** Number of pairs at each lag from 1, or of all pairs in the first element where the lag does not matter. */
  readonly counts: Float64Array;
  readonly products: Float64Array;
};

/** Σ over pairs within clusters of e_j·e_k, by lag for ar1. */
export function pairsOf({ starts, waves }: Clusters, residuals: Float64Array, byLag: boolean): Pairs {
  let longest = 1;
  let total = 0;
  for (let c = 0; c + 1 < starts.length; c += 1) {
    const from = starts[c] as number;
    const size = (starts[c + 1] as number) - from;
    total += (size * (size - 1)) / 2;
    if (byLag && size > 1) longest = Math.max(longest, (waves[from + size - 1] as number) - (waves[from] as number));
  }
  if (byLag && total > mostPairs) {
    throw new ExpectedError(
      'REFUSED_MODEL',
      `The clusters hold ${total.toLocaleString('en-GB')} pairs of rows, too many for ar1.`,
      'Nothing was computed. Use “exchangeable” or “independence”, or smaller clusters.',
    );
  }
  const counts = new Float64Array(byLag ? longest : 1);
  const products = new Float64Array(byLag ? longest : 1);
  for (let c = 0; c + 1 < starts.length; c += 1) {
    const from = starts[c] as number;
    const to = starts[c + 1] as number;
    if (byLag) addByLag(waves, residuals, from, to, counts, products);
    else {
      // Σ_{j<k} e_j e_k = ((Σe)² − Σe²)/2.
      let sum = 0;
      let squares = 0;
      for (let i = from; i < to; i += 1) {
        sum += residuals[i] as number;
        squares += (residuals[i] as number) ** 2;
      }
      counts[0] = (counts[0] as number) + ((to - from) * (to - from - 1)) / 2;
      products[0] = (products[0] as number) + (sum * sum - squares) / 2;
    }
  }
  return { counts, products };
}

function addByLag(
  waves: Int32Array,
  residuals: Float64Array,
  from: number,
  to: number,
  counts: Float64Array,
  products: Float64Array,
): void {
  for (let j = from; j < to; j += 1) {
    for (let k = j + 1; k < to; k += 1) {
      const lag = (waves[k] as number) - (waves[j] as number) - 1;
      counts[lag] = (counts[lag] as number) + 1;
      products[lag] = (products[lag] as number) + (residuals[j] as number) * (residuals[k] as number);
    }
  }
}

/**
 * The correlation from its own estimating equation, Σ over pairs of ∂ρ/∂α·(e_j·e_k/φ − ρ) = 0 (Prentice 1988, Biometrics 44:1033),
 * as geepack solves it: the mean product where all pairs are alike, and for ar1, where ρ = α^lag, Gauss–Newton over all lags.
 * NaN where there are no pairs.
 */
export function correlationFrom(
  { counts, products }: Pairs,
  scale: number,
  name: CorrelationName,
  start: number,
): number {
  if (name === 'independence') return 0;
  const total = counts.reduce((a, b) => a + b, 0);
  if (total === 0) return Number.NaN;
  if (name === 'exchangeable') return (products[0] as number) / scale / (counts[0] as number);
  let alpha = start;
  for (let iteration = 0; iteration < 500; iteration += 1) {
    let slopes = 0;
    let gap = 0;
    for (let lag = 1; lag <= counts.length; lag += 1) {
      const count = counts[lag - 1] as number;
      if (count === 0) continue;
      const slope = lag * alpha ** (lag - 1);
      gap += slope * ((products[lag - 1] as number) / scale - count * alpha ** lag);
      slopes += count * slope * slope;
    }
    const step = slopes > 0 ? gap / slopes : 0;
    alpha += step;
    if (Math.abs(step) < 1e-15 + 1e-14 * Math.abs(alpha)) break;
  }
  return alpha;
}

/**
 * Solves R·x = b in place for one cluster and one column: in O(n) for all three structures, ar1 through the Markov property
 * (the inverse of α^|t−s| is tridiagonal).
 */
export function applyInverseCorrelation(
  name: CorrelationName,
  alpha: number,
  waves: Int32Array,
  from: number,
  to: number,
  column: Float64Array,
  out: Float64Array,
): void {
  const size = to - from;
  if (name === 'independence' || size === 1) {
    for (let i = from; i < to; i += 1) out[i] = column[i] as number;
    return;
  }
  if (name === 'exchangeable') {
    let sum = 0;
    for (let i = from; i < to; i += 1) sum += column[i] as number;
    const shared = (alpha / (1 + (size - 1) * alpha)) * sum;
    for (let i = from; i < to; i += 1) out[i] = ((column[i] as number) - shared) / (1 - alpha);
    return;
  }
  for (let i = from; i < to; i += 1) out[i] = 0;
  out[from] = column[from] as number;
  for (let i = from + 1; i < to; i += 1) {
    const rho = alpha ** ((waves[i] as number) - (waves[i - 1] as number));
    const fresh = ((column[i] as number) - rho * (column[i - 1] as number)) / (1 - rho * rho);
    out[i] = (out[i] as number) + fresh;
    out[i - 1] = (out[i - 1] as number) - rho * fresh;
  }
}
