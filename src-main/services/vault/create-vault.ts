import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { encodeCrockford } from '#main/crypto/crockford.ts';
import { formatRecoveryKey, newRecoverySecret } from '#main/crypto/recovery-key.ts';
import { newKeyPair } from '#main/crypto/seal.ts';
import { randomBytes, zero } from '#main/crypto/secret-bytes.ts';
import { makeFolder } from '#main/store/files.ts';
import { writeMeta } from '#main/store/meta.ts';
import { takeVaultLock } from '#main/store/vault-lock.ts';
import { createVaultStore, storeFile } from '#main/store/vault-store.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { Role } from '#shared/domain/roles.ts';
import { hasKeyring, type KeyringBody, writeKeyring } from './keyring.ts';
import { makeKeyringUser, recoveryPair, sealForRecovery, wrapPseudonymKey } from './keys.ts';
import { checkPassphrase } from './passphrase-policy.ts';

export type RecoveryKeys = { readonly vaultKey: string; readonly clinicKey: string };

export type NewVault = {
  readonly folder: string;
  readonly user: string;
  readonly roles: readonly Role[];
  readonly passphrase: string;
  /** True for synthetic data; written once and never changed. */
  readonly synthetic: boolean;
};

/**
 * Makes a vault: its keys, its empty store, its first user, and the two recovery keys, which are returned here and kept
 * nowhere. The keyring is written last, so that a folder without one was never a vault.
 */
export async function createVault(vault: NewVault, nowMs: number): Promise<Result<RecoveryKeys>> {
  const strong = await checkPassphrase(vault.passphrase);
  if (!strong.ok) return strong;
  if (hasKeyring(vault.folder) || existsSync(storeFile(vault.folder))) {
    return fail(
      'VAULT_EXISTS',
      'There is already a vault in that folder.',
      'Nothing was changed. Choose another folder, or unlock the vault that is there.',
    );
  }
  makeFolder(vault.folder);
  makeFolder(join(vault.folder, 'backups'));
  const lock = takeVaultLock(vault.folder);
  const dataKey = randomBytes(32);
  const pseudonymKey = randomBytes(32);
  const clinic = newKeyPair();
  const vaultSecret = newRecoverySecret();
  const clinicSecret = newRecoverySecret();
  const vaultPair = recoveryPair(vaultSecret, 'vault-key');
  const clinicRecovery = recoveryPair(clinicSecret, 'clinic-key');
  try {
    const createdAt = new Date(nowMs).toISOString();
    const roles = [...new Set<Role>(['administrator', ...vault.roles])];
    const user = await makeKeyringUser({
      name: vault.user,
      roles,
      pendingRoles: [],
      passphrase: vault.passphrase,
      createdAt,
      dataKey,
      clinicPrivateKey: roles.includes('clinician') ? clinic.privateKey : null,
    });
    const id = encodeCrockford(randomBytes(10));
    const body: KeyringBody = {
      format: 'tidemark keyring',
      version: 2,
      cipher: 'sqlcipher 4, aes-256-cbc, hmac-sha512, raw key',
      vaultId: id,
      createdAt,
      clinicPublicKey: clinic.publicKey.toString('base64'),
      wrappedPseudonymKey: wrapPseudonymKey(dataKey, pseudonymKey),
      recovery: {
        dataKey: sealForRecovery(vaultPair.publicKey, 'vault-key', dataKey),
        clinicKey: sealForRecovery(clinicRecovery.publicKey, 'clinic-key', clinic.privateKey),
        publicKeys: {
          dataKey: vaultPair.publicKey.toString('base64'),
          clinicKey: clinicRecovery.publicKey.toString('base64'),
        },
      },
      rekeyDue: { dataKey: null, clinicKey: null },
      users: [user],
    };
    createVaultStore(
      vault.folder,
      dataKey,
      {
        at: createdAt,
        user: vault.user,
        action: 'vault.create',
        object: id,
        outcome: 'done',
        details: { roles: roles.join(','), synthetic: vault.synthetic },
      },
      (transaction) => writeMeta(transaction, 'synthetic', vault.synthetic ? 'yes' : 'no'),
    ).close();
    writeKeyring(vault.folder, body, dataKey);
    return ok({
      vaultKey: formatRecoveryKey('vault-key', vaultSecret),
      clinicKey: formatRecoveryKey('clinic-key', clinicSecret),
    });
  } finally {
    zero(dataKey, pseudonymKey, clinic.privateKey, vaultSecret, clinicSecret);
    zero(vaultPair.privateKey, clinicRecovery.privateKey);
    lock.release();
  }
}
