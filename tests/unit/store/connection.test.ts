import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openConnection } from '#main/store/connection.ts';
import { writeFileAtomically } from '#main/store/files.ts';
import { storeError } from '#main/store/store-error.ts';
import { takeVaultLock } from '#main/store/vault-lock.ts';
import { createVaultStore, openVaultStore } from '#main/store/vault-store.ts';
import { ExpectedError } from '#shared/domain/result.ts';

const event = { at: '2026-01-01T00:00:00.000Z', user: 'test', action: 'test', outcome: 'done' } as const;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a connection', () => {
  it('is encrypted from the first page and states every setting that its safety rests on', () => {
    const file = join(folder, 'a.db');
    const key = randomBytes(32);
    const connection = openConnection(file, key, { create: true });
    connection.exec("CREATE TABLE t (v); INSERT INTO t VALUES ('MARKER-IN-CLEAR')");
    const settings = [
      'cipher',
      'temp_store',
      'secure_delete',
      'foreign_keys',
      'recursive_triggers',
      'trusted_schema',
      'cell_size_check',
      'journal_mode',
      'synchronous',
      'mmap_size',
    ];
    expect(settings.map((name) => connection.pragma(name, { simple: true }))).toEqual([
      'sqlcipher',
      2,
      1,
      1,
      1,
      0,
      1,
      'wal',
      2,
      0,
    ]);
    expect(() => connection.prepare('SELECT "no such column"').get()).toThrow(/no such column/);
    expect(() => connection.loadExtension('/nowhere')).toThrow();
    for (const name of ['a.db', 'a.db-wal']) expect(readFileSync(join(folder, name)).includes('MARKER')).toBe(false);
    connection.close();
    const bytes = readFileSync(file);
    expect(bytes.includes('MARKER')).toBe(false);
    expect(bytes.includes('SQLite format')).toBe(false);
    expect(() => openConnection(file, randomBytes(32))).toThrow(ExpectedError);
    const again = openConnection(file, key);
    expect(again.prepare('SELECT v FROM t').pluck().get()).toBe('MARKER-IN-CLEAR');
    again.close();
  });

  it('makes no file unless it is asked to', () => {
    expect(() => openConnection(join(folder, 'none.db'), randomBytes(32))).toThrow(ExpectedError);
    expect(existsSync(join(folder, 'none.db'))).toBe(false);
  });
});

describe('the store of a vault', () => {
  it('keeps a change and its event together, or neither, and the head behind both', () => {
    const key = randomBytes(32);
    const store = createVaultStore(folder, key, event, () => undefined);
    const before = store.auditHead();
    expect(() =>
      store.commit(event, ({ connection }) => {
        connection.exec("INSERT INTO meta VALUES ('half', 'done')");
        throw new Error('in the middle');
      }),
    ).toThrow('in the middle');
    expect(store.auditHead()).toEqual(before);
    expect(store.connection.prepare("SELECT count(*) FROM meta WHERE key = 'half'").pluck().get()).toBe(0);
    const long = store.begin();
    long.transaction.connection.exec("INSERT INTO meta VALUES ('long', 'yes')");
    long.rollback();
    long.rollback();
    expect(store.auditHead()).toEqual(before);
    store.commit(
      (value) => ({ ...event, details: { value } }),
      () => 7,
    );
    expect(store.auditHead().sequence).toBe(before.sequence + 1);
    const head = JSON.parse(readFileSync(join(folder, 'audit.head'), 'utf8')) as { sequence: number; hash: string };
    expect({ sequence: head.sequence, hash: head.hash }).toEqual(store.auditHead());
    store.close();
    const reopened = openVaultStore(folder, key, () => expect.unreachable('nothing to migrate'));
    expect(reopened.auditHead()).toEqual({ sequence: head.sequence, hash: head.hash });
    reopened.close();
  });

  it('takes a change back where its head cannot be written', () => {
    const store = createVaultStore(folder, randomBytes(32), event, () => undefined);
    const before = store.auditHead();
    const insert = (): void => {
      store.commit(event, ({ connection }) => connection.exec("INSERT INTO meta VALUES ('half', 'done')"));
    };
    // What stands in the way of the new head fails as a full disk would, before the commit.
    mkdirSync(join(folder, 'audit.head.new'));
    expect(insert).toThrow();
    expect(store.auditHead()).toEqual(before);
    expect(store.connection.prepare('SELECT count(*) FROM meta').pluck().get()).toBe(0);
    rmdirSync(join(folder, 'audit.head.new'));
    insert();
    expect(store.auditHead().sequence).toBe(before.sequence + 1);
    store.close();
  });

  it('is locked to one holder until that one lets go', () => {
    const lock = takeVaultLock(folder);
    expect(() => takeVaultLock(folder)).toThrow(
      expect.objectContaining({ error: expect.objectContaining({ code: 'VAULT_BUSY' }) }),
    );
    lock.release();
    takeVaultLock(folder).release();
  });
});

describe('files beside the store', () => {
  it('are replaced whole, for their owner alone, and leave nothing half-written', () => {
    const file = join(folder, 'f.txt');
    writeFileAtomically(file, 'one');
    writeFileAtomically(file, Buffer.from('two'));
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(existsSync(`${file}.new`)).toBe(false);
    writeFileSync(`${file}.new`, 'left by a crash, and longer than what follows');
    writeFileAtomically(file, 'three');
    expect(readFileSync(file, 'utf8')).toBe('three');
  });

  it.each([
    ['SQLITE_NOTADB', 'CORRUPT'],
    ['SQLITE_CORRUPT_VTAB', 'CORRUPT'],
    ['SQLITE_IOERR_READ', 'CORRUPT'],
    ['SQLITE_CANTOPEN', 'CORRUPT'],
    ['SQLITE_FULL', 'DISK_FULL'],
    ['ENOSPC', 'DISK_FULL'],
    ['SQLITE_READONLY_DIRECTORY', 'READ_ONLY'],
    ['EACCES', 'READ_ONLY'],
    ['EROFS', 'READ_ONLY'],
    ['SQLITE_BUSY_SNAPSHOT', 'VAULT_BUSY'],
    ['SQLITE_LOCKED', 'VAULT_BUSY'],
  ])('fail as %s with %s', (code, expected) => {
    const mapped = storeError(Object.assign(new Error('a secret detail'), { code }));
    expect(mapped).toMatchObject({ error: { code: expected } });
    expect(JSON.stringify((mapped as ExpectedError).error)).not.toContain('secret');
  });

  it('leave what is no failure of theirs as it is', () => {
    for (const other of [new Error('x'), Object.assign(new Error('y'), { code: 'SQLITE_CONSTRAINT' }), null, 'text']) {
      expect(storeError(other)).toBe(other);
    }
  });
});
