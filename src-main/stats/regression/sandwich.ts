import { columnOf, type Matrix, matrixOf, multiply } from '../linear-algebra/matrix.ts';

/** What a robust covariance needs of a fitted regression. */
export type RobustInput = {
  /** Design of the estimable columns. */
  readonly x: Matrix;
  /** (XᵀWX)⁻¹ of those columns. */
  readonly bread: Matrix;
  /** Working weights W. */
  readonly weights: Float64Array;
  /** Working residuals: weight times residual times the predictors is a row's share of the score. */
  readonly residuals: Float64Array;
  /** Rows that count: of positive weight. */
  readonly n: number;
};

export type HeteroscedasticType = 'HC0' | 'HC1' | 'HC2' | 'HC3';

/** A leverage so near 1 that the row is fitted exactly, whatever its response. */
export const fullLeverage = 1 - 1e-10;

/** Leverages: the diagonal of W^½·X(XᵀWX)⁻¹Xᵀ·W^½; `hatvalues` in R. */
export function leverages({ x, bread, weights }: Pick<RobustInput, 'x' | 'bread' | 'weights'>): Float64Array {
  const projected = multiply(x, bread);
  const result = new Float64Array(x.rows);
  for (let j = 0; j < x.columns; j += 1) {
    const a = columnOf(x, j);
    const b = columnOf(projected, j);
    for (let i = 0; i < result.length; i += 1) {
      result[i] = (result[i] as number) + (a[i] as number) * (b[i] as number) * (weights[i] as number);
    }
  }
  return result;
}

/**
 * Covariance of coefficients that holds under heteroscedasticity (MacKinnon and White 1985, Journal of Econometrics 29:305), for
 * linear and generalised linear models, as `sandwich::vcovHC`. Null for HC2 and HC3 where a row has leverage 1.
 */
export function heteroscedasticCovariance(input: RobustInput, type: HeteroscedasticType): Matrix | null {
  const { x, bread, weights, residuals, n } = input;
  const hat = type === 'HC2' || type === 'HC3' ? leverages(input) : null;
  const factors = new Float64Array(x.rows);
  const whole = type === 'HC1' ? n / (n - x.columns) : 1;
  for (let i = 0; i < factors.length; i += 1) {
    const score = (weights[i] as number) * (residuals[i] as number);
    let left = 1;
    if (hat) {
      const h = hat[i] as number;
      if (h > fullLeverage) return null;
      left = type === 'HC2' ? 1 - h : (1 - h) ** 2;
    }
    factors[i] = (whole * score * score) / left;
  }
  return sandwichOf(bread, crossProductOfRows(x, factors));
}

/**
 * Covariance that holds when rows of a cluster depend on each other: G/(G − 1)·(n − 1)/(n − p) times the sandwich of the clusters'
 * summed scores (Liang and Zeger 1986, Biometrika 73:13; Cameron and Miller 2015, Journal of Human Resources 50:317, eq. 12), as
 * `sandwich::vcovCL(type = "HC1")`.
 * @param clusters cluster of each row, from 0
 * @param count number of clusters
 */
export function clusteredCovariance(input: RobustInput, clusters: Int32Array, count: number): Matrix {
  const { x, bread, weights, residuals, n } = input;
  const p = x.columns;
  const sums = matrixOf(count, p);
  for (let j = 0; j < p; j += 1) {
    const column = columnOf(x, j);
    for (let i = 0; i < column.length; i += 1) {
      const place = j * count + (clusters[i] as number);
      sums.data[place] =
        (sums.data[place] as number) + (column[i] as number) * (weights[i] as number) * (residuals[i] as number);
    }
  }
  const factor = (count / (count - 1)) * ((n - 1) / (n - p));
  return sandwichOf(bread, crossProductOfRows(sums, new Float64Array(count).fill(factor)));
}

/** Xᵀ·diag(factors)·X. */
export function crossProductOfRows(x: Matrix, factors: Float64Array): Matrix {
  const p = x.columns;
  const result = matrixOf(p, p);
  const scaled = new Float64Array(x.rows);
  for (let j = 0; j < p; j += 1) {
    const column = columnOf(x, j);
    for (let i = 0; i < scaled.length; i += 1) scaled[i] = (column[i] as number) * (factors[i] as number);
    for (let k = 0; k <= j; k += 1) {
      const other = columnOf(x, k);
      let total = 0;
      for (let i = 0; i < scaled.length; i += 1) total += (scaled[i] as number) * (other[i] as number);
      result.data[j * p + k] = total;
      result.data[k * p + j] = total;
    }
  }
  return result;
}

export function sandwichOf(bread: Matrix, meat: Matrix): Matrix {
  return multiply(multiply(bread, meat), bread);
}
