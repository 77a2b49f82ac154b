import { closeSync, fsyncSync, openSync } from 'node:fs';
import { basename, join } from 'node:path';
import { zero } from '#main/crypto/secret-bytes.ts';
import { deriveKey } from '#main/crypto/wrap.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { AuditEvent, AuditHead } from './audit-log.ts';
import { type BackupBody, type ChangesBody, notABackup, verifyManifest } from './backup-manifest.ts';
import type { BaseBackup } from './base-backup.ts';
import { eachRebuiltChunk } from './changed-pages.ts';
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
 * with the manifest, and adds one audit event. `base` is the whole backup that one of changes builds on. The keyring, without which a folder is no vault, is left to the caller.
 */
export function unpackBackup(
  file: string,
  backup: BackupFile,
  to: { readonly folder: string; readonly dataKey: Uint8Array; readonly event: AuditEvent },
  step: BackupSteps,
  base: BaseBackup | null = null,
): Unpacked {
  const { folder, dataKey } = to;
  const { body } = backup.manifest;
  verifyManifest(backup.manifest, dataKey);
  refuseNewerBackup(backup);
  const { bytes, sha256 } = body.parts.store;
  copyInto(file, body, base, storeFile(folder), step);
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

/** Writes the store of a backup, laid over its base where it holds changes, and compares it with the manifests. */
function copyInto(file: string, body: BackupBody, base: BaseBackup | null, to: string, step: BackupSteps): void {
  const { bytes, sha256 } = body.parts.store;
  withFile(file, (source) => {
    const target = openSync(to, 'wx', 0o600);
    const take = (chunk: Buffer, done: number): void => {
      writeFully(target, chunk);
      step('Copying the store', done, bytes);
    };
    try {
      if (body.version === 2) layOver(source, body, base, take);
      else if (eachChunk(source, { bytes, position: 0 }, take) !== sha256) {
        throw notABackup('The store in this backup is damaged.');
      }
      fsyncSync(target);
    } finally {
      closeSync(target);
    }
  });
}

function layOver(
  handle: number,
  body: ChangesBody,
  base: BaseBackup | null,
  take: (chunk: Buffer, done: number) => void,
): void {
  if (base?.manifestHash !== body.base.manifestHash) {
    throw notABackup('This backup holds changes alone, and the whole one that it builds on was not given.');
  }
  withFile(base.file, (whole) =>
    eachRebuiltChunk({ handle, body }, { handle: whole, body: base.body, name: basename(base.file) }, take),
  );
}
