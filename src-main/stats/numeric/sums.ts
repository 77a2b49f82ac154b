/** Sum with Neumaier's compensation (1974, ZAMM 54:39): the error does not grow with the number of terms. */
export function sum(values: ArrayLike<number>): number {
  let total = 0;
  let lost = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return total + lost;
}

/** Arithmetic mean, corrected once for the rounding of the first pass, as R's `mean` is. */
export function mean(values: ArrayLike<number>): number {
  const first = sum(values) / values.length;
  const n = values.length;
  let total = 0;
  let lost = 0;
  for (let index = 0; index < n; index += 1) {
    const value = (values[index] as number) - first;
    const next = total + value;
    lost += Math.abs(total) >= Math.abs(value) ? total - next + value : value - next + total;
    total = next;
  }
  return first + (total + lost) / n;
}

/**
 * Sum of squared deviations from the mean, by the corrected two-pass algorithm (Chan, Golub and LeVeque 1983, The American
 * Statistician 37:242, eq. 1.7).
 */
export function sumOfSquares(values: ArrayLike<number>, centre: number = mean(values)): number {
  let squares = 0;
  let squaresLost = 0;
  let deviations = 0;
  for (let index = 0; index < values.length; index += 1) {
    const deviation = (values[index] as number) - centre;
    deviations += deviation;
    const term = deviation * deviation;
    const next = squares + term;
    squaresLost += squares >= term ? squares - next + term : term - next + squares;
    squares = next;
  }
  return squares + squaresLost - (deviations * deviations) / values.length;
}

/** Variance with divisor n − 1; NaN for fewer than two values. */
export function variance(values: ArrayLike<number>): number {
  return values.length < 2 ? Number.NaN : sumOfSquares(values) / (values.length - 1);
}

/** Sum of products of two vectors of one length. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < a.length; index += 1) total += (a[index] as number) * (b[index] as number);
  return total;
}
