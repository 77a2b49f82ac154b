import type { OutputOf } from '#shared/contract/index.ts';

export type Allocation = OutputOf<'pilots.allocations'>['allocations'][number];

export type StratumCounts = {
  /** Empty for those without a stratum; null for all strata together. */
  readonly stratum: string | null;
  /** In the order of the arms. */
  readonly counts: readonly number[];
  readonly total: number;
};

function countsOf(stratum: string | null, allocations: readonly Allocation[], arms: readonly string[]): StratumCounts {
  const counts = arms.map((arm) => allocations.filter((allocation) => allocation.arm === arm).length);
  return { stratum, counts, total: allocations.length };
}

/** How many of each stratum are in which arm, by name of the stratum; all together last where there are several. */
export function countsByStratum(allocations: readonly Allocation[], arms: readonly string[]): StratumCounts[] {
  const strata = [...new Set(allocations.map(({ stratum }) => stratum))].sort();
  const each = strata.map((stratum) =>
    countsOf(
      stratum,
      allocations.filter((allocation) => allocation.stratum === stratum),
      arms,
    ),
  );
  return strata.length === 1 ? each : [...each, countsOf(null, allocations, arms)];
}
