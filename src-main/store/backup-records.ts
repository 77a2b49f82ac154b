import type { Connection } from './connection.ts';
import { and, asc, desc, eq, isNull, queries } from './drizzle.ts';
import { backup } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

export type BackupRecord = typeof backup.$inferSelect;

/** Every backup made of this vault, newest first; by number, because a clock may have been set back between two. */
export function listBackupRecords(connection: Connection): BackupRecord[] {
  return queries(connection).select().from(backup).orderBy(desc(backup.id)).all();
}

export function addBackupRecord(
  { connection }: WriteTransaction,
  record: Omit<BackupRecord, 'id' | 'removedAt'>,
): number {
  return Number(queries(connection).insert(backup).values(record).run().lastInsertRowid);
}

/** Scheduled backups whose files this vault has not removed, oldest first. */
export function keptScheduled(connection: Connection): BackupRecord[] {
  return queries(connection)
    .select()
    .from(backup)
    .where(and(eq(backup.kind, 'scheduled'), isNull(backup.removedAt)))
    .orderBy(asc(backup.id))
    .all();
}

export function setBackupRemoved({ connection }: WriteTransaction, id: number, at: string): void {
  queries(connection).update(backup).set({ removedAt: at }).where(eq(backup.id, id)).run();
}
