import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appendAudit, chainBeginning, verifyChain, writeAuditHead } from '#main/store/audit-log.ts';
import type { Connection } from '#main/store/connection.ts';
import { storeFile } from '#main/store/vault-store.ts';
import { unlocked, withStore } from '../integration/test-vault.ts';
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
