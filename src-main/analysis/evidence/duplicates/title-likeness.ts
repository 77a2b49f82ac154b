/** Pairs of neighbouring letters of a text, each as often as it occurs, in ascending order. */
export function letterPairs(text: string): Uint32Array {
  const pairs = new Uint32Array(Math.max(0, text.length - 1));
  for (let place = 0; place < pairs.length; place += 1) {
    pairs[place] = text.charCodeAt(place) * 65_536 + text.charCodeAt(place + 1);
  }
  return pairs.sort();
}

/**
 * Dice's coefficient of the pairs of letters of two texts: 1 where they are the same, 0 where they share none (Dice 1945, Ecology
 * 26:297).
 * @param least what is of use: 0 is given where their lengths alone keep them below it
 */
export function titleLikeness(one: Uint32Array, other: Uint32Array, least: number): number {
  const all = one.length + other.length;
  if (all === 0 || (2 * Math.min(one.length, other.length)) / all < least) return 0;
  let shared = 0;
  let first = 0;
  let second = 0;
  while (first < one.length && second < other.length) {
    const a = one[first] as number;
    const b = other[second] as number;
    if (a === b) shared += 1;
    if (a <= b) first += 1;
    if (b <= a) second += 1;
  }
  return (2 * shared) / all;
}
