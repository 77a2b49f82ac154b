import { type Matrix, matrixOf } from '../linear-algebra/matrix.ts';
import { mean } from '../numeric/sums.ts';

/** One predictor of the same people, split by outcome, in the same order of people for every predictor. */
export type SplitScores = { readonly cases: Float64Array; readonly controls: Float64Array };

export type Placements = {
  /** Share of controls that each case exceeds, ties counted half; then of cases that each control lies below. */
  readonly cases: Float64Array;
  readonly controls: Float64Array;
  readonly auc: number;
};

/**
 * Placement values of DeLong, DeLong and Clarke-Pearson (1988, Biometrics 44:837) in O(n log n) by sorting each side once (Sun and Xu
 * 2014, IEEE Signal Processing Letters 21:1389). Higher scores mean the event; the area is P(case > control) + P(tie)/2. As
 * `pROC::auc(direction = "<")`.
 */
export function placements({ cases, controls }: SplitScores): Placements {
  const below = sharesBelow(cases, Float64Array.from(controls).sort());
  const above = sharesBelow(controls, Float64Array.from(cases).sort()).map((share) => 1 - share);
  return { cases: below, controls: above, auc: mean(below) };
}

/** Of each value: the share of `sorted` that lies below it, and half of those equal to it. */
function sharesBelow(values: Float64Array, sorted: Float64Array): Float64Array {
  const shares = new Float64Array(values.length);
  const twice = 2 * sorted.length;
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] as number;
    const first = firstAtLeast(sorted, value);
    shares[i] = (first + firstAbove(sorted, value, first)) / twice;
  }
  return shares;
}

function firstAtLeast(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstAbove(sorted: Float64Array, value: number, from: number): number {
  if (!((sorted[from] as number) <= value)) return from;
  let low = from + 1;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Covariance of the areas of several predictors of the same people (DeLong 1988, eq. 5), as `pROC::cov`. NaN where there are fewer than two
 * cases or two controls.
 */
export function delongCovariance(predictors: readonly Placements[]): Matrix {
  const result = matrixOf(predictors.length, predictors.length);
  predictors.forEach((a, i) => {
    for (let j = 0; j <= i; j += 1) {
      const b = predictors[j] as Placements;
      const value =
        covariance(a.cases, b.cases, a.auc, b.auc) / a.cases.length +
        covariance(a.controls, b.controls, a.auc, b.auc) / a.controls.length;
      result.data[i * predictors.length + j] = value;
      result.data[j * predictors.length + i] = value;
    }
  });
  return result;
}

function covariance(a: Float64Array, b: Float64Array, meanA: number, meanB: number): number {
  let total = 0;
  for (let i = 0; i < a.length; i += 1) total += ((a[i] as number) - meanA) * ((b[i] as number) - meanB);
  return a.length < 2 ? Number.NaN : total / (a.length - 1);
}

/** Standard error of an area from the area alone (Hanley and McNeil 1982, Radiology 143:29). */
export function hanleyMcNeilError(auc: number, cases: number, controls: number): number {
  const square = auc * auc;
  const one = auc / (2 - auc) - square;
  const two = (2 * square) / (1 + auc) - square;
  return Math.sqrt((auc * (1 - auc) + (cases - 1) * one + (controls - 1) * two) / (cases * controls));
}
