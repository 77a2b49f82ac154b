import type { Connection } from './connection.ts';
import { eq, queries } from './drizzle.ts';
import { type reviewPair, type reviewRecord, reviewSource, reviewSourceWithdrawal } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** A file of references that was taken into a review. */
export type ReviewSourceRecord = typeof reviewSource.$inferSelect;
export type ReviewWithdrawalRecord = typeof reviewSourceWithdrawal.$inferSelect;
/** A reference as its file has it. */
export type ReviewReferenceRecord = typeof reviewRecord.$inferSelect;
/** What was said last of two records counts. */
export type ReviewPairRecord = typeof reviewPair.$inferSelect;

/** What the place of a record rests on, without its words. */
export type ReviewRecordRow = {
  readonly id: number;
  readonly sourceId: number;
  /** 0 or 1. */
  readonly hasTitle: number;
  readonly hasFault: number;
};

export function listReviewSources(connection: Connection, review: string): ReviewSourceRecord[] {
  return queries(connection)
    .select()
    .from(reviewSource)
    .where(eq(reviewSource.review, review))
    .orderBy(reviewSource.id)
    .all();
}

export function listReviewWithdrawals(connection: Connection, review: string): ReviewWithdrawalRecord[] {
  return queries(connection)
    .select({
      id: reviewSourceWithdrawal.id,
      sourceId: reviewSourceWithdrawal.sourceId,
      reason: reviewSourceWithdrawal.reason,
      at: reviewSourceWithdrawal.at,
      user: reviewSourceWithdrawal.user,
    })
    .from(reviewSourceWithdrawal)
    .innerJoin(reviewSource, eq(reviewSource.id, reviewSourceWithdrawal.sourceId))
    .where(eq(reviewSource.review, review))
    .all();
}

const ofReview = 'source_id IN (SELECT id FROM review_source WHERE review = ?)';

/** Every record of a review in order, of files that were withdrawn too. */
export function listReviewRecordRows(connection: Connection, review: string, after: number): ReviewRecordRow[] {
  return connection
    .prepare<[string, number], ReviewRecordRow>(
      `SELECT id, source_id AS sourceId, title <> '' AS hasTitle, fault IS NOT NULL AS hasFault
       FROM review_record WHERE ${ofReview} AND id > ? ORDER BY id`,
    )
    .all(review, after);
}

const referenceColumns =
  'id, source_id AS sourceId, row, fault, title, year, authors, doi, journal, volume, issue, pages, abstract, keywords, type, pmid, url, language';

/** These records, in order of their numbers. */
export function readReviewRecords(connection: Connection, ids: readonly number[]): ReviewReferenceRecord[] {
  return connection
    .prepare<[string], ReviewReferenceRecord>(
      `SELECT ${referenceColumns} FROM review_record WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id`,
    )
    .all(JSON.stringify(ids));
}

/** Records of files that were not withdrawn, with what tells duplicates; abstracts are left out. */
export function listReviewReferences(
  connection: Connection,
  review: string,
): Omit<ReviewReferenceRecord, 'abstract' | 'keywords' | 'url' | 'row' | 'fault'>[] {
  return connection
    .prepare<[string], Omit<ReviewReferenceRecord, 'abstract' | 'keywords' | 'url' | 'row' | 'fault'>>(
      `SELECT id, source_id AS sourceId, title, year, authors, doi, journal, volume, issue, pages, type, pmid, language
       FROM review_record WHERE ${ofReview} AND source_id NOT IN (SELECT source_id FROM review_source_withdrawal)
       ORDER BY id`,
    )
    .all(review);
}

/** Numbers of the records whose title, authors, journal or DOI hold a text, whatever its case. */
export function findReviewRecords(connection: Connection, review: string, text: string): number[] {
  return connection
    .prepare<[string, string], number>(
      `SELECT id FROM review_record WHERE ${ofReview}
       AND instr(lower(title || ' ' || authors || ' ' || journal || ' ' || doi), lower(?)) > 0`,
    )
    .pluck()
    .all(review, text);
}

export function listReviewPairs(connection: Connection, review: string, after: number): ReviewPairRecord[] {
  return connection
    .prepare<[string, number], ReviewPairRecord>(
      `SELECT id, review, first_id AS firstId, second_id AS secondId, verdict, by_rule AS byRule, why, at, user
       FROM review_pair WHERE review = ? AND id > ? ORDER BY id`,
    )
    .all(review, after);
}

/** Adds a file with its records, and gives the number of the file and those of its records in order. */
export function addReviewSource(
  { connection }: WriteTransaction,
  source: Omit<ReviewSourceRecord, 'id'>,
  records: readonly Omit<ReviewReferenceRecord, 'id' | 'sourceId'>[],
): { readonly source: number; readonly ids: readonly number[] } {
  const sourceId = Number(queries(connection).insert(reviewSource).values(source).run().lastInsertRowid);
  const insert = connection.prepare(
    `INSERT INTO review_record (source_id, row, fault, title, year, authors, doi, journal, volume, issue, pages, abstract, keywords, type, pmid, url, language)
     VALUES (:sourceId, :row, :fault, :title, :year, :authors, :doi, :journal, :volume, :issue, :pages, :abstract, :keywords, :type, :pmid, :url, :language)`,
  );
  const ids = records.map((record) => Number(insert.run({ sourceId, ...record }).lastInsertRowid));
  return { source: sourceId, ids };
}

export function addReviewWithdrawal(
  { connection }: WriteTransaction,
  record: Omit<ReviewWithdrawalRecord, 'id'>,
): void {
  queries(connection).insert(reviewSourceWithdrawal).values(record).run();
}

export function addReviewPairs({ connection }: WriteTransaction, pairs: readonly Omit<ReviewPairRecord, 'id'>[]): void {
  const insert = connection.prepare(
    `INSERT INTO review_pair (review, first_id, second_id, verdict, by_rule, why, at, user)
     VALUES (:review, :firstId, :secondId, :verdict, :byRule, :why, :at, :user)`,
  );
  for (const pair of pairs) insert.run(pair);
}
