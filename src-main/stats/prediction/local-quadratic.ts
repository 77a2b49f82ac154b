import { cholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { matrixOf } from '../linear-algebra/matrix.ts';
import { pseudoInverseIntercept } from './pseudo-inverse-intercept.ts';

/** Distinct places in rising order, how many rows lie at each, and the sum of their responses. */
export type GroupedPoints = {
  readonly x: Float64Array;
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  /** All rows. */
  readonly rows: number;
};

export function groupPoints(sortedX: Float64Array, y: ArrayLike<number>): GroupedPoints {
  const x = new Float64Array(sortedX.length);
  const counts = new Float64Array(sortedX.length);
  const sums = new Float64Array(sortedX.length);
  let k = -1;
  for (let row = 0; row < sortedX.length; row += 1) {
    const value = sortedX[row] as number;
    if (k < 0 || value > (x[k] as number)) {
      k += 1;
      x[k] = value;
    }
    counts[k] = (counts[k] as number) + 1;
    sums[k] = (sums[k] as number) + (y[row] as number);
  }
  return { x: x.slice(0, k + 1), counts: counts.slice(0, k + 1), sums: sums.slice(0, k + 1), rows: sortedX.length };
}

/** Share of its length that a column must have left for the moments to be trusted; below it, singular values decide. */
const leastShare = 1e-4;

/**
 * Local quadratic regression at every distinct x (Cleveland and Devlin 1988, JASA 83:596): the ⌊span·n + 1e-5⌋ nearest rows, weighted by
 * (1 − (d/r)³)³ where r is the distance to the farthest of them. As `fitted(loess(y ~ x, span = span, degree = 2, surface = "direct"))` in R,
 * also where a neighbourhood holds too few distinct x for a quadratic (the least solution). One pass of the neighbourhood over
 * the sorted rows; each fit costs the distinct x within it.
 * @returns NaN where all rows of a neighbourhood share one x.
 */
export function localQuadratic(points: GroupedPoints, span: number): Float64Array {
  const { x, counts, rows } = points;
  const size = Math.min(rows, Math.floor(rows * span + 1e-5));
  const fitted = new Float64Array(x.length).fill(Number.NaN);
  if (size < 1) return fitted;
  const ends = new Float64Array(x.length);
  let total = 0;
  for (let k = 0; k < x.length; k += 1) {
    total += counts[k] as number;
    ends[k] = total;
  }
  // The first row of the neighbourhood, and the distinct x on which it and the row after the last lie.
  let first = 0;
  let firstGroup = 0;
  let nextGroup = groupOfRow(ends, size, 0);
  for (let k = 0; k < x.length; k += 1) {
    const at = x[k] as number;
    while (first + size < rows && at - (x[firstGroup] as number) > (x[nextGroup] as number) - at) {
      first += 1;
      firstGroup = groupOfRow(ends, first, firstGroup);
      nextGroup = groupOfRow(ends, first + size, nextGroup);
    }
    const lastGroup = groupOfRow(ends, first + size - 1, firstGroup, nextGroup);
    const reach = Math.max(at - (x[firstGroup] as number), (x[lastGroup] as number) - at);
    if (reach > 0) fitted[k] = fitAt(points, at, reach, firstGroup, lastGroup);
  }
  return fitted;
}

/** The group that holds a row, at or after `from`; `near`, where known, is that group or the one after it. */
function groupOfRow(ends: Float64Array, row: number, from: number, near?: number): number {
  if (near !== undefined) {
    if (near >= ends.length) return ends.length - 1;
    return near > 0 && (ends[near - 1] as number) > row ? near - 1 : near;
  }
  let group = from;
  while (group < ends.length && (ends[group] as number) <= row) group += 1;
  return group;
}

/** The value at `at` of the weighted quadratic, by moments about it in units of the reach. */
function fitAt({ x, counts, sums }: GroupedPoints, at: number, reach: number, from: number, to: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let s4 = 0;
  let t0 = 0;
  let t1 = 0;
  let t2 = 0;
  const perReach = 1 / reach;
  for (let k = from; k <= to; k += 1) {
    const u = ((x[k] as number) - at) * perReach;
    const distance = Math.abs(u);
    const core = Math.max(0, 1 - distance * distance * distance);
    const kernel = core * core * core;
    const weight = kernel * (counts[k] as number);
    const response = kernel * (sums[k] as number);
    const linear = weight * u;
    const square = linear * u;
    const cube = square * u;
    s0 += weight;
    s1 += linear;
    s2 += square;
    s3 += cube;
    s4 += cube * u;
    t0 += response;
    t1 += response * u;
    t2 += response * u * u;
  }
  const [one, two] = [Math.sqrt(s2), Math.sqrt(s4)];
  const zero = Math.sqrt(s0);
  const scaled = [
    [1, s1 / (zero * one), s2 / (zero * two)],
    [s1 / (zero * one), 1, s3 / (one * two)],
    [s2 / (zero * two), s3 / (one * two), 1],
  ];
  const lower = one > 0 ? cholesky(matrixOf(3, 3, Float64Array.from(scaled.flat()))) : null;
  if (lower && (lower.data[4] as number) > leastShare && (lower.data[8] as number) > leastShare) {
    return (solveCholesky(lower, [t0 / zero, t1 / one, t2 / two])[0] as number) / zero;
  }
  return pseudoInverseIntercept({ x, counts, sums }, at, reach, from, to);
}
