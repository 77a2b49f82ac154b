import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { backupEnding, parseManifest, spellManifest, verifyManifest } from '#main/store/backup-manifest.ts';
import { findBase } from '#main/store/base-backup.ts';
import { newestVersion } from '#main/store/migrations/index.ts';
import { readBackup } from '#main/store/read-backup.ts';
import { unpackBackup } from '#main/store/unpack-backup.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { randomStream } from '#shared/domain/random.ts';
import { ExpectedError, exitCodeFor } from '#shared/domain/result.ts';
import {
  copyVault,
  newSession,
  newVault,
  passphrase,
  type Session,
  unlocked,
  user,
} from '../integration/test-vault.ts';
import { evidence } from './evidence.ts';
import { intactVault } from './tampered-vault.ts';

const { folder, intact, keys } = intactVault('backup-tamper');
const file = join(folder, 'intact.backup');
const secret = { user, passphrase, recoveryKey: null };
let bytes: Buffer;
let session: Session;
let tries = 0;

beforeAll(async () => {
  const maker = await unlocked(copyVault(intact, join(folder, 'source')));
  await maker.call('vault.backup', { file });
  await maker.engine.close();
  bytes = readFileSync(file);
  session = newSession();
});

/** How restoring changed bytes is refused: it must be, and must leave no folder behind. */
async function refusedBy(changed: Buffer): Promise<{ readonly code: string; readonly exit: number }> {
  tries += 1;
  const damaged = join(folder, 'damaged.backup');
  const to = join(folder, `to-${tries}`);
  writeFileSync(damaged, changed);
  const { code, message, hint } = await session.refused('vault.restore', { file: damaged, folder: to, ...secret });
  expect(message.length).toBeGreaterThan(20);
  expect(hint).toMatch(/^Nothing was (restored|changed)/);
  expect(existsSync(to)).toBe(false);
  return { code, exit: exitCodeFor(code) };
}

/** What unpacking changed bytes with the right key says: the code of its refusal, or null. */
function unpacked(changed: Buffer): string | null {
  const damaged = join(folder, 'damaged.backup');
  const to = mkdtempSync(join(folder, 'unpacked-'));
  writeFileSync(damaged, changed);
  const event = { at: '2026-04-01T00:00:00.000Z', user, action: 'vault.restore', outcome: 'done' } as const;
  try {
    unpackBackup(damaged, readBackup(damaged), { folder: to, dataKey: keys().dataKey, event }, () => undefined);
    return null;
  } catch (error) {
    if (error instanceof ExpectedError) return error.error.code;
    throw error;
  } finally {
    rmSync(to, { recursive: true });
  }
}

function flipped(at: number, bit: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = bytes[at]! ^ (1 << bit);
  return changed;
}

/** Where the manifest begins; before it lie the store, the keyring and the audit head. */
function manifestAt(): number {
  const { store, keyring, auditHead } = readBackup(file).manifest.body.parts;
  return store.bytes + keyring.bytes + auditHead.bytes;
}

describe('a backup', () => {
  it('with one bit changed anywhere is refused', async () => {
    const random = randomStream(20_260_401, 'flipped backup');
    for (let index = 0; index < 200; index += 1) {
      const at = random.nextBelow(bytes.length);
      const changed = flipped(at, random.nextBelow(8));
      // The whole way for some of them: each takes a key derivation.
      if (index % 20 === 0) expect(await refusedBy(changed), `byte ${at}`).toEqual({ code: 'CORRUPT', exit: 5 });
      else expect(unpacked(changed), `byte ${at}`).toBe('CORRUPT');
    }
    expect(unpacked(bytes)).toBeNull();
    evidence(2, 'backup, 200 random bits flipped', '200 of 200 refused with exit 5, no folder made');
  });

  it('with one bit changed in its keyring, head, manifest or end is refused before or once the key is known', () => {
    const from = readBackup(file).manifest.body.parts.store.bytes;
    const damaged = join(folder, 'end.backup');
    let checked = 0;
    for (let at = from; at < bytes.length; at += 1) {
      writeFileSync(damaged, flipped(at, at % 8));
      expect(() => verifyManifest(readBackup(damaged).manifest, keys().dataKey), `byte ${at}`).toThrow(
        /backup|longer or shorter/,
      );
      checked += 1;
    }
    expect(checked).toBe(bytes.length - from);
    expect(checked).toBeGreaterThan(1_500);
    evidence(2, 'backup, every byte of keyring, head, manifest and end', `${checked} of ${checked} refused`);
  });

  it('cut short, grown, emptied or of something else is refused, and creates nothing', async () => {
    const at = manifestAt();
    for (const changed of [
      Buffer.alloc(0),
      bytes.subarray(0, 1),
      bytes.subarray(0, 4_096),
      bytes.subarray(0, at),
      bytes.subarray(0, bytes.length - 1),
      bytes.subarray(1),
      Buffer.concat([bytes, Buffer.alloc(1)]),
      Buffer.concat([Buffer.alloc(4_096), bytes]),
      Buffer.concat([bytes.subarray(0, 4_096), bytes]),
      Buffer.concat([bytes.subarray(4_096)]),
      Buffer.from('person_ref,occurred_at\nA,B\n'),
      backupEnding,
      Buffer.concat([Buffer.alloc(8, 0xff), backupEnding]),
      Buffer.concat([Buffer.alloc(8), backupEnding]),
    ]) {
      expect(await refusedBy(changed)).toEqual({ code: 'CORRUPT', exit: 5 });
    }
  });

  it('with a part of another backup, or of another vault, is refused', async () => {
    const other = await newVault(join(folder, 'other'));
    const otherFile = join(folder, 'other.backup');
    await other.call('vault.backup', { file: otherFile });
    await other.engine.close();
    const theirs = readFileSync(otherFile);
    const own = readBackup(file).manifest.body.parts;
    const them = readBackup(otherFile).manifest.body.parts;
    const store = { own: bytes.subarray(0, own.store.bytes), theirs: theirs.subarray(0, them.store.bytes) };
    const ownEnd = bytes.subarray(own.store.bytes);
    const theirEnd = theirs.subarray(them.store.bytes);
    expect(await refusedBy(Buffer.concat([store.theirs, ownEnd]))).toMatchObject({ exit: 5 });
    expect(await refusedBy(Buffer.concat([store.own, theirEnd]))).toMatchObject({ exit: 5 });
    // A manifest that fits parts of two vaults, but was written under the key of one of them.
    const { manifest } = readBackup(file);
    const mixed = { ...manifest.body, parts: { ...manifest.body.parts, keyring: them.keyring } };
    const text = Buffer.from(canonicalJson({ body: mixed, mac: manifest.mac }));
    expect(() => parseManifest(text.toString())).not.toThrow();
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(text.length));
    const theirKeyring = theirEnd.subarray(0, them.keyring.bytes);
    const head = ownEnd.subarray(own.keyring.bytes, own.keyring.bytes + own.auditHead.bytes);
    const swapped = Buffer.concat([store.own, theirKeyring, head, text, length, backupEnding]);
    expect(await refusedBy(swapped)).toEqual({ code: 'CORRUPT', exit: 5 });
  });

  it('that says other than it holds, or is of a newer version, is refused though its manifest is sound', async () => {
    const at = manifestAt();
    const { manifest } = readBackup(file);
    const withBody = (body: typeof manifest.body): Buffer => {
      const text = Buffer.from(spellManifest(body, keys().dataKey));
      const length = Buffer.alloc(8);
      length.writeBigUInt64BE(BigInt(text.length));
      return Buffer.concat([bytes.subarray(0, at), text, length, backupEnding]);
    };
    const { body } = manifest;
    expect(withBody(body)).toEqual(bytes);
    expect(await refusedBy(withBody({ ...body, holds: { ...body.holds, rows: body.holds.rows + 1 } }))).toEqual({
      code: 'CORRUPT',
      exit: 5,
    });
    const head = { ...body.auditHead, hash: sha256Hex('another') };
    expect(await refusedBy(withBody({ ...body, auditHead: head }))).toEqual({ code: 'CORRUPT', exit: 5 });
    expect(await refusedBy(withBody({ ...body, vaultId: 'ANOTHER' }))).toEqual({ code: 'CORRUPT', exit: 5 });
    const newer = withBody({ ...body, schemaVersion: newestVersion + 10 });
    expect(await refusedBy(newer)).toEqual({ code: 'VAULT_NEWER', exit: 3 });
  });
});

describe('a backup of what changed', () => {
  const changesFile = join(folder, 'changes.backup');
  let changes: Buffer;

  beforeAll(async () => {
    const maker = await unlocked(join(folder, 'source'));
    await maker.call('vault.setLockAfter', { minutes: 7 });
    expect((await maker.call('vault.backup', { file: changesFile, since: file })).whole).toBe(false);
    await maker.engine.close();
    changes = readFileSync(changesFile);
  });

  /** What unpacking changed bytes over a base says: the code of its refusal, or null. */
  function laidOver(changed: Buffer, whole: Buffer): string | null {
    const to = mkdtempSync(join(folder, 'laid-'));
    const [damaged, base] = [join(to, 'changes.backup'), join(to, 'intact.backup')];
    const store = join(to, 'store');
    writeFileSync(damaged, changed);
    writeFileSync(base, whole);
    mkdirSync(store);
    const event = { at: '2026-04-01T00:00:00.000Z', user, action: 'vault.restore', outcome: 'done' } as const;
    const given = { folder: store, dataKey: keys().dataKey, event };
    try {
      const backup = readBackup(damaged);
      verifyManifest(backup.manifest, keys().dataKey);
      const { body } = backup.manifest;
      if (body.version !== 2) return 'CORRUPT';
      unpackBackup(damaged, backup, given, () => undefined, findBase(damaged, body));
      return null;
    } catch (error) {
      if (error instanceof ExpectedError) return error.error.code;
      throw error;
    } finally {
      rmSync(to, { recursive: true });
    }
  }

  it('with one bit changed anywhere, in it or in its base, is refused', () => {
    const random = randomStream(20_260_402, 'flipped changes');
    const bitOf = (of: Buffer): Buffer => {
      const changed = Buffer.from(of);
      const at = random.nextBelow(of.length);
      changed[at] = of[at]! ^ (1 << random.nextBelow(8));
      return changed;
    };
    expect(laidOver(changes, bytes)).toBeNull();
    for (let index = 0; index < 100; index += 1) {
      expect(laidOver(bitOf(changes), bytes), `change ${index}`).toBe('CORRUPT');
      expect(laidOver(changes, bitOf(bytes)), `base ${index}`).toBe('CORRUPT');
    }
    expect(laidOver(bytes.subarray(0, 1_000), bytes)).toBe('CORRUPT');
    for (const cut of [1, 24, 4_096])
      expect(laidOver(changes.subarray(0, changes.length - cut), bytes)).toBe('CORRUPT');
    evidence(2, 'backup of changes, random bits flipped', '100 of 100 in it and 100 of 100 in its base refused');
  });

  it('with one bit changed in the numbers of its pages or after them is refused', () => {
    const { body } = readBackup(changesFile).manifest;
    const from = body.version === 2 ? body.parts.changes.bytes : 0;
    expect(from).toBeGreaterThan(0);
    let checked = 0;
    // Each takes a restore: every seventh byte, and each of the numbers' first.
    for (let at = from; at < changes.length; at += at < from + 16 ? 1 : 7) {
      const changed = Buffer.from(changes);
      changed[at] = changes[at]! ^ (1 << (at % 8));
      expect(laidOver(changed, bytes), `byte ${at}`).toBe('CORRUPT');
      checked += 1;
    }
    evidence(2, 'backup of changes, its numbers, keyring, head, manifest and end', `${checked} of ${checked} refused`);
  });

  it('whose manifest was written under another key, or names another base, is refused', () => {
    const { body } = readBackup(changesFile).manifest;
    if (body.version !== 2) throw new Error('it is whole');
    const { keyring, auditHead, changes: pages, numbers } = body.parts;
    const end = pages.bytes + numbers.bytes + keyring.bytes + auditHead.bytes;
    const withManifest = (text: string): Buffer => {
      const length = Buffer.alloc(8);
      length.writeBigUInt64BE(BigInt(Buffer.byteLength(text)));
      return Buffer.concat([changes.subarray(0, end), Buffer.from(text), length, backupEnding]);
    };
    expect(laidOver(withManifest(spellManifest(body, keys().dataKey)), bytes)).toBeNull();
    expect(laidOver(withManifest(spellManifest(body, Buffer.alloc(32, 7))), bytes)).toBe('CORRUPT');
    const base = { ...body.base, manifestHash: sha256Hex('another'), fileName: '../../intact.backup' };
    expect(laidOver(withManifest(spellManifest({ ...body, base }, keys().dataKey)), bytes)).toBe('CORRUPT');
  });
});
