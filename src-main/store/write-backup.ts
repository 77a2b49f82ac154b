import { closeSync, existsSync, fstatSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { engineVersion } from '#shared/domain/version.ts';
import { backupEnding, notABackup, pageBytes, spellManifest, type WholeBody } from './backup-manifest.ts';
import { checkContents, type StoreCheck } from './check-store.ts';
import { openConnection } from './connection.ts';
import { flushFolder, writeFully } from './files.ts';
import { eachChunk, readBackup, withFile } from './read-backup.ts';
import type { Snapshot } from './snapshot.ts';
import { storeError } from './store-error.ts';
import { storeFile } from './vault-store.ts';

export type BackupParts = {
  readonly folder: string;
  readonly dataKey: Uint8Array;
  readonly keyring: Uint8Array;
  readonly auditHead: Uint8Array;
  readonly vaultId: string;
  readonly madeAt: string;
  readonly madeBy: string;
};

export type BackupMade = {
  readonly bytes: number;
  readonly schemaVersion: number;
  readonly manifestHash: string;
  readonly check: StoreCheck;
  /** Manifest hash of the whole backup that it holds the changes since; null where it is whole itself. */
  readonly base: string | null;
};

export type BackupSteps = (stage: string, done: number, total: number | null) => void;

/** Where a backup is written until it is whole. */
export function unfinishedName(file: string): string {
  return join(dirname(file), `.${basename(file)}.unfinished`);
}

/** Takes away what is left of a backup that did not become whole. */
export function dropUnfinished(file: string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(`${unfinishedName(file)}${ending}`, { force: true });
}

export function refuseExisting(file: string): void {
  if (!existsSync(file)) return;
  throw new ExpectedError(
    'BAD_INPUT',
    'There is already a file of that name.',
    'Nothing was written: a backup never replaces another file. Choose another name.',
  );
}

/** Opens a copied store as whoever restores it would, and reads it in full. */
function readBack(file: string, dataKey: Uint8Array): StoreCheck {
  const connection = openConnection(file, dataKey, { alone: true });
  try {
    return checkContents(connection);
  } finally {
    connection.close();
  }
}

/**
 * Writes a snapshot and what belongs to it as one file, reads it back in full, and only then gives it its end and its name.
 * `release` is called as soon as the store's own file is no longer needed.
 */
export function writeBackup(file: string, parts: BackupParts, snapshot: Snapshot, step: BackupSteps): BackupMade {
  const unfinished = unfinishedName(file);
  try {
    refuseExisting(file);
    dropUnfinished(file);
    const storeBytes = snapshot.pages * pageBytes;
    // Closing this handle drops this process's own file locks on the store; `vault.lock` keeps other processes out.
    const storeHash = copyPages(storeFile(parts.folder), unfinished, storeBytes, step);
    snapshot.release();
    step('Reading the backup back', 0, null);
    const check = readBack(unfinished, parts.dataKey);
    for (const ending of ['-wal', '-shm']) rmSync(`${unfinished}${ending}`, { force: true });
    const again = withFile(unfinished, (handle) => {
      if (fstatSync(handle).size !== storeBytes) throw notABackup('The backup did not keep its length.');
      return eachChunk(handle, { bytes: storeBytes, position: 0 }, (_, done) =>
        step('Reading the backup back', done, storeBytes),
      );
    });
    if (again !== storeHash) throw notABackup('The backup does not read back as it was written: check its disk.');
    const body: WholeBody = {
      format: 'tidemark backup',
      version: 1,
      vaultId: parts.vaultId,
      madeAt: parts.madeAt,
      madeBy: parts.madeBy,
      engineVersion,
      schemaVersion: snapshot.schemaVersion,
      auditHead: check.auditHead,
      holds: { pages: check.pages, tables: check.tables, rows: check.rows, batches: check.batches },
      parts: {
        store: { bytes: storeBytes, sha256: storeHash },
        keyring: { bytes: parts.keyring.length, sha256: sha256Hex(parts.keyring) },
        auditHead: { bytes: parts.auditHead.length, sha256: sha256Hex(parts.auditHead) },
      },
    };
    appendEnd(unfinished, parts, spellManifest(body, parts.dataKey));
    const written = readBackup(unfinished);
    refuseExisting(file);
    renameSync(unfinished, file);
    flushFolder(dirname(file));
    const { bytes, manifestHash } = written;
    return { bytes, schemaVersion: snapshot.schemaVersion, manifestHash, check, base: null };
  } catch (error) {
    dropUnfinished(file);
    throw storeError(error);
  }
}

function copyPages(from: string, to: string, bytes: number, step: BackupSteps): string {
  return withFile(from, (source) => {
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
  });
}

/** Writes what follows the pages, its end last of all. */
export function appendEnd(file: string, parts: BackupParts, manifest: string): void {
  const handle = openSync(file, 'a');
  try {
    const text = Buffer.from(manifest, 'utf8');
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(BigInt(text.length));
    for (const bytes of [parts.keyring, parts.auditHead, text]) writeFully(handle, bytes);
    fsyncSync(handle);
    // Only from here on does the file end as a backup does.
    writeFully(handle, Buffer.concat([length, backupEnding]));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
