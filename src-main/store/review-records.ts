import type { Connection } from './connection.ts';
import { eq, queries } from './drizzle.ts';
import { reviewProtocol, reviewRegistration, reviewSearch } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** A protocol as it was saved; never changed afterwards. */
export type ReviewProtocolRecord = typeof reviewProtocol.$inferSelect;
export type ReviewRegistrationRecord = typeof reviewRegistration.$inferSelect;
/** An entry of the search log, or a correction of one. */
export type ReviewSearchRecord = typeof reviewSearch.$inferSelect;

/** Every version of every protocol, in the order of saving. */
export function listReviewProtocols(connection: Connection): ReviewProtocolRecord[] {
  return queries(connection).select().from(reviewProtocol).orderBy(reviewProtocol.id).all();
}

export function listReviewRegistrations(connection: Connection): ReviewRegistrationRecord[] {
  return queries(connection).select().from(reviewRegistration).orderBy(reviewRegistration.id).all();
}

/** The search log of a review with its corrections, each behind what it corrects. */
export function listReviewSearches(connection: Connection, review: string): ReviewSearchRecord[] {
  return queries(connection)
    .select()
    .from(reviewSearch)
    .where(eq(reviewSearch.review, review))
    .orderBy(reviewSearch.search, reviewSearch.version)
    .all();
}

/** Adds the next version of a protocol. The store refuses one without a reason once the review is registered. */
export function addReviewProtocol({ connection }: WriteTransaction, record: Omit<ReviewProtocolRecord, 'id'>): void {
  queries(connection).insert(reviewProtocol).values(record).run();
}

/** Registers a protocol. The store refuses any but the newest, and a second time. */
export function addReviewRegistration(
  { connection }: WriteTransaction,
  record: Omit<ReviewRegistrationRecord, 'id'>,
): void {
  queries(connection).insert(reviewRegistration).values(record).run();
}

export function addReviewSearch({ connection }: WriteTransaction, record: Omit<ReviewSearchRecord, 'id'>): void {
  queries(connection).insert(reviewSearch).values(record).run();
}
