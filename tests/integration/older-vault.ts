import { renameSync, rmSync } from 'node:fs';
import { type Connection, openConnection } from '#main/store/connection.ts';
import { migrate } from '#main/store/migrate.ts';
import { migrations } from '#main/store/migrations/index.ts';
import { storeFile } from '#main/store/vault-store.ts';
import { withStore } from './test-vault.ts';

function tablesOf(connection: Connection): string[] {
  return connection
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .pluck()
    .all();
}

function columnsOf(connection: Connection, table: string): string[] {
  return connection.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
}

/** Copies the rows of the tables and columns that both know. */
function copyRows(from: Connection, to: Connection): void {
  to.transaction(() => {
    to.pragma('defer_foreign_keys = ON');
    for (const table of tablesOf(to)) {
      const columns = columnsOf(to, table).filter((column) => columnsOf(from, table).includes(column));
      const names = columns.map((column) => `"${column}"`).join(', ');
      to.prepare(`DELETE FROM "${table}"`).run();
      const insert = to.prepare(`INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`);
      for (const row of from.prepare<[], unknown[]>(`SELECT ${names} FROM "${table}"`).raw().iterate()) insert.run(row);
    }
  })();
}

/**
 * Makes of a vault that nobody has open the one that an earlier Tidemark would have left, with the same rows under the schema
 * of a version: its tables are made by that version's own steps. Gives the tables that it has no place for.
 */
export function asOlderVault(folder: string, dataKey: Uint8Array, version: number): string[] {
  const file = storeFile(folder);
  const older = `${file}.older`;
  const left = withStore(folder, dataKey, (now) => {
    const connection = openConnection(older, dataKey, { create: true });
    try {
      const steps = migrations.filter((step) => step.version <= version);
      migrate(connection, steps, () => undefined);
      copyRows(now, connection);
      now.pragma('wal_checkpoint(TRUNCATE)');
      connection.pragma('wal_checkpoint(TRUNCATE)');
      const known = tablesOf(connection);
      return tablesOf(now).filter((table) => !known.includes(table));
    } finally {
      connection.close();
    }
  });
  for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
  renameSync(older, file);
  return left;
}
