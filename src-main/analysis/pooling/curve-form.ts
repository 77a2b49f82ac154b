import { cholesky } from '#main/stats/linear-algebra/cholesky.ts';
import { matrixFromRows } from '#main/stats/linear-algebra/matrix.ts';
import type { BundleCurve, BundleDefinition } from '#shared/domain/bundle.ts';

const nearlyEqual = 1e-9;

/** The knots that a definition fixes; null where the curve is a straight line or the definition names none. */
export function knotsIn(says: BundleDefinition['says']): readonly number[] | null {
  const knots = says['knots'];
  return Array.isArray(knots) && knots.every((knot) => typeof knot === 'number') ? (knots as number[]) : null;
}

/** What is wrong with the numbers of a curve, in words; null where it can be pooled. */
export function curveFault({ coefficients, covariance }: BundleCurve, says: BundleDefinition['says']): string | null {
  const knots = knotsIn(says);
  if (!knots || knots.length < 3 || knots.some((knot, at) => at > 0 && knot <= (knots[at - 1] as number))) {
    return 'a definition that fixes no knots';
  }
  const width = knots.length - 1;
  const isSquare = covariance.length === width && covariance.every((row) => row.length === width);
  if (coefficients.length !== width || !isSquare) return 'other coefficients than its knots ask for';
  const scale = Math.max(...covariance.flat().map(Math.abs));
  const isEven = covariance.every((row, i) =>
    row.every((value, j) => Math.abs(value - (covariance[j]?.[i] ?? Number.NaN)) <= nearlyEqual * scale),
  );
  return isEven && cholesky(matrixFromRows(covariance)) !== null ? null : 'errors that no estimate can have';
}
