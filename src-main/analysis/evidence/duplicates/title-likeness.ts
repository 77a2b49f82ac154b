/**
 * Dice's coefficient of the pairs of letters of two texts, each pair as often as it occurs: 1 where they are the same, 0 where they
 * share none (Dice 1945, Ecology 26:297).
 * @param least what is of use: 0 is given where their lengths alone keep them below it
 */
export function titleLikeness(one: string, other: string, least = 0): number {
  if (one === other) return 1;
  if (one.length < 2 || other.length < 2) return 0;
  const most = (2 * (Math.min(one.length, other.length) - 1)) / (one.length + other.length - 2);
  if (most < least) return 0;
  const counts = new Map<string, number>();
  for (let place = 0; place < one.length - 1; place += 1) {
    const pair = one.slice(place, place + 2);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  let shared = 0;
  for (let place = 0; place < other.length - 1; place += 1) {
    const pair = other.slice(place, place + 2);
    const left = counts.get(pair) ?? 0;
    if (left === 0) continue;
    counts.set(pair, left - 1);
    shared += 1;
  }
  return (2 * shared) / (one.length + other.length - 2);
}
