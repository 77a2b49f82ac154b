import { quantileOfSorted } from '#main/stats/numeric/quantile.ts';

export type KnotCount = 3 | 4 | 5;

/** Where Harrell (Regression Modeling Strategies, 2nd ed. 2015, table 2.3) puts the knots, as quantiles of the predictor. */
export const knotPercentiles: Readonly<Record<KnotCount, readonly number[]>> = {
  3: [0.1, 0.5, 0.9],
  4: [0.05, 0.35, 0.65, 0.95],
  5: [0.05, 0.275, 0.5, 0.725, 0.95],
};

/** Knots at those quantiles (type 7); null where two of them fall together, as they do when most values are the same. */
export function knotsOf(values: ArrayLike<number>, count: KnotCount): readonly number[] | null {
  const sorted = Float64Array.from(values).sort();
  const knots = knotPercentiles[count].map((share) => quantileOfSorted(sorted, share));
  return knots.every((knot, at) => at === 0 || knot > (knots[at - 1] as number)) ? knots : null;
}

/**
 * The columns of a restricted cubic spline at x: x itself, then one less than there are knots but one (Harrell 2015, eq. 2.25),
 * divided by the square of the distance between the outer knots, as R's `Hmisc::rcspline.eval` has them. Linear beyond the outer knots;
 * without knots, x alone.
 */
export function splineColumns(x: number, knots: readonly number[] | null): number[] {
  if (knots === null) return [x];
  const last = knots.at(-1) as number;
  const before = knots.at(-2) as number;
  const size = (last - (knots[0] as number)) ** 2;
  const cube = (value: number): number => (value > 0 ? value ** 3 : 0);
  const curved = knots.slice(0, -2).map((knot) => {
    const tails = (cube(x - before) * (last - knot) - cube(x - last) * (before - knot)) / (last - before);
    return (cube(x - knot) - tails) / size;
  });
  return [x, ...curved];
}
