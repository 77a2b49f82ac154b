import { fUpperTail } from '../distributions/f.ts';
import { cholesky, inverseFromCholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { type Matrix, matrixOf, quadraticForm } from '../linear-algebra/matrix.ts';
import { mean, variance } from '../numeric/sums.ts';

export type JointTest = {
  readonly statistic: number;
  readonly df: readonly [number, number];
  readonly p: number;
  /** Average relative increase of variance. */
  readonly riv: number;
};

/**
 * D1: Wald test of pooled estimates that several parameters are 0, the covariance between imputations taken as proportional to
 * that within them (Li, Raghunathan and Rubin 1991, JASA 86:1065). `dfComplete` finite: the second degrees of freedom by Reiter
 * (2007, Biometrika 94:502). Null where the mean covariance is singular, or where
 * Reiter's approximation has no positive degrees of freedom. As mitml's `testEstimates` and mice's `D1`.
 * @param estimates m vectors of q parameters
 * @param covariances m matrices, q × q
 */
export function testD1(
  estimates: readonly Float64Array[],
  covariances: readonly Matrix[],
  dfComplete: number,
): JointTest | null {
  const m = estimates.length;
  const q = covariances[0]?.rows ?? 0;
  const centre = new Float64Array(q);
  const within = matrixOf(q, q);
  for (const vector of estimates)
    for (let j = 0; j < q; j += 1) centre[j] = (centre[j] as number) + (vector[j] as number) / m;
  for (const matrix of covariances) {
    for (let index = 0; index < within.data.length; index += 1) {
      within.data[index] = (within.data[index] as number) + (matrix.data[index] as number) / m;
    }
  }
  const factor = cholesky(within);
  if (!factor) return null;
  const inverse = inverseFromCholesky(factor);
  let trace = 0;
  for (const vector of estimates)
    trace += quadraticForm(
      vector.map((value, j) => value - (centre[j] as number)),
      inverse,
    );
  const riv = ((1 + 1 / m) * trace) / (m - 1) / q;
  const statistic = quadraticForm(centre, inverse) / (q * (1 + riv));
  const df2 = secondDf(riv, q, m, dfComplete);
  if (!(df2 > 0)) return null;
  return { statistic, df: [q, df2], p: fUpperTail(statistic, q, df2), riv };
}

function secondDf(riv: number, q: number, m: number, dfComplete: number): number {
  const t = q * (m - 1);
  if (riv === 0) return dfComplete;
  if (dfComplete === Number.POSITIVE_INFINITY || t <= 4) {
    return t > 4 ? 4 + (t - 4) * (1 + (1 - 2 / t) / riv) ** 2 : (t * (1 + 1 / q) * (1 + 1 / riv) ** 2) / 2;
  }
  const a = (riv * t) / (t - 2);
  const observed = ((dfComplete + 1) / (dfComplete + 3)) * dfComplete;
  const c1 = observed - 2 * (1 + a);
  const c2 = observed - 4 * (1 + a);
  const square = a * a;
  const z =
    1 / c2 +
    ((square * c1) / ((1 + a) ** 2 * c2) +
      (8 * square * c1) / ((1 + a) * c2 ** 2) +
      (4 * square) / ((1 + a) * c2) +
      (4 * square) / (c2 * c1) +
      (16 * square * c1) / c2 ** 3 +
      (8 * square) / c2 ** 2) /
      (t - 4);
  return 4 + 1 / z;
}

/**
 * D2: pools the Wald statistics of the imputed data sets (Li, Meng, Raghunathan and Rubin 1991, Statistica Sinica 1:65; Rubin
 * 1987, eq. 3.5.2). Less powerful than D1. Null where a covariance is singular.
 */
export function testD2(estimates: readonly Float64Array[], covariances: readonly Matrix[]): JointTest | null {
  const m = estimates.length;
  const q = covariances[0]?.rows ?? 0;
  const statistics = new Float64Array(m);
  for (let l = 0; l < m; l += 1) {
    const factor = cholesky(covariances[l] as Matrix);
    if (!factor) return null;
    const vector = estimates[l] as Float64Array;
    const solved = solveCholesky(factor, vector);
    for (let j = 0; j < q; j += 1)
      statistics[l] = (statistics[l] as number) + (vector[j] as number) * (solved[j] as number);
  }
  const riv = (1 + 1 / m) * variance(statistics.map(Math.sqrt));
  const statistic = (mean(statistics) / q - ((m + 1) / (m - 1)) * riv) / (1 + riv);
  const df2 = q ** (-3 / m) * (m - 1) * (1 + 1 / riv) ** 2;
  return { statistic, df: [q, df2], p: fUpperTail(statistic, q, df2), riv };
}
