import { reviewFlow } from '#main/analysis/evidence/screening/flow.ts';
import type { Connection } from '#main/store/connection.ts';
import { listReviewSources } from '#main/store/review-reference-records.ts';
import type { ReviewFlow } from '#shared/domain/review-flow.ts';
import type { HeldReview } from './held-review.ts';
import { searchLog } from './search-log.ts';

/** Records that count, by the number of their file. */
export function recordsBySource({ rows }: HeldReview): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { sourceId } of rows.records) {
    if (!rows.withdrawn.has(sourceId)) counts.set(sourceId, (counts.get(sourceId) ?? 0) + 1);
  }
  return counts;
}

/** Records that count, by the number of the search that they came from. */
export function recordsBySearch(connection: Connection, held: HeldReview): ReadonlyMap<number, number> {
  const bySource = recordsBySource(held);
  const counts = new Map<number, number>();
  for (const { id, search } of listReviewSources(connection, held.review)) {
    counts.set(search, (counts.get(search) ?? 0) + (bySource.get(id) ?? 0));
  }
  return counts;
}

export function flowOf(connection: Connection, held: HeldReview): ReviewFlow {
  const records = recordsBySearch(connection, held);
  return reviewFlow({
    searches: searchLog(connection, held.review).map(({ search, newest }) => ({
      search,
      source: newest.source,
      database: newest.database,
      records: records.get(search) ?? 0,
    })),
    units: held.units,
    reasons: held.protocol.exclusion,
  });
}
