import { createHash } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appendAudit, chainBeginning, verifyChain, writeAuditHead } from '#main/store/audit-log.ts';
import { checkStore } from '#main/store/check-store.ts';
import type { Connection } from '#main/store/connection.ts';
import { openVaultStore, storeFile } from '#main/store/vault-store.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { newVault, temporaryFolder, unlocked, withStore } from '../integration/test-vault.ts';
import { evidence } from './evidence.ts';
import { intactVault, refusedBy } from './tampered-vault.ts';

const { copied, intact, keys, opened } = intactVault('audit');

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
    evidence(2, 'head of the audit log, one bit of each byte flipped', `${bytes.length} of ${bytes.length} refused`);
  });

  it('missing, cut or empty refuses; an earlier one is followed to the end; a later one means that rows are lost', async () => {
    const vault = copied();
    const earlier = readFileSync(join(vault, 'audit.head'));
    const head = withStore(vault, keys().dataKey, (connection) => verifyChain(connection, chainBeginning));
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
    withStore(vault, keys().dataKey, change);
    return opened(vault);
  }
  const drop = (connection: Connection): void => {
    connection.exec('DROP TRIGGER audit_is_append_only_update; DROP TRIGGER audit_is_append_only_delete;');
  };

  it('takes no update and no delete', () => {
    withStore(copied(), keys().dataKey, (connection) => {
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
    withStore(vault, keys().dataKey, (connection) => {
      connection.transaction(() => {
        for (let at = 0; at < 100_000; at += 1) {
          appendAudit(connection, { at: '2026-01-01T00:00:00.000Z', user: 'tester', action: 'test', outcome: 'done' });
        }
      })();
      const started = performance.now();
      const end = verifyChain(connection, chainBeginning);
      expect(performance.now() - started).toBeLessThan(2_000);
      writeAuditHead(vault, keys().headKey, end);
    });
    expect(opened(vault)).toBeNull();
  });
});

describe('a broken link', () => {
  /** What the refusal says of a vault: which entry, and what is wrong with it. */
  function fault(vault: string): Readonly<Record<string, unknown>> | null {
    try {
      const store = openVaultStore(vault, keys().dataKey, () => undefined);
      try {
        checkStore(store, keys().headKey, null);
        return null;
      } finally {
        store.close();
      }
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      return { ...error.error.params, message: error.error.message };
    }
  }

  it.each([
    ['edited', 2, "UPDATE audit SET event = replace(event, 'done', 'failed') WHERE sequence = 2"],
    ['edited', 3, `UPDATE audit SET hash = '${'ab'.repeat(32)}' WHERE sequence = 3`],
    ['edited', 2, "UPDATE audit SET user = 'somebody else' WHERE sequence = 2"],
    ['deleted', 2, 'DELETE FROM audit WHERE sequence = 2'],
    ['deleted', 1, 'DELETE FROM audit WHERE sequence = 1'],
    [
      'deleted',
      2,
      'DELETE FROM audit WHERE sequence = 2; UPDATE audit SET sequence = -sequence WHERE sequence > 2; UPDATE audit SET sequence = -sequence - 1 WHERE sequence < 0; INSERT INTO audit SELECT max(sequence) + 1, at, user, action, event, hash, hash FROM audit',
    ],
    [
      'reordered',
      2,
      'UPDATE audit SET sequence = 900 WHERE sequence = 2; UPDATE audit SET sequence = 2 WHERE sequence = 3; UPDATE audit SET sequence = 3 WHERE sequence = 900',
    ],
    [
      'inserted',
      3,
      'UPDATE audit SET sequence = -sequence WHERE sequence > 2; UPDATE audit SET sequence = 1 - sequence WHERE sequence < 0; INSERT INTO audit SELECT 3, at, user, action, event, previous_hash, hash FROM audit WHERE sequence = 2',
    ],
    [
      'inserted',
      3,
      `UPDATE audit SET sequence = -sequence WHERE sequence > 2; UPDATE audit SET sequence = 1 - sequence WHERE sequence < 0; INSERT INTO audit SELECT 3, at, user, action, event, '${'cd'.repeat(32)}', '${'ef'.repeat(32)}' FROM audit WHERE sequence = 2`,
    ],
  ])('that was %s is named with its entry (%i)', (kind, entry, sql) => {
    const vault = copied();
    withStore(vault, keys().dataKey, (connection) => {
      connection.exec('DROP TRIGGER audit_is_append_only_update; DROP TRIGGER audit_is_append_only_delete;');
      connection.exec(sql);
    });
    const found = fault(vault);
    expect(found).toMatchObject({ fault: kind, entry });
    expect(found?.['message']).toContain(`ntry ${entry}`);
  });

  it('says that the tail was cut, and from which entry on', () => {
    const vault = copied();
    let last = 0;
    withStore(vault, keys().dataKey, (connection) => {
      last = verifyChain(connection, chainBeginning).sequence;
      connection.exec('DROP TRIGGER audit_is_append_only_delete');
      connection.exec('DELETE FROM audit WHERE sequence > 2');
    });
    expect(last).toBeGreaterThan(3);
    expect(fault(vault)).toMatchObject({ fault: 'tail-cut', entry: 3 });
  });

  it('says what is wrong with the file beside the store', () => {
    const vault = copied();
    const file = join(vault, 'audit.head');
    const sound = readFileSync(file, 'utf8');
    rmSync(file);
    expect(fault(vault)).toMatchObject({ fault: 'head-missing' });
    writeFileSync(file, 'no head');
    expect(fault(vault)).toMatchObject({ fault: 'head-damaged' });
    writeFileSync(
      file,
      sound.replace(/"hash":"./, (start) => `${start.slice(0, -1)}${start.endsWith('0') ? '1' : '0'}`),
    );
    expect(fault(vault)).toMatchObject({ fault: 'head-changed' });
    writeFileSync(file, sound);
    expect(fault(vault)).toBeNull();
    const store = openVaultStore(vault, keys().dataKey, () => undefined);
    try {
      writeAuditHead(vault, keys().headKey, chainBeginning);
      expect(() => checkStore(store, keys().headKey, null)).toThrow(/was put back: it names entry 0/);
    } finally {
      store.close();
    }
  });
});

describe('the audit log for administrators', () => {
  it('is listed in pages and filtered, verified, and exported so that anybody can verify it again', async () => {
    const folder = temporaryFolder('audit-place');
    const { call, refused, engine } = await newVault(join(folder, 'vault'), ['administrator', 'analyst']);
    await refused('imports.undo', { batch: 99 });
    await refused('no.such.call', {});
    const all = await call('audit.list', { offset: 0, limit: 100 });
    expect(all.total).toBe(all.entries.length);
    expect(all.entries.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: all.total }, (_, at) => all.total - at),
    );
    expect(all.users).toEqual(['tester']);
    const page = await call('audit.list', { offset: 1, limit: 1 });
    expect(page).toMatchObject({ total: all.total, entries: [all.entries[1]] });
    const failed = await call('audit.list', { offset: 0, limit: 9, outcome: 'failed' });
    expect(failed.entries).toMatchObject([{ action: 'import.undo', reason: 'NOT_FOUND' }]);
    const today = all.entries[0]!.at.slice(0, 10);
    expect((await call('audit.list', { offset: 0, limit: 9, from: today, to: today })).total).toBe(all.total);
    expect((await call('audit.list', { offset: 0, limit: 9, to: '2001-01-01' })).total).toBe(0);
    expect((await call('audit.list', { offset: 0, limit: 9, text: 'unknown call' })).total).toBe(1);
    expect((await call('audit.list', { offset: 0, limit: 9, text: '%' })).total).toBe(0);

    expect(await call('audit.verify', {})).toMatchObject({ fault: null, entries: all.total });
    const file = join(folder, 'log.jsonl');
    const written = await call('audit.export', { file, format: 'jsonl' });
    let hash = '0'.repeat(64);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(written.entries);
    for (const [at, line] of lines.entries()) {
      const link = JSON.parse(line) as { sequence: number; event: string; hash: string };
      hash = createHash('sha256')
        .update(`${hash}\n${at + 1}\n${link.event}`)
        .digest('hex');
      expect(link).toMatchObject({ sequence: at + 1, hash });
    }
    expect(written.head.hash).toBe(hash);
    const csv = join(folder, 'log.csv');
    await call('audit.export', { file: csv, format: 'csv' });
    expect(readFileSync(csv, 'utf8').split('\r\n')[0]).toBe('sequence,at,user,action,event,previousHash,hash');
    const exports = await call('audit.list', { offset: 0, limit: 9, action: 'audit.export' });
    expect(exports.total).toBe(2);
    await engine.close();
  });
});
