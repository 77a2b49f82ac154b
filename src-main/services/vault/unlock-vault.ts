import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { newSealer } from '#main/crypto/seal.ts';
import { zero } from '#main/crypto/secret-bytes.ts';
import { eventAfter } from '#main/store/audit-log.ts';
import { addBackupRecord } from '#main/store/backup-records.ts';
import { copyStore, type StoreCopy } from '#main/store/copy-store.ts';
import { type FlagToSeal, sealFlags } from '#main/store/flags-to-seal.ts';
import { readMeta } from '#main/store/meta.ts';
import { settleRekey } from '#main/store/rekey-files.ts';
import { takeVaultLock } from '#main/store/vault-lock.ts';
import { openVaultStore, storeFile, type VaultStore, type WriteTransaction } from '#main/store/vault-store.ts';
import { AnalysisThread } from '#main/workers/analysis-thread.ts';
import { type SafetyContent, safetyContent } from '#main/workers/import/safety-content.ts';
import { PreviewThread } from '#main/workers/preview/preview-thread.ts';
import { ExpectedError, type Failure, fail, ok, type Result } from '#shared/domain/result.ts';
import { type KeyringUser, readKeyring, verifyKeyring } from './keyring.ts';
import { openUserKeys, unwrapPrivateKey } from './keys.ts';
import type { OpenVault, VaultKeys } from './open-vault.ts';
import { clearFailures, noteFailure, retryAfterSeconds } from './throttle.ts';
import { createWriteGate } from './write-gate.ts';

export function closeKeys(keys: VaultKeys): void {
  zero(keys.dataKey, keys.userPrivateKey, keys.clinicPair?.privateKey);
}

function wrongPassphrase(failures: number): Result<never> {
  return fail(
    'WRONG_PASSPHRASE',
    'That user name and passphrase do not open this vault.',
    'Nothing was changed. Check the name, the keyboard layout and Caps Lock; after five failures each try waits longer.',
    { failures },
  );
}

/** A refusal while the wait after earlier failures lasts, else null. */
export function refuseTooSoon(folder: string, slot: string, nowMs: number): Failure | null {
  const wait = retryAfterSeconds(folder, slot, nowMs);
  if (wait === 0) return null;
  return fail(
    'THROTTLED',
    `Too many wrong passphrases or keys: wait ${wait} ${wait === 1 ? 'second' : 'seconds'} before the next try.`,
    'Nothing was changed and nobody is locked out.',
    { retryAfterSeconds: wait },
  );
}

/** Files that an import which was cut off left behind: encrypted under a key that died with it. */
function removeStaging(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (/^staging-.*\.tmp$/.test(name)) rmSync(join(folder, name), { force: true });
  }
}

/**
 * Opens a vault: passphrase to private key to data key, then the keyring's MAC, then the store with its schema and audit
 * head. Failures wait longer each time and never lock anybody out.
 */
export async function unlockVault(
  request: { readonly folder: string; readonly user: string; readonly passphrase: string },
  nowMs: number,
): Promise<Result<OpenVault>> {
  const { folder } = request;
  settleRekey(folder);
  const keyring = readKeyring(folder);
  const throttled = refuseTooSoon(folder, request.user, nowMs);
  if (throttled) return throttled;
  const user = keyring.body.users.find((candidate) => candidate.name === request.user);
  const privateKey = user ? await unwrapPrivateKey(user, request.passphrase) : null;
  if (!user || !privateKey) return wrongPassphrase(noteFailure(folder, request.user, nowMs));
  let keys: VaultKeys;
  try {
    keys = openUserKeys(keyring.body, user, privateKey);
  } catch (error) {
    zero(privateKey);
    throw error;
  }
  try {
    verifyKeyring(keyring, keys.dataKey);
    return ok(openLocked({ folder, user, vaultId: keyring.body.vaultId, keys, nowMs }));
  } catch (error) {
    closeKeys(keys);
    throw error;
  }
}

function copyName(at: string): string {
  return `before-migration-${at.replaceAll(':', '')}.db`;
}

/** The verified copy that precedes a migration. */
export function copyBeforeMigration(folder: string, dataKey: Uint8Array, at: string): StoreCopy {
  return copyStore(folder, dataKey, join(folder, 'backups', copyName(at)));
}

type Opening = {
  readonly folder: string;
  readonly user: KeyringUser;
  readonly vaultId: string;
  readonly keys: VaultKeys;
  readonly nowMs: number;
};

/** The copy that preceded a migration holds what the vault held then, as any backup does. */
function recordCopy(
  transaction: WriteTransaction,
  copy: StoreCopy,
  {
    at,
    user,
    ...place
  }: { readonly folder: string; readonly fileName: string; readonly at: string; readonly user: string },
): void {
  const { bytes, schemaVersion, head } = copy;
  addBackupRecord(transaction, {
    kind: 'before-migration',
    baseHash: null,
    madeAt: at,
    madeBy: user,
    ...place,
    bytes,
    schemaVersion,
    headSequence: head.sequence,
    headHash: head.hash,
    manifestHash: null,
    verifiedAt: at,
  });
}

/** As an import seals the flag of a contact; the store knows whom it names by their pseudonyms alone. */
function contentOf({ row, raised, volunteerRef, requesterToken }: FlagToSeal): SafetyContent {
  const answer = raised === 1 ? 'raised' : 'clear';
  return { answer, value: null, row, reference: '', volunteer: volunteerRef, requester: requesterToken };
}

/** Takes the vault for this process and opens its store; whatever fails, neither stays open. */
function openLocked({ folder, user, vaultId, keys, nowMs }: Opening): OpenVault {
  const at = new Date(nowMs).toISOString();
  const lock = takeVaultLock(folder);
  let store: VaultStore | null = null;
  try {
    removeStaging(folder);
    let copy: StoreCopy | null = null;
    store = openVaultStore(folder, keys.dataKey, () => {
      copy = copyBeforeMigration(folder, keys.dataKey, at);
    });
    // A minute ahead is no clock set back.
    const clockBehind = eventAfter(store.connection, new Date(nowMs + 60_000).toISOString());
    const failures = clearFailures(folder, user.name);
    store.commit(
      {
        at,
        user: user.name,
        action: 'vault.unlock',
        object: vaultId,
        outcome: 'done',
        details: {
          roles: user.roles.join(','),
          failedTriesBefore: failures.own,
          failedTriesByOthers: failures.others,
          ...(clockBehind === null ? {} : { clockBehind }),
        },
      },
      (transaction) => {
        const sealer = newSealer(keys.clinicPublicKey);
        sealFlags(transaction, at, (flag) => sealer.seal(safetyContent(contentOf(flag)), 'tidemark safety answer'));
        if (copy)
          recordCopy(transaction, copy, {
            folder: join(folder, 'backups'),
            fileName: copyName(at),
            at,
            user: user.name,
          });
      },
    );
    return {
      id: vaultId,
      folder,
      user: user.name,
      roles: user.roles,
      pendingRoles: user.pendingRoles,
      store,
      keys,
      lock,
      writeGate: createWriteGate(),
      analysis: new AnalysisThread(storeFile(folder), keys.dataKey),
      fits: new AnalysisThread(storeFile(folder), keys.dataKey),
      preview: new PreviewThread(),
      synthetic: readMeta(store, 'synthetic') === 'yes',
      clockBehind,
    };
  } catch (error) {
    store?.close();
    lock.release();
    throw error;
  }
}

/** Locks: closes the store and zeroes every key. The vault object must not be used afterwards. */
export async function lockVault(
  vault: OpenVault,
  event: { readonly nowMs: number; readonly reason: string },
): Promise<void> {
  await vault.analysis.close();
  await vault.fits.close();
  await vault.preview.close();
  // An import that has been answered may still be folding its log into the store.
  await vault.writeGate.run(() => undefined);
  try {
    vault.store.commit(
      {
        at: new Date(event.nowMs).toISOString(),
        user: vault.user,
        action: 'vault.lock',
        object: vault.id,
        outcome: 'done',
        reason: event.reason,
      },
      () => undefined,
    );
  } catch (error) {
    // Where the disk is full the lock cannot be recorded; what was done before it was done all the same.
    if (!(error instanceof ExpectedError)) throw error;
  } finally {
    vault.store.close();
    closeKeys(vault.keys);
    vault.lock.release();
  }
}
