import { ExpectedError } from '#shared/domain/result.ts';
import type { Connection } from './connection.ts';
import type { Migration } from './migrations/migration.ts';

/** Version of the schema that a store holds; 0 for a new file. */
export function schemaVersion(connection: Connection): number {
  return connection.pragma('user_version', { simple: true }) as number;
}

/** Refuses, by name, a store that a newer Tidemark has written. */
export function refuseNewerStore(connection: Connection, newest: number): void {
  const version = schemaVersion(connection);
  if (version <= newest) return;
  throw new ExpectedError(
    'VAULT_NEWER',
    `This vault was written by a newer version of Tidemark (schema ${version}; this version knows ${newest}).`,
    'Nothing was changed. Open it with the newer version.',
    { version, newest },
  );
}

/**
 * Brings a store up to the newest schema in one transaction. `beforeFirst` runs once, before anything is changed, and only
 * where there is something to lose: it takes the backup.
 */
export function migrate(connection: Connection, steps: readonly Migration[], beforeFirst: () => void): number {
  const from = schemaVersion(connection);
  const newest = Math.max(...steps.map((step) => step.version));
  refuseNewerStore(connection, newest);
  const pending = steps.filter((step) => step.version > from).sort((a, b) => a.version - b.version);
  if (pending.length === 0) return from;
  if (from > 0) beforeFirst();
  connection.transaction(() => {
    for (const step of pending) connection.exec(step.sql);
    const broken = connection.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0) throw new Error(`migration left ${broken.length} broken references`);
    connection.pragma(`user_version = ${newest}`);
  })();
  return newest;
}
