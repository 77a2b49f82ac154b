import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseRecoveryKey } from '#main/crypto/recovery-key.ts';
import { zero } from '#main/crypto/secret-bytes.ts';
import { notABackup, verifyManifest } from '#main/store/backup-manifest.ts';
import { type BaseBackup, findBase } from '#main/store/base-backup.ts';
import { makeFolder, writeFileAtomically } from '#main/store/files.ts';
import { type BackupFile, readBackup } from '#main/store/read-backup.ts';
import { storeError } from '#main/store/store-error.ts';
import { refuseNewerBackup } from '#main/store/unpack-backup.ts';
import { takeVaultLock } from '#main/store/vault-lock.ts';
import { runUnpack } from '#main/workers/backup/run-backup.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { ExpectedError, fail, ok, type Result } from '#shared/domain/result.ts';
import { type CallContext, isoTime } from '../call-context.ts';
import { openUserKeys, parseKeyring, unwrapFromRecovery, unwrapPrivateKey, verifyKeyring } from '../vault/index.ts';

type Restore = InputOf<'vault.restore'>;
type Keyring = ReturnType<typeof parseKeyring>;

/** Who the audit log names where a recovery key opened the backup. */
const recoveryUser = 'vault recovery key';

function wrongSecret(): ExpectedError {
  return new ExpectedError(
    'WRONG_PASSPHRASE',
    'That does not open this backup.',
    'Nothing was restored. A backup opens with the users and passphrases of the time when it was made, or with the vault recovery key.',
  );
}

/** The data key under a passphrase of the backup's time or under the vault recovery key; the caller zeroes it. */
async function dataKeyFor({ body }: Keyring, given: Restore): Promise<{ readonly user: string; readonly key: Buffer }> {
  if (given.recoveryKey !== null) {
    const secret = parseRecoveryKey('vault-key', given.recoveryKey);
    const key = secret && unwrapFromRecovery(secret, 'vault-key', body.recovery.dataKey);
    zero(secret);
    if (!key) throw wrongSecret();
    return { user: recoveryUser, key };
  }
  const user = body.users.find(({ name }) => name === given.user);
  const privateKey = user && given.passphrase !== null ? await unwrapPrivateKey(user, given.passphrase) : null;
  if (!user || !privateKey) throw wrongSecret();
  const keys = openUserKeys(body, user, privateKey);
  zero(privateKey, keys.clinicPair?.privateKey);
  return { user: user.name, key: keys.dataKey };
}

/** Makes the folder, or takes it where it is there and empty; says whether it was made. */
function takeFolder(folder: string): boolean {
  try {
    if (existsSync(folder) && readdirSync(folder).length > 0) {
      throw new ExpectedError(
        'VAULT_EXISTS',
        'The folder to restore into is not empty.',
        'Nothing was restored or replaced. Choose a new folder; where a restore broke off, delete what it left first.',
      );
    }
    const made = !existsSync(folder);
    makeFolder(folder);
    return made;
  } catch (error) {
    throw isNoFolder(error) ? notAFolder() : storeError(error);
  }
}

function isNoFolder(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTDIR' || error.code === 'EEXIST');
}

function notAFolder(): ExpectedError {
  return new ExpectedError(
    'BAD_INPUT',
    'There is a file where the vault should be restored.',
    'Nothing was restored. Choose a new folder.',
  );
}

/** Takes away what was restored so far: only names that restoring writes, in a folder that was empty before. */
function takeAway(folder: string, made: boolean): void {
  for (const name of ['keyring.json', 'audit.head', 'vault.db', 'vault.lock']) {
    for (const ending of ['', '-wal', '-shm', '-journal', '.new'])
      rmSync(join(folder, `${name}${ending}`), { force: true });
  }
  try {
    rmdirSync(join(folder, 'backups'));
  } catch {
    // It was not made yet.
  }
  if (made) rmdirSync(folder);
}

/**
 * Restores a backup into a new or empty folder. The keyring is written last, so that a folder in which this broke off is no
 * vault; whatever else fails, the folder is left as it was found.
 */
export async function restoreBackup(context: CallContext, given: Restore): Promise<Result<OutputOf<'vault.restore'>>> {
  if ((given.recoveryKey === null) === (given.user === null || given.passphrase === null)) {
    return fail(
      'BAD_INPUT',
      'A backup is opened by a user and their passphrase, or by the vault recovery key.',
      'Nothing was restored.',
    );
  }
  const file = resolve(given.file);
  const backup = readBackup(file);
  const keyring = parseKeyring(backup.keyring.toString('utf8'));
  const { user, key } = await dataKeyFor(keyring, given);
  try {
    verifyManifest(backup.manifest, key);
    verifyKeyring(keyring, key);
    if (keyring.body.vaultId !== backup.manifest.body.vaultId)
      throw notABackup('The parts of this backup belong to different vaults.');
    refuseNewerBackup(backup);
    const base = backup.manifest.body.version === 2 ? findBase(file, backup.manifest.body) : null;
    return ok(await unpackInto(context, { file, backup, base, keyring, user, key, folder: resolve(given.folder) }));
  } finally {
    zero(key);
  }
}

type Opened = {
  readonly file: string;
  readonly backup: BackupFile;
  readonly base: BaseBackup | null;
  readonly keyring: Keyring;
  readonly user: string;
  readonly key: Buffer;
  readonly folder: string;
};

async function unpackInto(context: CallContext, opened: Opened): Promise<OutputOf<'vault.restore'>> {
  const { file, backup, base, keyring, user, key, folder } = opened;
  const { body } = backup.manifest;
  const made = takeFolder(folder);
  let lock: ReturnType<typeof takeVaultLock> | null = null;
  try {
    lock = takeVaultLock(folder);
    const event = {
      at: isoTime(context),
      user,
      action: 'vault.restore',
      object: body.vaultId,
      outcome: 'done',
      details: {
        madeAt: body.madeAt,
        madeBy: body.madeBy,
        head: `${body.auditHead.sequence}:${body.auditHead.hash}`,
        manifest: backup.manifestHash,
      },
    } as const;
    const { head } = await runUnpack({ kind: 'unpack', file, folder, backup, base, event }, key, context);
    makeFolder(join(folder, 'backups'));
    writeFileAtomically(join(folder, 'keyring.json'), backup.keyring);
    return {
      folder,
      vault: body.vaultId,
      madeAt: body.madeAt,
      madeBy: body.madeBy,
      backupHead: body.auditHead,
      auditHead: head,
      holds: body.holds,
      users: keyring.body.users.map(({ name }) => name),
    };
  } catch (error) {
    lock?.release();
    lock = null;
    takeAway(folder, made);
    throw storeError(error);
  } finally {
    lock?.release();
  }
}
