import type { PairVerdict } from '#shared/domain/review.ts';

/** A record, or several that are one. */
export type ReviewUnit = {
  /** The lowest number of its records, by which it is called. */
  readonly id: number;
  /** In order, itself among them. */
  readonly records: readonly number[];
  /** Whether any of them has a title. */
  readonly isReadable: boolean;
};

export type JudgedPair = {
  readonly firstId: number;
  readonly secondId: number;
  readonly verdict: PairVerdict;
  /** 0 or 1: whether a rule said it, not a person. */
  readonly byRule: number;
};

type Side = { readonly id: number; readonly hasTitle: number };

/**
 * Makes records one that are the same. Two that are kept apart are never in one unit, whatever third record is like both: what
 * people said is taken before what rules said, each in order.
 * @param pairs what counts of every pair: at most one for any two records, those of records left out passed over
 */
export function unitsOf(records: readonly Side[], pairs: readonly JudgedPair[]): ReviewUnit[] {
  const group = new Map<number, number[]>(records.map(({ id }) => [id, [id]]));
  const apart = new Map<number, Set<number>>();
  const keepApart = (one: number, other: number): void => {
    apart.set(one, (apart.get(one) ?? new Set()).add(other));
  };
  for (const { firstId, secondId, verdict } of pairs) {
    if (verdict !== 'apart') continue;
    keepApart(firstId, secondId);
    keepApart(secondId, firstId);
  }
  const same = pairs.filter(({ verdict }) => verdict === 'same');
  for (const { firstId, secondId } of [...same].sort((a, b) => a.byRule - b.byRule)) {
    const first = group.get(firstId);
    const second = group.get(secondId);
    if (!first || !second || first === second) continue;
    if (first.some((one) => second.some((other) => apart.get(one)?.has(other)))) continue;
    first.push(...second);
    for (const id of second) group.set(id, first);
  }
  const titled = new Set(records.filter(({ hasTitle }) => hasTitle === 1).map(({ id }) => id));
  return [...new Set(group.values())].map((ids) => {
    const sorted = [...ids].sort((a, b) => a - b);
    return { id: sorted[0] ?? 0, records: sorted, isReadable: sorted.some((id) => titled.has(id)) };
  });
}
