import { readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { addBackupRecord, type BackupRecord } from '#main/store/backup-records.ts';
import { storeError } from '#main/store/store-error.ts';
import { type BackupMade, dropUnfinished, refuseExisting } from '#main/store/write-backup.ts';
import type { WriteBase } from '#main/store/write-changes.ts';
import { type BackupWatch, type RunningBackup, startBackup } from '#main/workers/backup/run-backup.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { type OpenVault, readKeyring, spellKeyring, verifyKeyring } from '../vault/index.ts';
import { writeFailure } from './settings.ts';

export type BackupRequest = {
  readonly file: string;
  readonly kind: 'asked' | 'scheduled';
  readonly at: string;
  /** The whole backup to hold the changes since; null for a whole one. */
  readonly base: WriteBase | null;
};

/** Vaults of which a backup is being made. */
const running = new WeakSet<OpenVault>();

export function isBackingUp(vault: OpenVault): boolean {
  return running.has(vault);
}

/** A backup beside the data it is to survive helps nobody; the vault's own `backups` folder may be moved or copied from. */
export function backupFolder(vault: OpenVault, given: string): string {
  let folder: string;
  try {
    folder = realpathSync(resolve(given));
    if (!statSync(folder).isDirectory()) throw new Error('no folder');
  } catch {
    throw new ExpectedError(
      'NO_SUCH_FILE',
      'The folder for the backup is not there, or is no folder.',
      'No backup was made. Check its name, and that its drive is connected.',
    );
  }
  const own = realpathSync(vault.folder);
  const kept = join(own, 'backups');
  if ((folder === own || folder.startsWith(own + sep)) && folder !== kept) {
    throw new ExpectedError(
      'BAD_INPUT',
      'A backup cannot be kept among the files of the vault itself.',
      'No backup was made. Choose a folder on another disk, or on a drive that is locked away.',
    );
  }
  return folder;
}

/**
 * Makes a backup while the vault stays in use: writers wait only until the store's file stands still. The record of it and
 * its audit event are stored together; where they cannot be, there is no backup either.
 */
export async function makeBackup(vault: OpenVault, request: BackupRequest, watch: BackupWatch): Promise<BackupMade> {
  if (running.has(vault)) {
    throw new ExpectedError(
      'VAULT_BUSY',
      'A backup of this vault is being made already.',
      'Nothing was started. Wait until it has finished, or cancel it.',
    );
  }
  const folder = backupFolder(vault, dirname(resolve(request.file)));
  const file = join(folder, basename(request.file));
  refuseExisting(file);
  running.add(vault);
  try {
    const made = await write(vault, file, request, watch);
    try {
      await record(vault, file, request, made);
    } catch (error) {
      rmSync(file, { force: true });
      throw error;
    }
    return made;
  } finally {
    running.delete(vault);
  }
}

async function write(vault: OpenVault, file: string, request: BackupRequest, watch: BackupWatch): Promise<BackupMade> {
  try {
    const work = await vault.writeGate.run(async () => {
      const started = start(vault, file, request, watch);
      await started.held;
      // In a box of its own: the gate would wait for the promise inside.
      return { made: started.made };
    });
    return await work.made;
  } catch (error) {
    dropUnfinished(file);
    throw error;
  }
}

function start(vault: OpenVault, file: string, { at, base }: BackupRequest, watch: BackupWatch): RunningBackup {
  const keyring = readKeyring(vault.folder);
  verifyKeyring(keyring, vault.keys.dataKey);
  return startBackup(
    {
      kind: 'write',
      file,
      base,
      folder: vault.folder,
      keyring: Buffer.from(spellKeyring(keyring), 'utf8'),
      auditHead: auditHeadOf(vault.folder),
      vaultId: vault.id,
      madeAt: at,
      madeBy: vault.user,
    },
    vault.keys.dataKey,
    watch,
  );
}

function auditHeadOf(folder: string): Buffer {
  try {
    return readFileSync(join(folder, 'audit.head'));
  } catch (error) {
    throw storeError(error);
  }
}

function record(vault: OpenVault, file: string, { kind, at }: BackupRequest, made: BackupMade): Promise<void> {
  const { sequence, hash } = made.check.auditHead;
  const row: Omit<BackupRecord, 'id' | 'removedAt'> = {
    kind,
    madeAt: at,
    madeBy: vault.user,
    folder: dirname(file),
    fileName: basename(file),
    bytes: made.bytes,
    schemaVersion: made.schemaVersion,
    headSequence: sequence,
    headHash: hash,
    manifestHash: made.manifestHash,
    baseHash: made.base,
    verifiedAt: at,
  };
  return vault.writeGate.run(() =>
    vault.store.commit(
      (id: number) => ({
        at,
        user: vault.user,
        action: 'vault.backup',
        object: `backup ${id}`,
        outcome: 'done',
        details: {
          kind,
          whole: made.base === null,
          bytes: made.bytes,
          head: `${sequence}:${hash}`,
          manifest: made.manifestHash,
        },
      }),
      (transaction) => {
        writeFailure(transaction, null);
        return addBackupRecord(transaction, row);
      },
    ),
  ) as Promise<unknown> as Promise<void>;
}
