import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { exitCodeFor } from '#shared/domain/result.ts';
import {
  copyVault,
  newSession,
  newVault,
  passphrase,
  temporaryFolder,
  unlocked,
  user,
} from '../integration/test-vault.ts';
import { evidence } from './evidence.ts';
import { smallDisk } from './small-disk.ts';

const folder = temporaryFolder('backup-media');
const vault = join(folder, 'vault');
const file = join(folder, 'vault.backup');
const disk = join(folder, 'disk');
const secret = { user, passphrase, recoveryKey: null };

const { mount, possible } = smallDisk(disk);

describe.skipIf(!possible)('a disk that is full or may not be written (skipped where none can be mounted)', () => {
  beforeAll(async () => {
    const session = await newVault(vault);
    await session.call('vault.backup', { file });
    await session.engine.close();
  });
  afterEach(() => {
    execFileSync('/bin/umount', ['-l', disk], { stdio: 'ignore' });
  });

  it('refuses a backup and a restore that do not fit, and keeps nothing of them', async () => {
    mount('-t', 'tmpfs', '-o', 'size=200k', 'tmpfs');
    const session = await unlocked(vault);
    const backup = await session.refused('vault.backup', { file: join(disk, 'a.backup') });
    expect([backup.code, exitCodeFor(backup.code)]).toEqual(['DISK_FULL', 3]);
    const restore = await session.refused('vault.restore', { file, folder: join(disk, 'vault'), ...secret });
    expect(restore.code).toBe('DISK_FULL');
    expect(readdirSync(disk)).toEqual([]);
    await session.call('vault.check', { head: null });
    // The vault is none the worse, and the next one is made where there is room.
    await session.call('vault.backup', { file: join(folder, 'after.backup') });
    await session.engine.close();
    evidence(4, 'backup and restore onto a full disk', 'refused with DISK_FULL, exit 3, nothing left behind');
  });

  it('refuses a backup whose record does not fit into the vault, and takes the file away', async () => {
    mount('-t', 'tmpfs', '-o', 'size=64m', 'tmpfs');
    const own = copyVault(vault, join(disk, 'vault'));
    const session = await unlocked(own);
    const filler = join(disk, 'filler');
    try {
      writeFileSync(filler, Buffer.alloc(64 * 1024 ** 2));
    } catch {
      // It is as large as there was room.
    }
    const target = join(folder, 'unrecorded.backup');
    expect((await session.refused('vault.backup', { file: target })).code).toBe('DISK_FULL');
    expect(existsSync(target)).toBe(false);
    rmSync(filler);
    await session.call('vault.check', { head: null });
    await session.engine.close();
  });

  it('opens no vault that may not be written, in words, and backs up to none', async () => {
    mount('-t', 'tmpfs', '-o', 'size=64m', 'tmpfs');
    copyVault(vault, join(disk, 'vault'));
    mount('-o', 'remount,ro');
    const session = newSession();
    const refusal = await session.refused('vault.unlock', { folder: join(disk, 'vault'), user, passphrase });
    expect([refusal.code, exitCodeFor(refusal.code)]).toEqual(['READ_ONLY', 3]);
    expect(refusal.message).toContain('cannot be written to');
    await session.call('vault.unlock', { folder: vault, user, passphrase });
    expect((await session.refused('vault.backup', { file: join(disk, 'b.backup') })).code).toBe('READ_ONLY');
    const into = { file, folder: join(disk, 'new'), ...secret };
    expect((await session.refused('vault.restore', into)).code).toBe('READ_ONLY');
    await session.call('vault.check', { head: null });
    await session.engine.close();
    evidence(4, 'vault or target on a read-only medium', 'refused with READ_ONLY, exit 3, nothing lost');
  });
});
