import type { CountedAs, CountToRelease, KeyedSum } from '#main/disclosure/released-counts.ts';
import type { BundleBody, BundleDefinition } from '#shared/domain/bundle.ts';

/** Counts that are decided together, under one threshold. */
export type PartCounts = { readonly cells: readonly CountToRelease[]; readonly sums: readonly KeyedSum[] };

/** A count as it may leave; null where it is withheld. */
export type ShownCount = (as: CountedAs) => number | null;

/** What of a body a part fills in. */
export type FilledPart = Partial<Pick<BundleBody, 'indicators' | 'exposures' | 'effects' | 'curves'>>;

/** One analysis’ share of a bundle: what it means, its counts before they are decided, and what is told once they are. */
export type BundlePart = {
  readonly definitions: readonly BundleDefinition[];
  readonly workforce: PartCounts;
  readonly clinical: PartCounts;
  readonly fill: (workforce: ShownCount, clinical: ShownCount) => FilledPart;
  /** Of the data behind it. */
  readonly snapshot: string;
  /** Share of exposure rows whose code has a rule; null where it rests on none. */
  readonly coverage: number | null;
  /** What is not in it, and why. */
  readonly notes: readonly string[];
};

export const noCounts: PartCounts = { cells: [], sums: [] };

/** A count that is printed. */
export function printed(as: CountedAs, value: number, more = 0): CountToRelease {
  return { ...as, value, loss: 1 + value + more, kept: false, shown: true };
}

/** A count that nobody prints and anybody can work out by subtraction. */
export function following(as: CountedAs, value: number): CountToRelease {
  return { ...as, value, loss: 0, kept: true, shown: false };
}
