import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Connection, openConnection } from '#main/store/connection.ts';
import { migrate, schemaVersion } from '#main/store/migrate.ts';
import { migrations, newestVersion } from '#main/store/migrations/index.ts';
import type { Migration } from '#main/store/migrations/migration.ts';
import { openVaultStore } from '#main/store/vault-store.ts';
import { dataKey, newFolder, newStore } from './store-in-folder.ts';

/**
 * SHA-256 of the SQL of every migration. A released one stands in vaults that people hold: to change the schema, add a
 * migration and its line here, and never change a line.
 */
const released: Readonly<Record<number, string>> = {
  10: '7d4ad2887755112cf855285da7532fbe15bd0b63f2e22e3d91b25fdfce7a9d93',
  20: '1b243206ad0b8812bcbd928baeb585b827b831cb478bd60dca3913cc8ae7969a',
  30: '540b24181823630ce10378c009dfc8e815612dfe9a2a57d98a76c7825aae3e1c',
  40: '9fba7caeef276f27dbb1bd76986a5f961e145367dfc2080a0e3829555fa342ae',
  50: '21755c6ecc3d83cbdb8e681d58794719f1d95bff8e31fb1de08ddd76a769a3dc',
  60: '0f7af60c5d2b26b6687d5530d0b447a6c5273482ef30dbcf1fc9c8a92a79f9ac',
  70: '6339568db9f20aa70261d62f853ee08d181a9a82c335c3cf90d37e7a59997023',
  100: '71491cbf2b57b3b05559af59dd13e59337e6effc3bda102cdf8bc305305d5fd2',
  110: '3f6ee9b2b802a730cbe78f620133a10c6e6974e19d36a7e1604b3aa7119916b3',
  120: 'cf6ef69e5aa5ac36730d3f41a6e104f18dc8bfacd8970317f90c63f650576a2b',
  130: 'b9d9e34b176b0b03fd4a2e0519c40b27c1dc64882c4d350eb33abd41caad0cec',
  150: 'b7ebdcbea4048d901b09e0818d7d8370c4cf71c22cfa9458d1c893818115b6ef',
  160: 'cb9f7382adac5ac06979fd24378f9a3dcdef13d9492fa6c33a2f34991b4c04f2',
  180: 'ebb51d3be41d74ea253b6be0d1c5e85f854a03b3ec10377f9dacce9b87de9283',
  190: '656e964bba381c9fe18c60508b137e58c74a93c1b4669fb6a28a6210be59e5a5',
  200: 'bc821b24c1aaa8c2567809cc03c57b744640db45182ee3b8cd41acdd765d8a51',
  210: '9b6c0ec12d20f839e53e349e64739008209e9915aaa23f504e42820ca9a6f3d2',
  220: '89e4fd4511899d905cb62e13c421453b776510cd1ec024c9ac86fecd49e8ba7b',
  230: '4ec8e58c0d336b9c6647f9e32a7f31b8fbbde484219d0e9aa464bb9930526e6e',
  240: '00ad649ce00063e9d90cc02ebaec0359e8479b289d6c99bad17fe48401570061',
  260: '8ec5f09870bea4da8c2b36bf23cc73a34b5a385c0940b308b8b17d4c14f2e1e1',
  270: 'a5c018a8c4d50aa468a0f2b16dcf0e703e4a967baea54b77c563aac42b57fa1b',
  290: '0fc742a9351ade43e100ce74018f4083a29960396faa9069eef1b9270ce7fa66',
  300: '13cf68efa7a1e6a2a2cf5020d8dcffb0f1ef0d56b384f43f12211d49e8de9683',
};

const first: Migration = { version: 10, name: 'first', sql: 'CREATE TABLE a (id INTEGER PRIMARY KEY NOT NULL);' };
const second: Migration = {
  version: 20,
  name: 'second',
  sql: 'CREATE TABLE b (id INTEGER PRIMARY KEY NOT NULL, a_id INTEGER REFERENCES a (id)); INSERT INTO a VALUES (1);',
};

function withConnection(work: (connection: Connection) => void): void {
  const connection = openConnection(join(newFolder(), 'vault.db'), dataKey, { create: true });
  try {
    work(connection);
  } finally {
    connection.close();
  }
}

function tablesOf(connection: Connection): string[] {
  return connection
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
}

const noBackup = () => undefined;

describe('the migrations', () => {
  it('are those that were released, to the letter', () => {
    const hashes = Object.fromEntries(
      migrations.map(({ version, sql }) => [version, createHash('sha256').update(sql).digest('hex')]),
    );
    expect(hashes).toEqual(released);
  });

  it('are listed in order, in tens, each named once', () => {
    const versions = migrations.map((step) => step.version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    expect(versions.every((version) => version > 0 && version % 10 === 0)).toBe(true);
    expect(new Set(migrations.map((step) => step.name)).size).toBe(migrations.length);
  });
});

describe('migrating', () => {
  it('brings a new file to the newest version, with nothing to back up', () =>
    withConnection((connection) => {
      const refuse = () => {
        throw new Error('a new file has nothing to lose');
      };
      expect(migrate(connection, [first, second], refuse)).toBe(20);
      expect(schemaVersion(connection)).toBe(20);
      expect(tablesOf(connection)).toEqual(['a', 'b']);
    }));

  it('runs only what is missing, in order of version, after one backup of what was there', () =>
    withConnection((connection) => {
      migrate(connection, [first], noBackup);
      const seen: string[][] = [];
      const third: Migration = { version: 30, name: 'third', sql: 'ALTER TABLE b ADD COLUMN note TEXT;' };
      expect(migrate(connection, [third, second, first], () => seen.push(tablesOf(connection)))).toBe(30);
      expect(seen).toEqual([['a']]);
      expect(tablesOf(connection)).toEqual(['a', 'b']);
    }));

  it('leaves a store that is up to date alone', () =>
    withConnection((connection) => {
      migrate(connection, [first], noBackup);
      const changes = connection.pragma('schema_version', { simple: true });
      let backups = 0;
      expect(migrate(connection, [first], () => backups++)).toBe(10);
      expect([backups, connection.pragma('schema_version', { simple: true })]).toEqual([0, changes]);
    }));

  it.each([
    ['a step that fails', 'CREATE TABLE c (id INTEGER); INSERT INTO no_such_table VALUES (1);', /no such table/],
    [
      'a step that leaves a broken reference',
      'PRAGMA defer_foreign_keys = ON; INSERT INTO b VALUES (1, 99);',
      /broken references|FOREIGN KEY/,
    ],
  ])('takes everything back at %s', (_name, sql, message) =>
    withConnection((connection) => {
      migrate(connection, [first], noBackup);
      const bad: Migration = { version: 30, name: 'bad', sql };
      expect(() => migrate(connection, [first, second, bad], noBackup)).toThrow(message);
      expect(schemaVersion(connection)).toBe(10);
      expect(tablesOf(connection)).toEqual(['a']);
    }),
  );

  it('changes nothing where the backup fails', () =>
    withConnection((connection) => {
      migrate(connection, [first], noBackup);
      const full = () => {
        throw new Error('the disk is full');
      };
      expect(() => migrate(connection, [first, second], full)).toThrow('the disk is full');
      expect([schemaVersion(connection), tablesOf(connection)]).toEqual([10, ['a']]);
    }));
});

describe('a vault from a newer version', () => {
  it('is refused by name before anything is changed', () => {
    const store = newStore();
    store.connection.pragma(`user_version = ${newestVersion + 10}`);
    let backups = 0;
    let refusal: unknown = null;
    try {
      openVaultStore(store.folder, dataKey, () => backups++);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toMatchObject({
      error: { code: 'VAULT_NEWER', params: { version: newestVersion + 10, newest: newestVersion } },
    });
    expect([backups, schemaVersion(store.connection)]).toEqual([0, newestVersion + 10]);
  });
});
