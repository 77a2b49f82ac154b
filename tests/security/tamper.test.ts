import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import { deriveKey } from '#main/crypto/wrap.ts';
import { readKeyring, verifyKeyring } from '#main/services/vault/keyring.ts';
import { appendAudit, chainBeginning, verifyChain, writeAuditHead } from '#main/store/audit-log.ts';
import { checkStore } from '#main/store/check-store.ts';
import { type Connection, openConnection } from '#main/store/connection.ts';
import { openVaultStore, storeFile } from '#main/store/vault-store.ts';
import { randomStream } from '#shared/domain/random.ts';
import { ExpectedError, exitCodeFor } from '#shared/domain/result.ts';
import {
  contentHash,
  copyVault,
  csvFile,
  dataKeyOf,
  newSession,
  newVault,
  passphrase,
  temporaryFolder,
  unlocked,
  user,
  withStore,
} from '../integration/test-vault.ts';

const folder = temporaryFolder('tamper');
const intact = join(folder, 'intact');
let dataKey: Buffer;
let headKey: Buffer;
let content: string;
let copies = 0;

beforeAll(async () => {
  const { call, engine } = await newVault(intact, ['analyst']);
  const lines = Array.from(
    { length: 3_000 },
    (_, at) => `P${at % 90},2026-01-${10 + (at % 20)}T${10 + (at % 13)}:00:00,RTC_FATAL,I${at}`,
  );
  const file = csvFile(folder, 'rows.csv', 'person_ref,occurred_at,category,incident_ref', lines);
  await call('imports.load', { file, kind: 'exposures', mapping: null });
  const people = csvFile(
    folder,
    'people.csv',
    'person_ref,role,unit,name',
    Array.from({ length: 90 }, (_, at) => `P${at},R,U,Name ${at}`),
  );
  await call('imports.load', { file: people, kind: 'people', mapping: null });
  await engine.close();
  dataKey = await dataKeyOf(intact);
  headKey = deriveKey(dataKey, 'tidemark audit head v1');
  content = withStore(intact, dataKey, (connection) => contentHash(connection, []));
});

function copied(): string {
  copies += 1;
  return copyVault(intact, join(folder, `copy-${copies}`));
}

/** What opening and checking a store says: the code of its refusal, or null. */
function opened(vault: string): string | null {
  try {
    const store = openVaultStore(vault, dataKey, () => undefined);
    try {
      checkStore(store, headKey, null);
      return null;
    } finally {
      store.close();
    }
  } catch (error) {
    if (error instanceof ExpectedError) return error.error.code;
    throw error;
  }
}

const refusedBy = async (
  vault: string,
  as = user,
): Promise<{ readonly code: string; readonly exit: number; readonly message: string }> => {
  const session = newSession();
  const { code, message } = await session.refused('vault.unlock', { folder: vault, user: as, passphrase });
  expect((await session.call('vault.state', {})).session).toBeNull();
  return { code, message, exit: exitCodeFor(code) };
};

describe('the keyring', () => {
  it('opens for nobody with any one byte changed', async () => {
    const bytes = readFileSync(join(intact, 'keyring.json'));
    const vault = copied();
    const readable: number[] = [];
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = bytes[at]! ^ (1 << (at % 8));
      writeFileSync(join(vault, 'keyring.json'), changed);
      let keyring: ReturnType<typeof readKeyring>;
      try {
        keyring = readKeyring(vault);
      } catch (error) {
        expect(error).toMatchObject({ error: { code: 'CORRUPT' } });
        continue;
      }
      readable.push(at);
      // The form still fits, so that the passphrase is tried; then nothing is opened before the MAC has been compared.
      expect(() => verifyKeyring(keyring, dataKey)).toThrow(/keyring of this vault is damaged/);
    }
    expect(bytes.length).toBeGreaterThan(1_000);
    expect(readable.length).toBeGreaterThan(100);
    // The whole way for some of them: each takes a key derivation.
    for (let index = 0; index < 12; index += 1) {
      const at = readable[Math.floor(((index + 0.5) * readable.length) / 12)]!;
      const changed = Buffer.from(bytes);
      changed[at] = bytes[at]! ^ (1 << (at % 8));
      writeFileSync(join(vault, 'keyring.json'), changed);
      rmSync(join(vault, 'throttle.json'), { force: true });
      const { code, exit } = await refusedBy(vault);
      expect(['CORRUPT', 'WRONG_PASSPHRASE'], `byte ${at}`).toContain(code);
      expect([4, 5]).toContain(exit);
    }
  });

  it('of another vault opens nothing, and a missing one says what is missing', async () => {
    const other = join(folder, 'other');
    await (await newVault(other)).engine.close();
    const vault = copied();
    copyFileSync(join(other, 'keyring.json'), join(vault, 'keyring.json'));
    expect(await refusedBy(vault)).toMatchObject({ code: 'CORRUPT', exit: 5 });
    rmSync(join(vault, 'keyring.json'));
    expect(await refusedBy(vault)).toMatchObject({ code: 'NOT_A_VAULT', exit: 3 });
    expect(withStore(vault, dataKey, (connection) => contentHash(connection, []))).toBe(content);
  });

  it('with weaker or ruinous key derivation settings is refused before they are used', async () => {
    for (const [name, value] of [
      ['memoryKiB', 1_024],
      ['memoryKiB', 8 * 1024 ** 2],
      ['passes', 1],
      ['passes', 1_000],
      ['lanes', 0],
    ] as const) {
      const vault = copied();
      const keyring = JSON.parse(readFileSync(join(vault, 'keyring.json'), 'utf8')) as {
        body: { users: { kdf: Record<string, unknown> }[] };
      };
      keyring.body.users[0]!.kdf[name] = value;
      writeFileSync(join(vault, 'keyring.json'), `${JSON.stringify(keyring)}\n`);
      const started = performance.now();
      expect(await refusedBy(vault)).toMatchObject({ code: 'CORRUPT', exit: 5 });
      expect(performance.now() - started).toBeLessThan(2_000);
    }
  });
});

describe('the head of the audit log', () => {
  it('opens for nobody with any one byte changed', () => {
    const bytes = readFileSync(join(intact, 'audit.head'));
    const vault = copied();
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = bytes[at]! ^ (1 << (at % 8));
      writeFileSync(join(vault, 'audit.head'), changed);
      expect(opened(vault), `byte ${at}`).toBe('AUDIT_BROKEN');
    }
    writeFileSync(join(vault, 'audit.head'), bytes);
    expect(opened(vault)).toBeNull();
  });

  it('missing, cut or empty refuses; an earlier one is followed to the end; a later one means that rows are lost', async () => {
    const vault = copied();
    const earlier = readFileSync(join(vault, 'audit.head'));
    const head = withStore(vault, dataKey, (connection) => verifyChain(connection, chainBeginning));
    rmSync(join(vault, 'audit.head'));
    expect(await refusedBy(vault)).toMatchObject({ code: 'AUDIT_BROKEN', exit: 5 });
    writeFileSync(join(vault, 'audit.head'), '');
    expect(opened(vault)).toBe('AUDIT_BROKEN');
    writeFileSync(join(vault, 'audit.head'), earlier.subarray(0, 60));
    expect(opened(vault)).toBe('AUDIT_BROKEN');
    // Head behind the store, as a crash between commit and head leaves it.
    writeFileSync(join(vault, 'audit.head'), earlier);
    const { engine } = await unlocked(vault);
    await engine.close();
    const later = readFileSync(join(vault, 'audit.head'));
    expect(later).not.toEqual(earlier);
    writeFileSync(join(vault, 'audit.head'), earlier);
    expect(opened(vault)).toBeNull();
    expect(readFileSync(join(vault, 'audit.head'))).toEqual(later);
    // Head ahead of the store: the store is an old copy.
    copyFileSync(storeFile(intact), storeFile(vault));
    expect(opened(vault)).toBe('AUDIT_BROKEN');
    // Both old: only a head printed elsewhere tells.
    writeFileSync(join(vault, 'audit.head'), earlier);
    const session = await unlocked(vault);
    expect((await session.refused('vault.check', { head: `${head.sequence + 2}:${'a'.repeat(64)}` })).code).toBe(
      'AUDIT_BROKEN',
    );
    expect((await session.call('vault.check', { head: `${head.sequence}:${head.hash}` })).batches).toBe(2);
    expect((await session.refused('vault.check', { head: 'no head' })).code).toBe('BAD_INPUT');
    await session.engine.close();
  });
});

describe('the audit log', () => {
  function tampered(change: (connection: Connection) => void): string | null {
    const vault = copied();
    withStore(vault, dataKey, change);
    return opened(vault);
  }
  const drop = (connection: Connection): void => {
    connection.exec('DROP TRIGGER audit_is_append_only_update; DROP TRIGGER audit_is_append_only_delete;');
  };

  it('takes no update and no delete', () => {
    withStore(copied(), dataKey, (connection) => {
      expect(() => connection.exec("UPDATE audit SET user = 'nobody'")).toThrow(/append-only/);
      expect(() => connection.exec('DELETE FROM audit WHERE sequence = 1')).toThrow(/append-only/);
      expect(() => connection.exec('INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE sequence = 2')).toThrow(
        /append-only/,
      );
    });
  });

  it.each([
    ['an event edited', "UPDATE audit SET event = replace(event, 'done', 'failed') WHERE sequence = 2"],
    ['who did it edited beside the event', "UPDATE audit SET user = 'somebody else' WHERE sequence = 2"],
    ['when it was edited beside the event', "UPDATE audit SET at = '2020-01-01T00:00:00.000Z' WHERE sequence = 3"],
    ['what was done edited beside the event', "UPDATE audit SET action = 'nothing' WHERE sequence = 3"],
    ['an event deleted', 'DELETE FROM audit WHERE sequence = 2'],
    ['the first event deleted', 'DELETE FROM audit WHERE sequence = 1'],
    ['the last event deleted', 'DELETE FROM audit WHERE sequence = (SELECT max(sequence) FROM audit)'],
    [
      'two events exchanged',
      'UPDATE audit SET sequence = 900 WHERE sequence = 2; UPDATE audit SET sequence = 2 WHERE sequence = 3; UPDATE audit SET sequence = 3 WHERE sequence = 900',
    ],
    [
      'an event put in between',
      'UPDATE audit SET sequence = -sequence WHERE sequence > 2; UPDATE audit SET sequence = 1 - sequence WHERE sequence < 0; INSERT INTO audit SELECT 3, at, user, action, event, previous_hash, hash FROM audit WHERE sequence = 2',
    ],
    [
      'an event put at the end',
      'INSERT INTO audit SELECT max(sequence) + 1, at, user, action, event, hash, hash FROM audit',
    ],
    ['everything deleted', 'DELETE FROM audit'],
  ])('shows %s', (_, sql) => {
    expect(
      tampered((connection) => {
        drop(connection);
        connection.exec(sql);
      }),
    ).toBe('AUDIT_BROKEN');
  });

  it('follows 100,000 links in under two seconds', () => {
    const vault = copied();
    withStore(vault, dataKey, (connection) => {
      connection.transaction(() => {
        for (let at = 0; at < 100_000; at += 1) {
          appendAudit(connection, { at: '2026-01-01T00:00:00.000Z', user: 'tester', action: 'test', outcome: 'done' });
        }
      })();
      const started = performance.now();
      const end = verifyChain(connection, chainBeginning);
      expect(performance.now() - started).toBeLessThan(2_000);
      writeAuditHead(vault, headKey, end);
    });
    expect(opened(vault)).toBeNull();
  });
});

describe('the store', () => {
  it('with one byte changed, anywhere, is refused or holds what it held', () => {
    const bytes = readFileSync(storeFile(intact));
    const random = randomStream(20_260_304, 'flipped bytes');
    const vault = copied();
    const outcomes = { refused: 0, harmless: 0 };
    for (let index = 0; index < 200; index += 1) {
      const changed = Buffer.from(bytes);
      const at = random.nextBelow(bytes.length);
      changed[at] = bytes[at]! ^ (1 << random.nextBelow(8));
      for (const name of ['vault.db-wal', 'vault.db-shm']) rmSync(join(vault, name), { force: true });
      writeFileSync(storeFile(vault), changed);
      const code = opened(vault);
      if (code === null) {
        expect(
          withStore(vault, dataKey, (connection) => contentHash(connection, [])),
          `byte ${at}`,
        ).toBe(content);
        outcomes.harmless += 1;
      } else {
        expect(['CORRUPT', 'AUDIT_BROKEN'], `byte ${at}`).toContain(code);
        outcomes.refused += 1;
      }
    }
    // Pages that are in use are nearly all of them.
    expect(outcomes.refused).toBeGreaterThan(150);
  });

  it.each([
    ['cut in half', (file: string) => truncateSync(file, Math.floor(readFileSync(file).length / 8_192) * 4_096)],
    ['cut by a byte', (file: string) => truncateSync(file, readFileSync(file).length - 1)],
    ['cut to its first bytes', (file: string) => truncateSync(file, 100)],
    ['empty', (file: string) => truncateSync(file, 0)],
    ['missing', (file: string) => rmSync(file)],
    ['noise', (file: string) => writeFileSync(file, Buffer.alloc(8 * 4_096, 0x5a))],
  ])('that is %s is refused, and nothing is made in its place', async (_, damage) => {
    const vault = copied();
    damage(storeFile(vault));
    const before = existsSync(storeFile(vault)) ? readFileSync(storeFile(vault)) : null;
    expect(await refusedBy(vault)).toMatchObject({ code: 'CORRUPT', exit: 5 });
    expect(existsSync(storeFile(vault)) ? readFileSync(storeFile(vault)) : null).toEqual(before);
  });

  it('that is a database without encryption, or of another key, is refused by name', async () => {
    const vault = copied();
    rmSync(storeFile(vault));
    const plain = new Database(storeFile(vault));
    plain.exec('CREATE TABLE exposures (a); PRAGMA user_version = 10;');
    plain.close();
    expect(await refusedBy(vault)).toMatchObject({
      code: 'CORRUPT',
      message: expect.stringContaining('without encryption'),
    });
    rmSync(storeFile(vault));
    const other = openConnection(storeFile(vault), Buffer.alloc(32, 1), { create: true });
    other.exec('CREATE TABLE exposures (a)');
    other.close();
    expect(await refusedBy(vault)).toMatchObject({ code: 'CORRUPT', exit: 5 });
  });

  it('of a newer version is refused as such and left alone', async () => {
    const vault = copied();
    withStore(vault, dataKey, (connection) => connection.pragma('user_version = 9999'));
    const bytes = readFileSync(storeFile(vault));
    expect(await refusedBy(vault)).toMatchObject({ code: 'VAULT_NEWER', exit: 3 });
    expect(readFileSync(storeFile(vault))).toEqual(bytes);
    expect(readdirSync(join(vault, 'backups'))).toEqual([]);
  });

  it('of one vault is not opened by another that has the same passphrase', async () => {
    const vault = copied();
    const other = join(folder, 'other-store');
    await (await newVault(other)).engine.close();
    copyFileSync(storeFile(other), storeFile(vault));
    expect(await refusedBy(vault)).toMatchObject({ code: 'CORRUPT', exit: 5 });
  });
});

describe('one vault', () => {
  it('is kept to one process', async () => {
    const vault = copied();
    const holder = await unlocked(vault);
    const passphraseFile = join(folder, 'pass.txt');
    writeFileSync(passphraseFile, passphrase);
    const args = [
      'bin/tidemark.mjs',
      'vault',
      'check',
      vault,
      '--user',
      user,
      '--passphrase-file',
      passphraseFile,
      '--json',
    ];
    const run = (): { status: number; stdout: string } => {
      try {
        return {
          status: 0,
          stdout: execFileSync('node_modules/.bin/node', args, {
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'ignore'],
          }),
        };
      } catch (error) {
        return error as { status: number; stdout: string };
      }
    };
    const busy = run();
    expect(busy.status).toBe(3);
    expect(JSON.parse(busy.stdout)).toMatchObject({ error: { code: 'VAULT_BUSY' } });
    await holder.engine.close();
    expect(run().status).toBe(0);
  });

  it.skipIf(process.getuid?.() === 0)(
    'in a folder that cannot be written to is refused in words (root may write anywhere: skipped)',
    async () => {
      const vault = copied();
      execFileSync('chmod', ['-R', 'a-w', vault]);
      expect(await refusedBy(vault)).toMatchObject({ code: 'READ_ONLY', exit: 3 });
      execFileSync('chmod', ['-R', 'u+w', vault]);
    },
  );

  it('is not made over another, nor in a folder that holds its store', async () => {
    const session = newSession();
    const create = { user, roles: [], passphrase };
    expect((await session.refused('vault.create', { folder: intact, ...create })).code).toBe('VAULT_EXISTS');
    const half = join(folder, 'half');
    mkdirSync(half);
    copyFileSync(storeFile(intact), storeFile(half));
    expect((await session.refused('vault.create', { folder: half, ...create })).code).toBe('VAULT_EXISTS');
    expect(withStore(intact, dataKey, (connection) => contentHash(connection, []))).toBe(content);
  });
});
