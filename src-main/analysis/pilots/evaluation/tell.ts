/** Whether a part of a whole may be told beside it: neither it nor the rest is of few people, or of nobody. */
export function mayTellPart(part: number, whole: number, minimum: number): boolean {
  return part >= minimum && whole - part >= minimum;
}

/**
 * Counts of steps of which each is within the one before it, as far as they may be told: the last wherever it is not few, and earlier ones
 * where they are the same as the next that is told, or lose at least `minimum`.
 */
export function toldSteps(counts: readonly number[], minimum: number): (number | null)[] {
  let next: number | null = null;
  return counts
    .toReversed()
    .map((count) => {
      const few = count < minimum || (next !== null && count !== next && count - next < minimum);
      if (few) return null;
      next = count;
      return count;
    })
    .toReversed();
}
