import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from './connection.ts';

export type BackupCopy = { readonly file: string; readonly madeAt: string | null };

function recorded(connection: Connection): BackupCopy[] {
  const known = connection.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'backup'").get();
  if (known === undefined) return [];
  return connection
    .prepare<[], { folder: string; file: string; madeAt: string }>(
      'SELECT folder, file_name AS file, made_at AS madeAt FROM backup WHERE removed_at IS NULL ORDER BY id DESC',
    )
    .all()
    .map(({ folder, file, madeAt }) => ({ file: join(folder, file), madeAt }));
}

/** Copies of the vault that were made before now: those it has a record of, and files in its own folder of backups. */
export function backupCopies(connection: Connection, folder: string): BackupCopy[] {
  const copies = recorded(connection);
  const named = new Set(copies.map(({ file }) => file));
  const own = join(folder, 'backups');
  let names: readonly string[] = [];
  try {
    names = readdirSync(own);
  } catch {
    // A vault that was never backed up has no such folder.
  }
  const found = names
    .map((name) => join(own, name))
    .filter((file) => !named.has(file) && statSync(file, { throwIfNoEntry: false })?.isFile())
    .map((file) => ({ file, madeAt: statSync(file).mtime.toISOString() }));
  return [...copies, ...found];
}
