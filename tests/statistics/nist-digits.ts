/** Digits that a double can show: agreement to the last bit counts as so many. */
const mostDigits = 15;

/**
 * Number of correct significant digits of a computed value: minus the decimal logarithm of its relative error, of its absolute
 * error where the certified value is 0 (McCullough 1998, The American Statistician 52:358). From 0 to 15.
 * @param certified as NIST prints it, or as a number
 */
export function correctDigits(value: number | null, certified: number | string): number {
  if (value === null || !Number.isFinite(value)) return 0;
  const target = Number(certified);
  const gap = Math.abs(value - target);
  if (gap === 0) return mostDigits;
  const digits = -Math.log10(target === 0 ? gap : gap / Math.abs(target));
  return Math.min(mostDigits, Math.max(0, digits));
}
