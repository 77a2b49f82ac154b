import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  copyVault,
  csvFile,
  newSession,
  newVault,
  passphrase,
  temporaryFolder,
  user,
} from '../integration/test-vault.ts';
import { evidence } from './evidence.ts';
import { smallDisk } from './small-disk.ts';

const folder = temporaryFolder('full-disk');
const disk = join(folder, 'disk');
const empty = join(folder, 'empty');
let file: string;

const { mount, possible } = smallDisk(disk);

describe.skipIf(!possible)('a disk that fills up (skipped where no small disk can be mounted)', () => {
  beforeAll(async () => {
    await (await newVault(empty)).engine.close();
    const lines = Array.from(
      { length: 60_000 },
      (_, at) => `P${at % 300},${new Date(Date.UTC(2025, 0, 1) + at * 900_000).toISOString()},RTC_FATAL,I${at}`,
    );
    file = csvFile(folder, 'exposures.csv', 'person_ref,occurred_at,category,incident_ref', lines);
  });
  afterEach(() => {
    execFileSync('/bin/umount', ['-l', disk], { stdio: 'ignore' });
  });

  it.each(['1m', '3m', '4m', '16m'])('of %s holds the import or says that it does not', async (size) => {
    mount('-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs');
    const vault = copyVault(empty, join(disk, 'vault'));
    writeFileSync(join(disk, 'other'), Buffer.alloc(200_000));
    const session = newSession();
    await session.call('vault.unlock', { folder: vault, user, passphrase });
    const input = { file, kind: 'exposures', mapping: null };
    const result = await session.engine.call({ operation: 'imports.load', input, callId: size });
    if (!result.ok) expect(result.error.code).toBe('DISK_FULL');
    if (size === '1m') expect(result.ok).toBe(false);
    if (size === '16m') expect(result.ok).toBe(true);
    await session.engine.close();
    // With room again, the vault is sound and holds what was said.
    rmSync(join(disk, 'other'));
    mount('-o', 'remount,size=64m');
    const after = newSession();
    await after.call('vault.unlock', { folder: vault, user, passphrase });
    await after.call('vault.check', { head: null });
    expect((await after.call('imports.list', {})).batches).toHaveLength(result.ok ? 1 : 0);
    expect((await after.call('imports.load', input)).rows.accepted).toBe(result.ok ? 0 : 60_000);
    evidence(
      4,
      `a disk of ${size} filling up under an import`,
      result.ok ? 'the import fitted and is whole' : 'refused with DISK_FULL, nothing lost',
    );
    await after.engine.close();
  });
});
