import type { Connection } from '#main/store/connection.ts';
import { listReviewSearches, type ReviewSearchRecord } from '#main/store/review-records.ts';
import type { ReviewSearch } from '#shared/contract/review-shapes.ts';

export type LoggedSearch = {
  readonly search: number;
  /** As it was entered or corrected last. */
  readonly newest: ReviewSearchRecord;
  readonly corrections: number;
};

/** The entries of the search log, in order. */
export function searchLog(connection: Connection, review: string): LoggedSearch[] {
  const versions = Map.groupBy(listReviewSearches(connection, review), ({ search }) => search);
  return [...versions].flatMap(([search, entries]) => {
    const newest = entries.at(-1);
    return newest ? [{ search, newest, corrections: entries.length - 1 }] : [];
  });
}

export function shownSearch({ search, newest, corrections }: LoggedSearch, records: number): ReviewSearch {
  const { source, database, platform, searchedOn: on, query, hits, note, at, user } = newest;
  return { search, source, database, platform, on, query, hits, note, at, by: user, records, corrections };
}
