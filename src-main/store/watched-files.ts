import type { Connection } from './connection.ts';
import { and, desc, eq, inArray, ne, queries } from './drizzle.ts';
import { batch, savedMapping, watchedFile } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** `replaced`: the file has other content now; `gone`: it left the folder before it was loaded. */
export type WatchedState = 'waiting' | 'loaded' | 'dismissed' | 'replaced' | 'gone';

/** One content of one file of a watched folder. */
export type WatchedContent = {
  readonly folder: string;
  readonly fileName: string;
  readonly fileBytes: number;
  readonly fileHash: string;
};

export type WatchedNote = WatchedContent & {
  readonly state: WatchedState;
  /** Empty where nothing is wrong. */
  readonly reasonCode: string;
  readonly reason: string;
  /** The saved mapping by which it was last read, or null. */
  readonly mappingId: number | null;
  readonly batchId: number | null;
  readonly seenAt: string;
};

export type WatchedRecord = Omit<typeof watchedFile.$inferSelect, 'state'> & { readonly state: WatchedState };

/** Notes what became of a file, and that what the file held before is no longer there. Gives the file's number. */
export function noteWatchedFile({ connection }: WriteTransaction, note: WatchedNote): number {
  const { state, reasonCode, reason, mappingId, batchId, seenAt } = note;
  const change = { state, reasonCode, reason, mappingId, batchId, seenAt };
  const store = queries(connection);
  store
    .update(watchedFile)
    .set({ state: 'replaced' })
    .where(
      and(
        eq(watchedFile.folder, note.folder),
        eq(watchedFile.fileName, note.fileName),
        ne(watchedFile.fileHash, note.fileHash),
        inArray(watchedFile.state, ['waiting', 'gone', 'dismissed']),
      ),
    )
    .run();
  const row = store
    .insert(watchedFile)
    .values(note)
    .onConflictDoUpdate({ target: [watchedFile.folder, watchedFile.fileName, watchedFile.fileHash], set: change })
    .returning({ id: watchedFile.id })
    .get();
  return row.id;
}

export function setWatchedState(
  { connection }: WriteTransaction,
  id: number,
  change: Pick<WatchedNote, 'state' | 'reasonCode' | 'reason' | 'seenAt'>,
): void {
  queries(connection).update(watchedFile).set(change).where(eq(watchedFile.id, id)).run();
}

export function findWatchedFile(connection: Connection, id: number): WatchedRecord | null {
  const row = queries(connection).select().from(watchedFile).where(eq(watchedFile.id, id)).get();
  return (row as WatchedRecord | undefined) ?? null;
}

/** What is known of this content of this file. */
export function watchedContent(connection: Connection, content: WatchedContent): WatchedRecord | null {
  const same = and(
    eq(watchedFile.folder, content.folder),
    eq(watchedFile.fileName, content.fileName),
    eq(watchedFile.fileHash, content.fileHash),
  );
  return (queries(connection).select().from(watchedFile).where(same).get() as WatchedRecord | undefined) ?? null;
}

/** Files of a folder that wait, with their numbers. */
export function waitingFiles(connection: Connection, folder: string): WatchedRecord[] {
  const waiting = and(eq(watchedFile.folder, folder), eq(watchedFile.state, 'waiting'));
  return queries(connection).select().from(watchedFile).where(waiting).all() as WatchedRecord[];
}

export type WatchedListing = WatchedRecord & {
  /** Name and version of the saved mapping, or null. */
  readonly mapping: string | null;
  readonly version: number | null;
  readonly kind: string | null;
  /** Whether its batch is still in the vault. */
  readonly held: boolean;
  readonly accepted: number | null;
};

/** What became of the files of a folder, newest first; what was replaced is left out. */
export function listWatchedFiles(connection: Connection, folder: string, limit: number): WatchedListing[] {
  const rows = queries(connection)
    .select()
    .from(watchedFile)
    .leftJoin(savedMapping, eq(savedMapping.id, watchedFile.mappingId))
    .leftJoin(batch, eq(batch.id, watchedFile.batchId))
    .where(and(eq(watchedFile.folder, folder), ne(watchedFile.state, 'replaced')))
    .orderBy(desc(watchedFile.seenAt), desc(watchedFile.id))
    .limit(limit)
    .all();
  return rows.map((row) => ({
    ...(row.watched_file as WatchedRecord),
    mapping: row.saved_mapping?.name ?? null,
    version: row.saved_mapping?.version ?? null,
    kind: row.batch?.kind ?? row.saved_mapping?.kind ?? null,
    held: row.batch !== null,
    accepted: row.batch?.accepted ?? null,
  }));
}

/** The newest batch that came from a file of this content, or null. */
export function batchOfContent(connection: Connection, fileHash: string): number | null {
  const row = queries(connection)
    .select({ id: batch.id })
    .from(batch)
    .where(eq(batch.fileHash, fileHash))
    .orderBy(desc(batch.id))
    .limit(1)
    .get();
  return row?.id ?? null;
}

/** Whether safety answers of a file were taken while it was held back. */
export function holdsSafety(connection: Connection, id: number): boolean {
  return connection.prepare('SELECT 1 FROM sealed_safety WHERE batch_id = ? LIMIT 1').get(-id) !== undefined;
}
