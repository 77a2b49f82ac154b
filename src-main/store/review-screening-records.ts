import type { Connection } from './connection.ts';
import { queries } from './drizzle.ts';
import { type reviewDecision, reviewFullText, reviewResolution, reviewStudy } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** What one reviewer decided on one record; their last one counts. */
export type ReviewDecisionRecord = typeof reviewDecision.$inferSelect;
/** What reviewers who differed agreed on; the last one counts. */
export type ReviewResolutionRecord = typeof reviewResolution.$inferSelect;
export type ReviewFullTextRecord = typeof reviewFullText.$inferSelect;
export type ReviewStudyRecord = typeof reviewStudy.$inferSelect;

/** Without the query builder: every decision asks for those that came since the last one. */
function newer<Row>(connection: Connection, columns: string, table: string, review: string, after: number): Row[] {
  return connection
    .prepare<[string, number], Row>(`SELECT ${columns} FROM ${table} WHERE review = ? AND id > ? ORDER BY id`)
    .all(review, after);
}

const judged = 'id, review, record_id AS recordId, stage, decision, reason, note, at, user';

/** Decisions on records of a review that are newer than one, the oldest first; of the lists below the same. */
export function listReviewDecisions(connection: Connection, review: string, after: number): ReviewDecisionRecord[] {
  return newer(connection, judged, 'review_decision', review, after);
}

export function listReviewResolutions(connection: Connection, review: string, after: number): ReviewResolutionRecord[] {
  return newer(connection, judged, 'review_resolution', review, after);
}

export function listReviewFullTexts(connection: Connection, review: string, after: number): ReviewFullTextRecord[] {
  const columns = 'id, review, record_id AS recordId, state, note, at, user';
  return newer(connection, columns, 'review_full_text', review, after);
}

export function listReviewStudies(connection: Connection, review: string, after: number): ReviewStudyRecord[] {
  return newer(connection, 'id, review, record_id AS recordId, study, at, user', 'review_study', review, after);
}

/** Adds decisions. The store refuses them before the protocol is registered. */
export function addReviewDecisions(
  { connection }: WriteTransaction,
  decisions: readonly Omit<ReviewDecisionRecord, 'id'>[],
): void {
  const insert = connection.prepare(
    `INSERT INTO review_decision (review, record_id, stage, decision, reason, note, at, user)
     VALUES (:review, :recordId, :stage, :decision, :reason, :note, :at, :user)`,
  );
  for (const decision of decisions) insert.run(decision);
}

export function addReviewResolution(
  { connection }: WriteTransaction,
  record: Omit<ReviewResolutionRecord, 'id'>,
): void {
  queries(connection).insert(reviewResolution).values(record).run();
}

export function addReviewFullTexts(
  { connection }: WriteTransaction,
  records: readonly Omit<ReviewFullTextRecord, 'id'>[],
): void {
  for (const record of records) queries(connection).insert(reviewFullText).values(record).run();
}

export function addReviewStudy({ connection }: WriteTransaction, record: Omit<ReviewStudyRecord, 'id'>): void {
  queries(connection).insert(reviewStudy).values(record).run();
}
