import { columnOf, type Matrix, matrixOf, multiply } from '../../linear-algebra/matrix.ts';

/**
 * Covariance of coefficients that allows for autocorrelated and unequal errors: B·M·B with Bartlett weights 1 − l/(L + 1)
 * (Newey and West 1987, Econometrica 55:703, eq. 5), without prewhitening. R's `sandwich::NeweyWest(lag, prewhite = FALSE)`;
 * with `adjust`, times n/(n − k).
 * @param x n × k design, rows in the order of time
 * @param residuals of each row, such that the scores are the rows of x times these (for a GLM, working residual times weight)
 * @param bread (XᵀWX)⁻¹, k × k
 * @param lag L: 0 gives White's HC0 (with `adjust`, HC1); below n
 */
export function neweyWestCovariance(
  x: Matrix,
  residuals: Float64Array,
  bread: Matrix,
  lag: number,
  adjust: boolean,
): Matrix {
  const n = x.rows;
  const k = x.columns;
  const scores = matrixOf(n, k, Float64Array.from(x.data));
  for (let j = 0; j < k; j += 1) {
    const column = columnOf(scores, j);
    for (let i = 0; i < n; i += 1) column[i] = (column[i] as number) * (residuals[i] as number);
  }
  const meat = matrixOf(k, k);
  for (let a = 0; a < k; a += 1) {
    for (let b = 0; b <= a; b += 1) {
      const total = longRunProduct(columnOf(scores, a), columnOf(scores, b), lag);
      meat.data[a * k + b] = total;
      meat.data[b * k + a] = total;
    }
  }
  const covariance = multiply(multiply(bread, meat), bread);
  const factor = adjust ? n / (n - k) : 1;
  return matrixOf(
    k,
    k,
    covariance.data.map((value) => value * factor),
  );
}

/** Σ aᵢbᵢ + Σ_l (1 − l/(L+1)) Σ (aᵢbᵢ₋ₗ + aᵢ₋ₗbᵢ). */
function longRunProduct(a: Float64Array, b: Float64Array, lag: number): number {
  let total = 0;
  for (let i = 0; i < a.length; i += 1) total += (a[i] as number) * (b[i] as number);
  for (let l = 1; l <= lag; l += 1) {
    let crossed = 0;
    for (let i = l; i < a.length; i += 1) {
      crossed += (a[i] as number) * (b[i - l] as number) + (a[i - l] as number) * (b[i] as number);
    }
    total += (1 - l / (lag + 1)) * crossed;
  }
  return total;
}

/** Lag by the rule of thumb ⌊4(n/100)^(2/9)⌋ (Newey and West 1994, Review of Economic Studies 61:631). */
export function usualLag(n: number): number {
  return Math.floor(4 * (n / 100) ** (2 / 9));
}
