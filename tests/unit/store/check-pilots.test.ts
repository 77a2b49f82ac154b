import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkPilots } from '#main/store/check-pilots.ts';
import { openConnection } from '#main/store/connection.ts';
import { migrate } from '#main/store/migrate.ts';
import { migrations } from '#main/store/migrations/index.ts';
import { dataKey, newFolder } from './store-in-folder.ts';

it('leaves a store alone that is older than its tables, whose copy is checked before it is changed', () => {
  const connection = openConnection(join(newFolder(), 'vault.db'), dataKey, { create: true });
  try {
    for (const { version } of migrations) {
      const upTo = migrations.filter((migration) => migration.version <= version);
      migrate(connection, upTo, () => checkPilots(connection));
      expect(() => checkPilots(connection), `version ${version}`).not.toThrow();
    }
  } finally {
    connection.close();
  }
});
