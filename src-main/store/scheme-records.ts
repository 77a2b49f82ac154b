import type { Connection } from './connection.ts';
import { queries } from './drizzle.ts';
import { schemeEvent, schemeVersion } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** A version of a scheme as it was saved; never changed afterwards. */
export type SchemeVersionRecord = typeof schemeVersion.$inferSelect;
export type SchemeEventKind = (typeof schemeEvent.$inferSelect)['kind'];
export type SchemeEventRecord = typeof schemeEvent.$inferSelect;

const versionColumns =
  'id, scheme, version, body, body_hash AS bodyHash, copied_from AS copiedFrom, saved_at AS savedAt, saved_by AS savedBy, reason';

/** Every version of every scheme, in the order of saving. Without the query builder: the analyses ask on every question. */
export function listSchemeVersions(connection: Connection): SchemeVersionRecord[] {
  return connection.prepare<[], SchemeVersionRecord>(`SELECT ${versionColumns} FROM scheme_version ORDER BY id`).all();
}

/** What happened to schemes, the oldest first. */
export function listSchemeEvents(connection: Connection): SchemeEventRecord[] {
  return connection
    .prepare<[], SchemeEventRecord>(
      'SELECT id, scheme_version_id AS schemeVersionId, kind, at, user, reason FROM scheme_event ORDER BY id',
    )
    .all();
}

/** Adds the next version of a scheme; gives its row. The store refuses it once the scheme was approved or retired. */
export function addSchemeVersion(
  { connection }: WriteTransaction,
  version: Omit<SchemeVersionRecord, 'id'>,
): SchemeVersionRecord {
  const { lastInsertRowid } = queries(connection).insert(schemeVersion).values(version).run();
  return { id: Number(lastInsertRowid), ...version };
}

/** Adds an event. The store refuses an author's agreement, a second one of the same person's making two, and any change later. */
export function addSchemeEvent({ connection }: WriteTransaction, event: Omit<SchemeEventRecord, 'id'>): void {
  queries(connection).insert(schemeEvent).values(event).run();
}
