/**
 * A power of two to divide values by, so that their squares and fourth powers stay within the range of doubles; 1 where they do
 * anyway. Dividing by it loses no digit.
 */
export function unitOfScale(largest: number): number {
  return largest > 1e60 || (largest < 1e-60 && largest > 0) ? 2 ** Math.floor(Math.log2(largest)) : 1;
}

/** The largest absolute value; 0 for none. */
export function largestSize(values: ArrayLike<number>): number {
  let largest = 0;
  for (let index = 0; index < values.length; index += 1) {
    largest = Math.max(largest, Math.abs(values[index] as number));
  }
  return largest;
}
