import { at, type Matrix, matrixOf } from '../linear-algebra/matrix.ts';

/**
 * Sums of score residuals by cluster, one row a cluster and one column an estimable coefficient.
 * @param score p a place
 * @param cluster code of each place's cluster, from 0
 */
export function clusterScores(
  score: Float64Array,
  p: number,
  cluster: Int32Array,
  estimable: readonly number[],
): Matrix {
  const clusters = cluster.reduce((most, code) => Math.max(most, code), -1) + 1;
  const sums = matrixOf(clusters, estimable.length);
  for (let place = 0; place < cluster.length; place += 1) {
    const code = cluster[place] as number;
    for (let k = 0; k < estimable.length; k += 1) {
      const target = k * clusters + code;
      sums.data[target] = (sums.data[target] as number) + (score[place * p + (estimable[k] as number)] as number);
    }
  }
  return sums;
}

/**
 * DᵀD with D the score sums of clusters, or the score residuals of rows, times the model's covariance (Lin and Wei 1989, JASA
 * 84:1074).
 */
export function sandwich(sums: Matrix, covariance: Matrix): Matrix {
  const k = sums.columns;
  const influence = matrixOf(sums.rows, k);
  for (let g = 0; g < sums.rows; g += 1) {
    for (let j = 0; j < k; j += 1) {
      let total = 0;
      for (let m = 0; m < k; m += 1) total += at(sums, g, m) * at(covariance, m, j);
      influence.data[j * sums.rows + g] = total;
    }
  }
  return ownProducts(influence);
}

/** AᵀA. */
export function ownProducts(a: Matrix): Matrix {
  const result = matrixOf(a.columns, a.columns);
  for (let i = 0; i < a.columns; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let total = 0;
      for (let g = 0; g < a.rows; g += 1) total += at(a, g, i) * at(a, g, j);
      result.data[j * a.columns + i] = total;
      result.data[i * a.columns + j] = total;
    }
  }
  return result;
}
