import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ExpectedError } from '#shared/domain/result.ts';
import { type ChangesBody, verifyManifest, type WholeBody } from './backup-manifest.ts';
import { readBackup } from './read-backup.ts';

/** The whole backup that one of changes builds on. */
export type BaseBackup = { readonly file: string; readonly body: WholeBody; readonly manifestHash: string };

function asBase(file: string): BaseBackup | null {
  const { manifest, manifestHash } = readBackup(file);
  return manifest.body.version === 1 ? { file, body: manifest.body, manifestHash } : null;
}

/** Reads a whole backup to build on. @throws ExpectedError where it is none, is damaged, or is not of this vault's key */
export function readBase(file: string, vaultId: string, dataKey: Uint8Array): BaseBackup {
  const { manifest } = readBackup(file);
  verifyManifest(manifest, dataKey);
  const base = asBase(file);
  if (base === null || base.body.vaultId !== vaultId) {
    throw new ExpectedError(
      'BAD_INPUT',
      `“${basename(file)}” is no whole backup of this vault.`,
      'No backup was made. Name a whole backup, or make one.',
    );
  }
  return base;
}

function missing(name: string): ExpectedError {
  return new ExpectedError(
    'NO_SUCH_FILE',
    `This backup holds what changed since the whole one “${name}”, which is not beside it.`,
    'Nothing was restored. Put that file into the same folder, or take a whole backup.',
  );
}

function other(name: string): ExpectedError {
  return new ExpectedError(
    'CORRUPT',
    `“${name}”, which lies beside this backup, is not the whole one that it builds on, or was altered.`,
    'Nothing was restored. Put the right file beside it, or take a whole backup.',
  );
}

/** The base of a backup of changes: the file of its name beside it, or another of its folder that was renamed. */
export function findBase(file: string, { base }: ChangesBody): BaseBackup {
  const folder = dirname(file);
  // A name from a manifest never leads out of the folder.
  const named = join(folder, basename(base.fileName));
  const names = readdirSync(folder).filter((name) => name.endsWith('.backup') && name !== basename(named));
  const isThere = existsSync(named);
  for (const candidate of [...(isThere ? [named] : []), ...names.map((name) => join(folder, name))]) {
    if (candidate === file) continue;
    try {
      const found = asBase(candidate);
      if (found?.manifestHash === base.manifestHash) return found;
    } catch (error) {
      // What is no backup, or a damaged one, is not the base.
      if (!(error instanceof ExpectedError)) throw error;
    }
  }
  throw isThere ? other(basename(named)) : missing(basename(base.fileName));
}
