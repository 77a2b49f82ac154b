import type { BundleBody, BundleExposures } from '#shared/domain/bundle.ts';

type ToldCount = {
  /** Of the forces that tell it. */
  readonly count: number;
  readonly told: number;
  readonly withheld: number;
};

export type PooledExposures = {
  readonly events: ToldCount;
  readonly people: ToldCount;
  readonly months: readonly (ToldCount & { readonly month: string })[];
  readonly categories: readonly (ToldCount & { readonly category: string })[];
};

function added(counts: readonly (number | null)[]): ToldCount {
  const told = counts.filter((count) => count !== null);
  return {
    count: told.reduce((total, count) => total + count, 0),
    told: told.length,
    withheld: counts.length - told.length,
  };
}

function addedBy(entries: readonly (readonly [name: string, count: number | null])[]): [string, ToldCount][] {
  return [...Map.groupBy(entries, ([name]) => name)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, own]) => [name, added(own.map(([, count]) => count))]);
}

/** Recorded exposures of all forces that tell them, added up; null where none does. */
export function pooledExposures(bundles: readonly BundleBody[]): PooledExposures | null {
  const own = bundles.flatMap(({ exposures }): BundleExposures[] => (exposures === null ? [] : [exposures]));
  if (own.length === 0) return null;
  const months = own.flatMap((one) => one.months.map(({ month, count }) => [month, count] as const));
  const categories = own.flatMap((one) => one.categories.map(({ category, count }) => [category, count] as const));
  return {
    events: added(own.map(({ events }) => events)),
    people: added(own.map(({ people }) => people)),
    months: addedBy(months).map(([month, counts]) => ({ month, ...counts })),
    categories: addedBy(categories).map(([category, counts]) => ({ category, ...counts })),
  };
}
