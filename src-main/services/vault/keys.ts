import { derivePassphraseKey, newKdfParameters } from '#main/crypto/passphrase-key.ts';
import { type KeyPair, keyPairOf, newKeyPair, openSealed, sealBytes } from '#main/crypto/seal.ts';
import { zero } from '#main/crypto/secret-bytes.ts';
import { decryptBytes, deriveKey, encryptBytes } from '#main/crypto/wrap.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { Role } from '#shared/domain/roles.ts';
import type { KeyringBody, KeyringUser } from './keyring.ts';
import type { VaultKeys } from './open-vault.ts';

type NewUser = {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly pendingRoles: readonly Role[];
  readonly passphrase: string;
  readonly createdAt: string;
  readonly dataKey: Buffer;
  /** Given only where the new user is a clinician at once. */
  readonly clinicPrivateKey: Buffer | null;
};

function privateKeyContext(name: string): string {
  return `tidemark user private key\n${name}`;
}
function dataKeyContext(name: string): string {
  return `tidemark data key\n${name}`;
}
function clinicKeyContext(name: string): string {
  return `tidemark clinic key\n${name}`;
}

async function wrapPrivateKey(name: string, passphrase: string, privateKey: Buffer) {
  const kdf = newKdfParameters();
  const key = await derivePassphraseKey(passphrase, kdf);
  const wrapped = encryptBytes(key, privateKey, privateKeyContext(name));
  zero(key);
  return { kdf, wrappedPrivateKey: wrapped.toString('base64') };
}

/** Makes a user's key pair, wraps its private half under the passphrase, and seals the vault's keys to its public half. */
export async function makeKeyringUser(user: NewUser): Promise<KeyringUser> {
  const pair = newKeyPair();
  const wrapped = await wrapPrivateKey(user.name, user.passphrase, pair.privateKey);
  zero(pair.privateKey);
  const sealedClinic = user.clinicPrivateKey
    ? sealBytes(pair.publicKey, user.clinicPrivateKey, clinicKeyContext(user.name)).toString('base64')
    : null;
  return {
    name: user.name,
    roles: [...user.roles],
    pendingRoles: [...user.pendingRoles],
    createdAt: user.createdAt,
    publicKey: pair.publicKey.toString('base64'),
    ...wrapped,
    sealedDataKey: sealBytes(pair.publicKey, user.dataKey, dataKeyContext(user.name)).toString('base64'),
    sealedClinicKey: sealedClinic,
  };
}

function damagedSlot(): ExpectedError {
  return new ExpectedError(
    'CORRUPT',
    'The keyring entry of this user is damaged.',
    'Nothing was changed. Restore keyring.json from a backup of this vault.',
  );
}

/** The user's private key, or null for a wrong passphrase. */
export async function unwrapPrivateKey(user: KeyringUser, passphrase: string): Promise<Buffer | null> {
  const key = await derivePassphraseKey(passphrase, user.kdf);
  try {
    return decryptBytes(key, Buffer.from(user.wrappedPrivateKey, 'base64'), privateKeyContext(user.name));
  } finally {
    zero(key);
  }
}

/** Opens what is sealed to a user whose private key is at hand. */
export function openUserKeys(body: KeyringBody, user: KeyringUser, userPrivateKey: Buffer): VaultKeys {
  const pair: KeyPair = { publicKey: Buffer.from(user.publicKey, 'base64'), privateKey: userPrivateKey };
  const dataKey = openSealed(pair, Buffer.from(user.sealedDataKey, 'base64'), dataKeyContext(user.name));
  if (dataKey?.length !== 32) throw damagedSlot();
  const clinicPublicKey = Buffer.from(body.clinicPublicKey, 'base64');
  let clinicPair: KeyPair | null = null;
  if (user.sealedClinicKey !== null && user.roles.includes('clinician')) {
    const privateKey = openSealed(pair, Buffer.from(user.sealedClinicKey, 'base64'), clinicKeyContext(user.name));
    if (!privateKey) throw damagedSlot();
    clinicPair = { publicKey: clinicPublicKey, privateKey };
  }
  return { dataKey, clinicPublicKey, userPrivateKey, clinicPair };
}

/** The same user with another passphrase; the keys sealed to them stay as they are. */
export async function rewrapUser(user: KeyringUser, privateKey: Buffer, passphrase: string): Promise<KeyringUser> {
  return { ...user, ...(await wrapPrivateKey(user.name, passphrase, privateKey)) };
}

const pseudonymContext = 'tidemark pseudonym key';

export function wrapPseudonymKey(dataKey: Uint8Array, pseudonymKey: Uint8Array): string {
  const key = deriveKey(dataKey, 'tidemark pseudonym wrap v1');
  const wrapped = encryptBytes(key, pseudonymKey, pseudonymContext).toString('base64');
  zero(key);
  return wrapped;
}

/** Opened inside an import only; the caller zeroes it. */
export function unwrapPseudonymKey(dataKey: Uint8Array, wrapped: string): Buffer {
  const key = deriveKey(dataKey, 'tidemark pseudonym wrap v1');
  const opened = decryptBytes(key, Buffer.from(wrapped, 'base64'), pseudonymContext);
  zero(key);
  if (!opened) throw damagedSlot();
  return opened;
}

type RecoveryKind = 'vault-key' | 'clinic-key';

/** The pair of a recovery key: whoever knows its public half can seal to it, the paper alone opens. */
export function recoveryPair(secret: Uint8Array, kind: RecoveryKind): KeyPair {
  const privateKey = deriveKey(secret, `tidemark recovery pair ${kind} v2`);
  try {
    return keyPairOf(privateKey);
  } finally {
    zero(privateKey);
  }
}

/** A key for whoever holds the recovery key: 92 bytes, base64. */
export function sealForRecovery(publicKey: Uint8Array, kind: RecoveryKind, content: Uint8Array): string {
  return sealBytes(publicKey, content, recoveryContext(kind)).toString('base64');
}

function recoveryContext(kind: RecoveryKind): string {
  return `tidemark recovery\n${kind}`;
}

// Nonce, 32 bytes of key and tag: how the first form of a keyring wrapped a key for recovery.
const firstFormLength = 60;

/** What is kept for a recovery secret, or null when it is not this vault's. The first form of keyring is read too. */
export function unwrapFromRecovery(secret: Uint8Array, kind: RecoveryKind, wrapped: string): Buffer | null {
  const box = Buffer.from(wrapped, 'base64');
  if (box.length === firstFormLength) {
    const key = deriveKey(secret, `tidemark recovery ${kind} v1`);
    try {
      return decryptBytes(key, box, recoveryContext(kind));
    } finally {
      zero(key);
    }
  }
  const pair = recoveryPair(secret, kind);
  try {
    return openSealed(pair, box, recoveryContext(kind));
  } finally {
    zero(pair.privateKey);
  }
}

/** The same user with the clinician's role and the clinic's private key, sealed to their public half. */
export function enrolClinician(user: KeyringUser, clinicPrivateKey: Uint8Array): KeyringUser {
  const sealed = sealBytes(Buffer.from(user.publicKey, 'base64'), clinicPrivateKey, clinicKeyContext(user.name));
  return {
    ...user,
    roles: [...new Set<Role>([...user.roles, 'clinician'])],
    pendingRoles: user.pendingRoles.filter((role) => role !== 'clinician'),
    sealedClinicKey: sealed.toString('base64'),
  };
}

/** The same user with another data key, sealed to their public half. */
export function resealDataKey(user: KeyringUser, dataKey: Uint8Array): KeyringUser {
  const sealed = sealBytes(Buffer.from(user.publicKey, 'base64'), dataKey, dataKeyContext(user.name));
  return { ...user, sealedDataKey: sealed.toString('base64') };
}
