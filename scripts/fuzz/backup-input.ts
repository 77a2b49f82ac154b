import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseKeyring } from '../../src-main/services/vault/index.ts';
import { type BackupBody, backupEnding, spellManifest, verifyManifest } from '../../src-main/store/backup-manifest.ts';
import { readBackup } from '../../src-main/store/read-backup.ts';
import { holdSnapshot } from '../../src-main/store/snapshot.ts';
import { unpackBackup } from '../../src-main/store/unpack-backup.ts';
import { createVaultStore } from '../../src-main/store/vault-store.ts';
import { writeBackup } from '../../src-main/store/write-backup.ts';
import type { RandomStream } from '../../src-shared/domain/random.ts';
import { mutateJson } from './mutate-json.ts';
import { changes, mutateBytes } from './mutate-text.ts';

/** The key of the backup that is mutated; it holds nothing. */
const dataKey = Buffer.alloc(32, 0x42);
const keyring = Buffer.from('{"body":{},"mac":""}\n');
const at = '2026-01-01T00:00:00.000Z';
const words = ['store', 'keyring', 'auditHead', 'bytes', 'sha256', 'pages', 'tidemark backup', '00', 'body', 'mac'];

type Seed = { readonly bytes: Buffer; readonly body: BackupBody; readonly storeBytes: number; readonly endAt: number };
let made: Seed | null = null;

/** One sound backup of an empty store, made once in each process. */
function seed(): Seed {
  if (made) return made;
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-fuzz-seed-'));
  try {
    const event = { at, user: 'fuzz', action: 'vault.create', outcome: 'done' } as const;
    createVaultStore(folder, dataKey, event, () => undefined).close();
    const file = join(folder, 'seed.backup');
    const auditHead = readFileSync(join(folder, 'audit.head'));
    const parts = { folder, dataKey, keyring, auditHead, vaultId: 'FUZZ', madeAt: at, madeBy: 'fuzz' };
    writeBackup(file, parts, holdSnapshot(folder, dataKey), () => undefined);
    const { body } = readBackup(file).manifest;
    const storeBytes = body.parts.store.bytes;
    const endAt = storeBytes + body.parts.keyring.bytes + body.parts.auditHead.bytes;
    made = { bytes: readFileSync(file), body, storeBytes, endAt };
    return made;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A backup with its bytes changed, or only its small parts, or a manifest that lies under a sound MAC. */
export async function makeBackupInput(random: RandomStream): Promise<Buffer> {
  const { bytes, body, storeBytes, endAt } = seed();
  const way = random.nextBelow(10);
  if (way === 0) return bytes;
  if (way < 4) {
    let value = structuredClone(body) as never;
    for (let left = Math.min(4, changes(random)); left > 0; left -= 1)
      value = mutateJson(random, value, words) as never;
    // A number without an end has no spelling; JSON makes it null.
    const spelt = JSON.parse(JSON.stringify(value)) as never;
    const text = Buffer.from(spellManifest(spelt, dataKey));
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(text.length));
    return Buffer.concat([bytes.subarray(0, endAt), text, length, backupEnding]);
  }
  const from = way < 8 ? storeBytes : 0;
  let changed = bytes.subarray(from);
  for (let left = changes(random); left > 0; left -= 1) changed = mutateBytes(random, changed, words);
  return Buffer.concat([bytes.subarray(0, from), changed]);
}

/** Reads a backup as restoring does: its end, its keyring's form, its manifest, then its store into an empty folder. */
export async function readBackupInput(path: string, folder: string): Promise<void> {
  const backup = readBackup(path);
  verifyManifest(backup.manifest, dataKey);
  if (!backup.keyring.equals(keyring)) parseKeyring(backup.keyring.toString('utf8'));
  const to = mkdtempSync(join(folder, 'unpacked-'));
  try {
    const event = { at, user: 'fuzz', action: 'vault.restore', outcome: 'done' } as const;
    unpackBackup(path, backup, { folder: to, dataKey, event }, () => undefined);
  } finally {
    rmSync(to, { recursive: true });
  }
}
