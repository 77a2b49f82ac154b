import { cholesky, solveCholesky } from '../linear-algebra/cholesky.ts';
import { matrixOf } from '../linear-algebra/matrix.ts';

/**
 * How many times as many people a trial of clusters needs: 1 + ((1 + CV²)·m − 1)·ρ, for clusters of m people on average whose sizes vary with
 * coefficient of variation CV (Eldridge, Ashby and Kerry 2006, International Journal of Epidemiology 35:1292).
 */
export function designEffect(size: number, icc: number, cv: number): number {
  return 1 + ((1 + cv * cv) * size - 1) * icc;
}

/**
 * Design of a stepped wedge: a row a sequence, 1 in the periods in which it is treated. Everybody starts untreated, and one sequence more is
 * treated in each later period.
 */
export function steppedWedge(periods: number): number[][] {
  return Array.from({ length: periods - 1 }, (_none, sequence) =>
    Array.from({ length: periods }, (_period, period) => (period > sequence ? 1 : 0)),
  );
}

/**
 * Variance of the effect of treatment in Hussey and Hughes' model (2007, Contemporary Clinical Trials 28:182): cluster-period means with fixed periods, a
 * random cluster effect of variance icc·sd² and error (1 − icc)·sd²/size, by generalised least squares from the design itself.
 * @param design sequences × periods of 0 and 1
 * @param clusters all of them, shared equally among the sequences
 * @returns infinite where the design cannot tell treatment from period
 */
export function steppedWedgeVariance(
  design: readonly (readonly number[])[],
  clusters: number,
  size: number,
  icc: number,
  sd: number,
): number {
  const periods = design[0]?.length ?? 0;
  const between = icc * sd * sd;
  const within = ((1 - icc) * sd * sd) / size;
  // Inverse covariance of a cluster's means: (I − shrink·J)/within.
  const shrink = between / (within + periods * between);
  const p = periods + 1;
  const information = matrixOf(p, p);
  for (const row of design) {
    const treated = row.reduce((total, value) => total + value, 0);
    for (let j = 0; j < p; j += 1) {
      for (let k = 0; k < p; k += 1) {
        information.data[k * p + j] = (information.data[k * p + j] as number) + entry(row, treated, shrink, j, k);
      }
    }
  }
  const lower = cholesky(information);
  if (!lower || (lower.data[p * p - 1] as number) ** 2 < 1e-10 * (information.data[p * p - 1] as number)) {
    return Number.POSITIVE_INFINITY;
  }
  const unit = new Float64Array(p);
  unit[periods] = 1;
  return ((solveCholesky(lower, unit)[periods] as number) * within * design.length) / clusters;
}

/** xⱼᵀ(I − shrink·J)xₖ of one cluster, whose columns are the periods and then the treatment. */
function entry(row: readonly number[], treated: number, shrink: number, j: number, k: number): number {
  const periods = row.length;
  const [first, second] = [Math.min(j, k), Math.max(j, k)];
  if (second < periods) return (first === second ? 1 : 0) - shrink;
  if (first < periods) return (row[first] as number) - shrink * treated;
  return treated - shrink * treated * treated;
}
