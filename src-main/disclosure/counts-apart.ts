/**
 * Counts of overlapping sets, such as the steps of a flow and the people in each model, of which a reader may take the difference of any two. Each
 * count asked for is given where it is 0 or reaches the threshold, and where it equals every count given before it or differs from it by at least the
 * threshold; else null. So no count and no difference of two lies between 0 and the threshold. Those asked for first are given first.
 * @param before counts of such sets that are known already
 */
export function countsApart(threshold: number, before: readonly number[] = []): (count: number) => number | null {
  const given = new Set<number>([0, ...before]);
  return (count) => {
    const safe = [...given].every((other) => other === count || Math.abs(other - count) >= threshold);
    if (safe) given.add(count);
    return safe ? count : null;
  };
}
