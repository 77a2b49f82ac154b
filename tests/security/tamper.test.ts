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
import { describe, expect, it } from 'vitest';
import { readKeyring, verifyKeyring } from '#main/services/vault/keyring.ts';
import { openConnection } from '#main/store/connection.ts';
import { storeFile } from '#main/store/vault-store.ts';
import { randomStream } from '#shared/domain/random.ts';
import { contentHash, newSession, newVault, passphrase, unlocked, user, withStore } from '../integration/test-vault.ts';
import { evidence } from './evidence.ts';
import { intactVault, refusedBy } from './tampered-vault.ts';

const { copied, content, folder, intact, keys, opened } = intactVault('tamper');

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
      expect(() => verifyKeyring(keyring, keys().dataKey)).toThrow(/keyring of this vault is damaged/);
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
    evidence(2, 'keyring, one bit of each byte flipped', `${bytes.length} of ${bytes.length} refused`);
  });

  it('of another vault opens nothing, and a missing one says what is missing', async () => {
    const other = join(folder, 'other');
    await (await newVault(other)).engine.close();
    const vault = copied();
    copyFileSync(join(other, 'keyring.json'), join(vault, 'keyring.json'));
    expect(await refusedBy(vault)).toMatchObject({ code: 'CORRUPT', exit: 5 });
    rmSync(join(vault, 'keyring.json'));
    expect(await refusedBy(vault)).toMatchObject({ code: 'NOT_A_VAULT', exit: 3 });
    expect(withStore(vault, keys().dataKey, (connection) => contentHash(connection, []))).toBe(content());
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
          withStore(vault, keys().dataKey, (connection) => contentHash(connection, [])),
          `byte ${at}`,
        ).toBe(content());
        outcomes.harmless += 1;
      } else {
        expect(['CORRUPT', 'AUDIT_BROKEN'], `byte ${at}`).toContain(code);
        outcomes.refused += 1;
      }
    }
    // Pages that are in use are nearly all of them.
    expect(outcomes.refused).toBeGreaterThan(150);
    evidence(
      2,
      'store, 200 random bits flipped',
      `${outcomes.refused} refused, ${outcomes.harmless} in unused bytes: the content unchanged`,
    );
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
    withStore(vault, keys().dataKey, (connection) => connection.pragma('user_version = 9999'));
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
    evidence(4, 'two processes, one vault', 'the second is refused with exit 3, VAULT_BUSY');
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
    expect(withStore(intact, keys().dataKey, (connection) => contentHash(connection, []))).toBe(content());
  });
});
