import type { Batch, Reject } from '#shared/contract/imports.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import { problemMessage } from '#shared/domain/import-problems.ts';
import type { Connection } from './connection.ts';
import { and, asc, count, desc, eq, gt, max, queries } from './drizzle.ts';
import { batch as batches, reject } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

export type BatchStart = {
  readonly kind: string;
  readonly fileName: string;
  readonly mapping: string;
  readonly at: string;
  readonly user: string;
};

export type BatchEnd = {
  readonly fileHash: string;
  readonly fileBytes: number;
  readonly read: number;
  readonly accepted: number;
  readonly superseded: number;
  readonly rejected: number;
  readonly duplicate: number;
  readonly firstDay: number | null;
  readonly lastDay: number | null;
  readonly problems: string;
  readonly warnings: string;
};

/** Opens the record of a batch, so that its rows have something to point at; `endBatch` fills in what it turned out to be. */
export function startBatch({ connection }: WriteTransaction, { at, user, ...batch }: BatchStart): number {
  const none = { read: 0, accepted: 0, superseded: 0, rejected: 0, duplicate: 0, problems: '[]', warnings: '[]' };
  const { lastInsertRowid } = queries(connection)
    .insert(batches)
    .values({ ...batch, ...none, importedAt: at, importedBy: user, fileHash: '', fileBytes: 0 })
    .run();
  return Number(lastInsertRowid);
}

export function endBatch({ connection }: WriteTransaction, id: number, batch: BatchEnd): void {
  queries(connection).update(batches).set(batch).where(eq(batches.id, id)).run();
}

type BatchRow = typeof batches.$inferSelect;

function batchOf(row: BatchRow): Batch {
  const { read, accepted, superseded, rejected, duplicate } = row;
  return {
    batch: row.id,
    kind: row.kind,
    fileName: row.fileName,
    fileHash: row.fileHash,
    importedAt: row.importedAt,
    importedBy: row.importedBy,
    rows: { read, accepted, superseded, rejected, duplicate },
    from: row.firstDay === null ? null : isoOfDay(row.firstDay),
    to: row.lastDay === null ? null : isoOfDay(row.lastDay),
  };
}

/** All batches, newest first. */
export function listBatches(connection: Connection): Batch[] {
  return queries(connection).select().from(batches).orderBy(desc(batches.id)).all().map(batchOf);
}

/** How each batch was read: its mapping as canonical JSON, by batch. */
export function batchMappings(connection: Connection): ReadonlyMap<number, string> {
  const rows = connection.prepare('SELECT id, mapping FROM batch').raw().all();
  return new Map(rows as unknown as readonly (readonly [number, string])[]);
}

export function findBatch(connection: Connection, id: number): Batch | null {
  const row = queries(connection).select().from(batches).where(eq(batches.id, id)).get();
  return row ? batchOf(row) : null;
}

/**
 * Whether a batch in the vault came from this very file, read the same way. Since other references of people were loaded, the
 * same file may hold rows of other people, and is a file of its own again.
 */
export function holdsSameFile(connection: Connection, fileHash: string, kind: string, mapping: string): boolean {
  const newestReferences = queries(connection)
    .select({ id: max(batches.id) })
    .from(batches)
    .where(eq(batches.kind, 'aliases'))
    .get();
  const same = and(
    eq(batches.fileHash, fileHash),
    eq(batches.kind, kind),
    eq(batches.mapping, mapping),
    gt(batches.id, kind === 'aliases' ? 0 : (newestReferences?.id ?? 0)),
  );
  return queries(connection).select({ id: batches.id }).from(batches).where(same).limit(1).get() !== undefined;
}

export function countRejects(connection: Connection, batch: number): number {
  return queries(connection).select({ rows: count() }).from(reject).where(eq(reject.batchId, batch)).get()?.rows ?? 0;
}

/** Located problems of a batch in file order; the rows themselves stay sealed. */
export function readRejects(connection: Connection, batch: number, offset: number, limit: number): Reject[] {
  return queries(connection)
    .select({ row: reject.row, column: reject.columnName, code: reject.code })
    .from(reject)
    .where(and(eq(reject.batchId, batch), gt(reject.sequence, offset)))
    .orderBy(asc(reject.sequence))
    .limit(limit)
    .all()
    .map((located) => ({ ...located, message: problemMessage(located.code) }));
}

/** Whether a batch of the kind came from a file of this length: only then is it worth reading the file for its hash. */
export function holdsFileOfLength(connection: Connection, bytes: number, kind: string): boolean {
  const same = and(eq(batches.fileBytes, bytes), eq(batches.kind, kind));
  return queries(connection).select({ id: batches.id }).from(batches).where(same).limit(1).get() !== undefined;
}

export function removeBatchRecord({ connection }: WriteTransaction, id: number): void {
  queries(connection).delete(batches).where(eq(batches.id, id)).run();
}
