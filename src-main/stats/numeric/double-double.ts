/** 2^27 + 1: splits a double in two halves whose products are exact (Dekker 1971, Numerische Mathematik 18:224). */
const splitter = 134_217_729;

/** Values beyond it would overflow when they are split. */
export const largestSplit = 1e290;

/**
 * Subtracts `factor`·column from a vector of pairs (high, low), each holding a number to about 32 digits: the product's own
 * rounding error and that of the subtraction go into `low` (Ogita, Rump and Oishi 2005, SIAM Journal on Scientific Computing
 * 26:1955).
 */
export function subtractScaled(high: Float64Array, low: Float64Array, column: Float64Array, factor: number): void {
  const lifted = splitter * factor;
  const factorHigh = lifted - (lifted - factor);
  const factorLow = factor - factorHigh;
  for (let i = 0; i < high.length; i += 1) {
    const value = column[i] as number;
    const shifted = splitter * value;
    const valueHigh = shifted - (shifted - value);
    const valueLow = value - valueHigh;
    const product = -factor * value;
    const productError = -(
      factorLow * valueLow -
      (-product - factorHigh * valueHigh - factorLow * valueHigh - factorHigh * valueLow)
    );
    const before = high[i] as number;
    const total = before + product;
    const moved = total - before;
    low[i] = (low[i] as number) + (before - (total - moved) + (product - moved)) + productError;
    high[i] = total;
  }
}

/** Σ a·b as if computed with twice the digits and then rounded (Dot2 of the same paper). */
export function accurateDot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  let lost = 0;
  for (let i = 0; i < a.length; i += 1) {
    const x = a[i] as number;
    const y = b[i] as number;
    const shiftedX = splitter * x;
    const xHigh = shiftedX - (shiftedX - x);
    const xLow = x - xHigh;
    const shiftedY = splitter * y;
    const yHigh = shiftedY - (shiftedY - y);
    const yLow = y - yHigh;
    const product = x * y;
    const productError = xLow * yLow - (product - xHigh * yHigh - xLow * yHigh - xHigh * yLow);
    const next = total + product;
    const moved = next - total;
    lost += total - (next - moved) + (product - moved) + productError;
    total = next;
  }
  return total + lost;
}
