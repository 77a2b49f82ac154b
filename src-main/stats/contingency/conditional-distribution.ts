/**
 * A distribution over consecutive whole numbers, as weights relative to its mode; those too small to be held as doubles are left
 * out.
 */
export type WholeDistribution = {
  /** The value of the first weight. */
  readonly from: number;
  readonly weights: Float64Array;
  /** The ends of the support, whether they are among the weights or not. */
  readonly least: number;
  readonly most: number;
};

/**
 * Fisher's noncentral hypergeometric distribution of cell a of a 2 × 2 table given its margins, at an odds ratio: weights from
 * the mode outwards by the ratios of neighbours (Liao and Rosen 2001, The American Statistician 55:366).
 * @param first total of the first row @param second total of the second row @param chosen total of the first column
 * @param smallest weight, relative to the mode's, at which to stop
 */
export function noncentralHypergeometric(
  first: number,
  second: number,
  chosen: number,
  logOdds: number,
  smallest = 0,
): WholeDistribution {
  const least = Math.max(0, chosen - second);
  const most = Math.min(chosen, first);
  const odds = Math.exp(logOdds);
  // P(x + 1)/P(x)
  const ratio = (x: number): number => ((odds * (first - x)) / (x + 1)) * ((chosen - x) / (second - chosen + x + 1));
  const mode = modeOf(ratio, least, most);
  const up: number[] = [];
  for (let x = mode, weight = 1; x < most; x += 1) {
    weight *= ratio(x);
    if (!(weight > smallest)) break;
    up.push(weight);
  }
  const down: number[] = [];
  for (let x = mode, weight = 1; x > least; x -= 1) {
    weight /= ratio(x - 1);
    if (!(weight > smallest)) break;
    down.push(weight);
  }
  return { from: mode - down.length, weights: Float64Array.from([...down.reverse(), 1, ...up]), least, most };
}

/** The first place whose successor is no more probable; the ratios fall. */
function modeOf(ratio: (x: number) => number, least: number, most: number): number {
  let low = least;
  let high = most;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (ratio(middle) > 1) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Of the sum of two independent values. */
export function convolve(a: WholeDistribution, b: WholeDistribution): WholeDistribution {
  const weights = new Float64Array(a.weights.length + b.weights.length - 1);
  for (let i = 0; i < a.weights.length; i += 1) {
    const factor = a.weights[i] as number;
    for (let j = 0; j < b.weights.length; j += 1) {
      weights[i + j] = (weights[i + j] as number) + factor * (b.weights[j] as number);
    }
  }
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  return {
    from: a.from + b.from,
    weights: weights.map((weight) => weight / largest),
    least: a.least + b.least,
    most: a.most + b.most,
  };
}

/** P(X ≤ x), P(X ≥ x) and the probability of all values no more probable than x (to the relative 1e-7 that R allows). */
export function tailsAt(
  { from, weights }: WholeDistribution,
  x: number,
): { readonly less: number; readonly greater: number; readonly twoSided: number } {
  const observed = (weights[x - from] ?? 0) * (1 + 1e-7);
  let below = 0;
  let above = 0;
  let unlikely = 0;
  let total = 0;
  // Small weights first, from both ends to the middle.
  for (let i = 0; i < weights.length; i += 1) {
    const weight = weights[i] as number;
    if (from + i <= x) below += weight;
    if (weight <= observed) unlikely += weight;
    total += weight;
  }
  for (let i = weights.length - 1; i >= 0 && from + i >= x; i -= 1) above += weights[i] as number;
  return {
    less: Math.min(1, below / total),
    greater: Math.min(1, above / total),
    twoSided: Math.min(1, unlikely / total),
  };
}

export function meanOf({ from, weights }: WholeDistribution): number {
  let total = 0;
  let moment = 0;
  for (let i = 0; i < weights.length; i += 1) {
    total += weights[i] as number;
    moment += i * (weights[i] as number);
  }
  return from + moment / total;
}
