/** Whether a count, or what is left of a whole without it, may be shown: nothing, or at least the minimum. */
export function isEnough(count: number, minimum: number): boolean {
  return count === 0 || count >= minimum;
}

/** Whether a part of a whole may be shown beside it: neither it nor the rest is few. */
export function maySplit(part: number, whole: number, minimum: number): boolean {
  return isEnough(whole, minimum) && isEnough(part, minimum) && isEnough(whole - part, minimum);
}
