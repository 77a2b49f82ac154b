import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { engineVersion } from '#shared/domain/version.ts';
import { type ChangesBody, notABackup, pageBytes, spellManifest } from './backup-manifest.ts';
import { type BaseBackup, readBase } from './base-backup.ts';
import { type ChangedPages, eachRebuiltChunk, spellNumbers, writeChangedPages } from './changed-pages.ts';
import { checkContents, type StoreCheck } from './check-store.ts';
import { flushFolder, writeFully } from './files.ts';
import { readBackup, withFile } from './read-backup.ts';
import type { Snapshot } from './snapshot.ts';
import { storeError } from './store-error.ts';
import { storeFile } from './vault-store.ts';
import {
  appendEnd,
  type BackupMade,
  type BackupParts,
  type BackupSteps,
  dropUnfinished,
  refuseExisting,
  unfinishedName,
} from './write-backup.ts';

/** The whole backup to build on. Where it cannot serve, a `needed` one is an error, and another one a reason for a whole. */
export type WriteBase = { readonly file: string; readonly needed: boolean };

/** Changes beyond this share of the pages are not worth a file that needs another one. */
const mostShare = 0.5;

/**
 * Writes the pages that changed since a whole backup as one file. Every page of the snapshot is opened and checked; then the
 * store is rebuilt from both files as a restore does it, and has to be the snapshot byte for byte.
 *
 * @returns null where too much has changed, or a base that is not needed cannot serve: then a whole backup is to be made of
 * the snapshot, which is still held
 * @throws ExpectedError where a needed base is not there, damaged, or of another vault or key
 */
export function writeChanges(
  file: string,
  given: WriteBase,
  parts: BackupParts,
  snapshot: Snapshot,
  step: BackupSteps,
): BackupMade | null {
  const unfinished = unfinishedName(file);
  try {
    refuseExisting(file);
    dropUnfinished(file);
    const base = usable(given, parts);
    const changed = base && copyChanges(parts.folder, base, unfinished, snapshot.pages, step);
    const isSound = changed?.baseHash === base?.body.parts.store.sha256;
    if (!isSound && changed && given.needed) {
      throw notABackup(`The whole backup “${basename(given.file)}”, on which this one would build, is damaged.`);
    }
    if (!base || !changed || !isSound) {
      dropUnfinished(file);
      return null;
    }
    step('Checking the store', 0, null);
    const check = checkContents(snapshot.reader);
    const { schemaVersion } = snapshot;
    snapshot.release();
    const body = bodyOf(parts, base, changed, check, schemaVersion);
    readBack(unfinished, body, base, step);
    appendEnd(unfinished, parts, spellManifest(body, parts.dataKey));
    const { bytes, manifestHash } = readBackup(unfinished);
    refuseExisting(file);
    renameSync(unfinished, file);
    flushFolder(dirname(file));
    return { bytes, schemaVersion, manifestHash, check, base: base.manifestHash };
  } catch (error) {
    dropUnfinished(file);
    throw storeError(error);
  }
}

function usable({ file, needed }: WriteBase, { vaultId, dataKey }: BackupParts): BaseBackup | null {
  try {
    return readBase(file, vaultId, dataKey);
  } catch (error) {
    if (needed || !(error instanceof ExpectedError)) throw error;
    return null;
  }
}

function copyChanges(
  folder: string,
  base: BaseBackup,
  to: string,
  pages: number,
  step: BackupSteps,
): ChangedPages | null {
  // Closing this handle drops this process's own file locks on the store; `vault.lock` keeps other processes out.
  return withFile(storeFile(folder), (store) =>
    withFile(base.file, (whole) => {
      const target = openSync(to, 'wx', 0o600);
      try {
        const changed = writeChangedPages(
          { handle: store, bytes: pages * pageBytes },
          { handle: whole, bytes: base.body.parts.store.bytes },
          target,
          Math.floor(pages * mostShare),
          (done, total) => step('Looking for changes', done, total),
        );
        if (changed) writeFully(target, spellNumbers(changed.numbers));
        fsyncSync(target);
        return changed;
      } finally {
        closeSync(target);
      }
    }),
  );
}

function bodyOf(
  parts: BackupParts,
  base: BaseBackup,
  changed: ChangedPages,
  check: StoreCheck,
  schemaVersion: number,
): ChangesBody {
  const numbers = spellNumbers(changed.numbers);
  return {
    format: 'tidemark backup',
    version: 2,
    vaultId: parts.vaultId,
    madeAt: parts.madeAt,
    madeBy: parts.madeBy,
    engineVersion,
    schemaVersion,
    auditHead: check.auditHead,
    holds: { pages: check.pages, tables: check.tables, rows: check.rows, batches: check.batches },
    base: { fileName: basename(base.file), madeAt: base.body.madeAt, manifestHash: base.manifestHash },
    parts: {
      store: { bytes: check.pages * pageBytes, sha256: changed.storeHash },
      keyring: { bytes: parts.keyring.length, sha256: sha256Hex(parts.keyring) },
      auditHead: { bytes: parts.auditHead.length, sha256: sha256Hex(parts.auditHead) },
      changes: { bytes: changed.numbers.length * pageBytes, sha256: changed.changesHash },
      numbers: { bytes: numbers.length, sha256: sha256Hex(numbers) },
    },
  };
}

function readBack(unfinished: string, body: ChangesBody, base: BaseBackup, step: BackupSteps): void {
  withFile(unfinished, (handle) =>
    withFile(base.file, (whole) =>
      eachRebuiltChunk({ handle, body }, { handle: whole, body: base.body, name: basename(base.file) }, (_, done) =>
        step('Reading the backup back', done, body.parts.store.bytes),
      ),
    ),
  );
}
