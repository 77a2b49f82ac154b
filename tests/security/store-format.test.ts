import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBackup } from '#main/store/read-backup.ts';
import { storeFile } from '#main/store/vault-store.ts';
import { decryptSqlcipher } from '../fixtures/sqlcipher-reader.ts';
import { copyVault, unlocked, withStore } from '../integration/test-vault.ts';
import { evidence } from './evidence.ts';
import { intactVault } from './tampered-vault.ts';

const { folder, intact, keys } = intactVault('store-format');
const hasSqlite = spawnSync('sqlite3', ['--version']).status === 0;

/** Rows of every table as the store itself counts them. */
function counts(): [string, number][] {
  return withStore(intact, keys().dataKey, (connection) => {
    connection.pragma('wal_checkpoint(TRUNCATE)');
    const names = connection
      .prepare<[], string>(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
      )
      .pluck()
      .all();
    return names.map((name) => [name, connection.prepare<[], number>(`SELECT count(*) FROM "${name}"`).pluck().get()!]);
  });
}

/** What the `sqlite3` program says of a plain database; the file is kept in memory where there is a place for it. */
function ask(plain: Buffer, sql: string): string {
  const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const scratch = mkdtempSync(join(place, 'tidemark-plain-'));
  try {
    const file = join(scratch, 'plain.db');
    writeFileSync(file, plain, { mode: 0o600 });
    return execFileSync('sqlite3', ['-readonly', '-noheader', `file:${file}?immutable=1`, sql], {
      encoding: 'utf8',
    }).trim();
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

describe('the store is of the SQLCipher 4 format', () => {
  it('every page opens and is authentic to a reader written from the published format alone', () => {
    counts();
    const bytes = readFileSync(storeFile(intact));
    const plain = decryptSqlcipher(bytes, keys().dataKey);
    expect(plain.subarray(0, 16).toString('latin1')).toBe('SQLite format 3\0');
    // The page size and the reserved bytes of the plain header.
    expect([plain.readUInt16BE(16), plain[20]]).toEqual([4_096, 80]);
    expect(plain.readUInt32BE(28)).toBe(bytes.length / 4_096);
    expect(() => decryptSqlcipher(bytes, Buffer.alloc(32, 7))).toThrow('page 1 is not authentic');
    const changed = Buffer.from(bytes);
    changed[3 * 4_096 + 100]! ^= 1;
    expect(() => decryptSqlcipher(changed, keys().dataKey)).toThrow('page 4 is not authentic');
    // Two pages exchanged are whole, and not in their places.
    const swapped = Buffer.from(bytes);
    bytes.copy(swapped, 2 * 4_096, 3 * 4_096, 4 * 4_096);
    expect(() => decryptSqlcipher(swapped, keys().dataKey)).toThrow('page 3 is not authentic');
  });

  it.skipIf(!hasSqlite)(
    'and the plain database is sound to the sqlite3 program, row for row (skipped without sqlite3)',
    () => {
      const expected = counts();
      const plain = decryptSqlcipher(readFileSync(storeFile(intact)), keys().dataKey);
      expect(ask(plain, 'PRAGMA integrity_check')).toBe('ok');
      const sql = expected.map(([name]) => `SELECT '${name}', count(*) FROM "${name}"`).join(' UNION ALL ');
      const rows = new Map(
        ask(plain, sql)
          .split('\n')
          .map((line) => line.split('|') as [string, string]),
      );
      for (const [name, count] of expected) expect(rows.get(name), name).toBe(String(count));
      expect(expected.find(([name]) => name === 'exposures')?.[1]).toBeGreaterThan(1_000);
      evidence(
        2,
        'store opened by a reader of the published SQLCipher 4 format',
        `${plain.length / 4_096} pages authentic, integrity ok, ${expected.length} tables row for row`,
      );
    },
  );

  it('so is the store inside a backup', async () => {
    const session = await unlocked(copyVault(intact, join(folder, 'source')));
    const file = join(folder, 'a.backup');
    await session.call('vault.backup', { file });
    await session.engine.close();
    const { store } = readBackup(file).manifest.body.parts;
    const plain = decryptSqlcipher(readFileSync(file).subarray(0, store.bytes), keys().dataKey);
    expect(plain).toHaveLength(store.bytes);
  });
});
