import { closeSync, fsyncSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { zero } from '#main/crypto/secret-bytes.ts';
import { deriveKey } from '#main/crypto/wrap.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { AuditEvent, AuditHead } from './audit-log.ts';
import { notABackup, verifyManifest } from './backup-manifest.ts';
import { checkStore, type StoreCheck } from './check-store.ts';
import { writeFileAtomically, writeFully } from './files.ts';
import { newestVersion } from './migrations/index.ts';
import { type BackupFile, eachChunk, withFile } from './read-backup.ts';
import { storeError } from './store-error.ts';
import { joinVaultStore, storeFile } from './vault-store.ts';
import type { BackupSteps } from './write-backup.ts';

export type Unpacked = { readonly check: StoreCheck; readonly head: AuditHead };

/** Refuses a backup that this version cannot read, by name. */
export function refuseNewerBackup({ manifest }: BackupFile): void {
  const { schemaVersion } = manifest.body;
  if (schemaVersion <= newestVersion) return;
  throw new ExpectedError(
    'VAULT_NEWER',
    `This backup was made by a newer version of Tidemark (schema ${schemaVersion}; this version knows ${newestVersion}).`,
    'Nothing was restored. Restore it with the newer version.',
    { version: schemaVersion, newest: newestVersion },
  );
}

/**
 * Puts the store and the audit head of a backup into a folder that holds nothing yet, reads both back in full, compares them
 * with the manifest, and adds one audit event. The keyring, without which a folder is no vault, is left to the caller.
 */
export function unpackBackup(
  file: string,
  backup: BackupFile,
  to: { readonly folder: string; readonly dataKey: Uint8Array; readonly event: AuditEvent },
  step: BackupSteps,
): Unpacked {
  const { folder, dataKey } = to;
  const { body } = backup.manifest;
  verifyManifest(backup.manifest, dataKey);
  refuseNewerBackup(backup);
  const { bytes, sha256 } = body.parts.store;
  const copied = withFile(file, (source) => copyInto(source, storeFile(folder), bytes, step));
  if (copied !== sha256) throw notABackup('The store in this backup is damaged.');
  const again = withFile(storeFile(folder), (handle) =>
    eachChunk(handle, { bytes, position: 0 }, (_, done) => step('Reading the vault back', done, bytes)),
  );
  if (again !== sha256) throw notABackup('What was restored does not read back as it was written: check the disk.');
  writeFileAtomically(join(folder, 'audit.head'), backup.auditHead);
  const headKey = deriveKey(dataKey, 'tidemark audit head v1');
  const store = joinVaultStore(folder, dataKey);
  try {
    step('Checking the vault', 0, null);
    const check = checkStore(store, headKey, null);
    const same =
      check.pages === body.holds.pages &&
      check.tables === body.holds.tables &&
      check.rows === body.holds.rows &&
      check.batches === body.holds.batches &&
      check.auditHead.sequence === body.auditHead.sequence &&
      check.auditHead.hash === body.auditHead.hash;
    if (!same) throw notABackup('What was restored is not what the manifest of this backup says it holds.');
    store.commit(to.event, () => undefined);
    const head = store.auditHead();
    store.foldLog('TRUNCATE');
    return { check, head };
  } catch (error) {
    throw storeError(error);
  } finally {
    zero(headKey);
    store.close();
  }
}

function copyInto(source: number, to: string, bytes: number, step: BackupSteps): string {
  const target = openSync(to, 'wx', 0o600);
  try {
    const hash = eachChunk(source, { bytes, position: 0 }, (chunk, done) => {
      writeFully(target, chunk);
      step('Copying the store', done, bytes);
    });
    fsyncSync(target);
    return hash;
  } finally {
    closeSync(target);
  }
}
