import { sha256Hex } from '#main/crypto/hash-chain.ts';
import type { Connection } from './connection.ts';
import { queries } from './drizzle.ts';
import { evidenceDocument } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** One version of a document of a review; never changed afterwards. */
export type EvidenceRecord = typeof evidenceDocument.$inferSelect;
export type EvidenceKind = EvidenceRecord['kind'];

export type NewestDocument = Pick<
  EvidenceRecord,
  'review' | 'kind' | 'item' | 'version' | 'bodyHash' | 'at' | 'user'
> & {
  readonly body: string;
};

/** Documents as they stand, without those taken back, in the order in which they were begun. Without the query builder: analyses ask. */
export function newestDocuments(connection: Connection, review: string | null = null): NewestDocument[] {
  return connection
    .prepare<[string | null, string | null], NewestDocument>(
      `SELECT review, kind, item, version, body, body_hash AS bodyHash, at, user FROM evidence_document AS held
       WHERE (? IS NULL OR review = ?) AND body IS NOT NULL AND version = (
         SELECT max(version) FROM evidence_document
         WHERE review = held.review AND kind = held.kind AND item = held.item
       )
       ORDER BY (SELECT min(id) FROM evidence_document
         WHERE review = held.review AND kind = held.kind AND item = held.item)`,
    )
    .all(review, review);
}

/** The newest version of a document, taken back or not; version 0 where there is none. */
export function newestVersion(
  connection: Connection,
  { review, kind, item }: Pick<EvidenceRecord, 'review' | 'kind' | 'item'>,
): Pick<EvidenceRecord, 'version' | 'body' | 'bodyHash'> {
  const found = connection
    .prepare<[string, string, string], Pick<EvidenceRecord, 'version' | 'body' | 'bodyHash'>>(
      `SELECT version, body, body_hash AS bodyHash FROM evidence_document
       WHERE review = ? AND kind = ? AND item = ? ORDER BY version DESC LIMIT 1`,
    )
    .get(review, kind, item);
  return found ?? { version: 0, body: null, bodyHash: '' };
}

/** A name of every document as it stands, so that a snapshot tells one from another; null where there are none. */
export function evidenceName(connection: Connection): string | null {
  const hashes = newestDocuments(connection).map(({ review, kind, item, bodyHash }) =>
    JSON.stringify([review, kind, item, bodyHash]),
  );
  return hashes.length === 0 ? null : sha256Hex(hashes.join('\n'));
}

/** Adds versions. The store refuses one that does not follow the newest. */
export function addEvidence({ connection }: WriteTransaction, records: readonly Omit<EvidenceRecord, 'id'>[]): void {
  for (const record of records) queries(connection).insert(evidenceDocument).values(record).run();
}
