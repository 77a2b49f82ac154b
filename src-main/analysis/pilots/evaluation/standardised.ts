import { type SampleSummary, summarise } from '#main/stats/group-comparison/sample-summary.ts';
import { pooledSd } from '#main/stats/group-comparison/t-tests.ts';
import type { PilotEstimate, PilotStandardised } from '#shared/domain/pilot-evaluation.ts';

/** Standard deviation within groups, pooled over them; null where no group has two values that differ. */
export function spreadWithin(groups: Iterable<readonly number[]>): number | null {
  const summaries = [...groups].filter(({ length }) => length > 1).map((own) => summarise(Float64Array.from(own)));
  const [first, ...others] = summaries;
  if (!first) return null;
  // A pooled deviation counts as one of a single sample with as many degrees of freedom.
  const pool = (pooled: SampleSummary, next: SampleSummary): SampleSummary => ({
    ...{ n: pooled.n + next.n - 1, mean: 0 },
    sd: pooledSd(pooled, next),
  });
  const { sd } = others.reduce(pool, first);
  return sd > 0 ? sd : null;
}

/** The estimate over a deviation that is taken as known; null without one. */
export function standardisedBy(
  { estimate, low, high }: PilotEstimate,
  sd: number | null,
  whose: string,
): PilotStandardised | null {
  if (sd === null) return null;
  return {
    ...{ estimate: estimate / sd, low: low / sd, high: high / sd, sd },
    words: `The difference over the standard deviation ${whose}; its interval takes that deviation as known.`,
  };
}
