import { parseRecoveryKey } from '#main/crypto/recovery-key.ts';
import { zero } from '#main/crypto/secret-bytes.ts';
import { settleRekey } from '#main/store/rekey-files.ts';
import { takeVaultLock } from '#main/store/vault-lock.ts';
import { openVaultStore } from '#main/store/vault-store.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { type Failure, fail, ok, type Result } from '#shared/domain/result.ts';
import type { Role } from '#shared/domain/roles.ts';
import { putRecorded } from './change-keyring.ts';
import {
  type Keyring,
  type KeyringBody,
  type KeyringUser,
  prepareKeyring,
  readKeyring,
  verifyKeyring,
} from './keyring.ts';
import {
  enrolClinician,
  makeKeyringUser,
  openUserKeys,
  recoveryPair,
  rewrapUser,
  sealForRecovery,
  unwrapFromRecovery,
  unwrapPrivateKey,
} from './keys.ts';
import { checkPassphrase } from './passphrase-policy.ts';
import { clearFailures, noteFailure, recoverySlot } from './throttle.ts';
import { copyBeforeMigration, refuseTooSoon } from './unlock-vault.ts';

type Recovered = OutputOf<'vault.recover'>;

type Request = {
  readonly folder: string;
  /** One or both recovery keys, as they were shown or written to a file. */
  readonly keys: string;
  readonly user: string;
  readonly newPassphrase: string;
  /** The user's present passphrase; the new one is tried where it is not given. */
  readonly passphrase?: string | undefined;
};

type Secrets = { readonly vault: Buffer | null; readonly clinic: Buffer | null };
/** What the secrets and passphrases open; zeroed by whoever asked. */
type Opened = {
  readonly dataKey: Buffer;
  readonly clinicPrivateKey: Buffer | null;
  readonly userPrivateKey: Buffer | null;
};

/**
 * Lets somebody back in with recovery keys, while the vault is locked. The vault key gives the named user keys and a passphrase
 * of their own, or makes an administrator where there is no such user. The clinic key enrols a clinician who is pending or
 * was lost. The clinic key alone opens no store, so it works together with the user's passphrase.
 */
export async function recoverVault(request: Request, nowMs: number): Promise<Result<Recovered>> {
  const secrets = secretsOf(request.keys);
  try {
    if (!secrets.vault && !secrets.clinic) {
      return fail(
        'BAD_INPUT',
        'That is not a recovery key, or a character of it is wrong.',
        'Nothing was changed. Copy the whole line, from “vault-key” or “clinic-key” on.',
      );
    }
    settleRekey(request.folder);
    const keyring = readKeyring(request.folder);
    const throttled = refuseTooSoon(request.folder, recoverySlot, nowMs);
    if (throttled) return throttled;
    const strong = await checkPassphrase(request.newPassphrase);
    if (!strong.ok) return strong;
    const opened = await openWith(secrets, keyring, request);
    if (!opened) return wrongKey(request.folder, secrets, nowMs);
    try {
      verifyKeyring(keyring, opened.dataKey);
      return await store(request, keyring.body, secrets, opened, new Date(nowMs).toISOString());
    } finally {
      zero(opened.dataKey, opened.clinicPrivateKey, opened.userPrivateKey);
    }
  } finally {
    zero(secrets.vault, secrets.clinic);
  }
}

function secretsOf(text: string): Secrets {
  let vault: Buffer | null = null;
  let clinic: Buffer | null = null;
  // A key may be broken over lines where it was typed: a new one begins with its name.
  for (const line of text.split(/(?=vault-key|clinic-key)/)) {
    vault ??= parseRecoveryKey('vault-key', line);
    clinic ??= parseRecoveryKey('clinic-key', line);
  }
  return { vault, clinic };
}

function wrongKey(folder: string, secrets: Secrets, nowMs: number): Failure {
  const failures = noteFailure(folder, recoverySlot, nowMs);
  return fail(
    'WRONG_PASSPHRASE',
    'That recovery key, with this user and passphrase, does not open this vault.',
    secrets.vault
      ? 'Nothing was changed. Check that the key belongs to this vault; after five failures each try waits longer.'
      : 'Nothing was changed. The clinic key opens what is sealed but not the vault: give the user’s present passphrase with it, or both keys.',
    { failures },
  );
}

/** Everything that the secrets must open, or null when one of them does not. */
async function openWith(secrets: Secrets, { body }: Keyring, request: Request): Promise<Opened | null> {
  const clinicPrivateKey = secrets.clinic && unwrapFromRecovery(secrets.clinic, 'clinic-key', body.recovery.clinicKey);
  if (secrets.clinic && !clinicPrivateKey) return null;
  if (secrets.vault) {
    const dataKey = unwrapFromRecovery(secrets.vault, 'vault-key', body.recovery.dataKey);
    if (dataKey) return { dataKey, clinicPrivateKey, userPrivateKey: null };
    zero(clinicPrivateKey);
    return null;
  }
  const user = body.users.find(({ name }) => name === request.user);
  const userPrivateKey = user ? await unwrapPrivateKey(user, request.passphrase ?? request.newPassphrase) : null;
  if (!user || !userPrivateKey) {
    zero(clinicPrivateKey);
    return null;
  }
  const { dataKey, clinicPair } = openUserKeys(body, user, userPrivateKey);
  zero(clinicPair?.privateKey);
  return { dataKey, clinicPrivateKey, userPrivateKey };
}

async function store(
  request: Request,
  body: KeyringBody,
  secrets: Secrets,
  opened: Opened,
  at: string,
): Promise<Result<Recovered>> {
  const { folder, user: name } = request;
  const present = body.users.find((candidate) => candidate.name === name) ?? null;
  if (!present && body.users.some((other) => other.name.toLowerCase() === name.toLowerCase())) {
    return fail('BAD_INPUT', 'There is already a user whose name differs in capitals only.', 'Nothing was changed.');
  }
  const mayHoldClinicKey =
    !present || present.roles.includes('clinician') || present.pendingRoles.includes('clinician');
  if (present && !secrets.vault && !mayHoldClinicKey) {
    return fail(
      'BAD_INPUT',
      `${name} has not been given the clinician’s role.`,
      'Nothing was changed. An administrator gives the role first; then the clinic key enrols them.',
    );
  }
  const user = await recoveredUser(request, present, opened, mayHoldClinicKey, at);
  const users = present ? body.users.map((other) => (other === present ? user : other)) : [...body.users, user];
  const next = reachable({ ...body, users }, secrets, opened);
  const value: Recovered = {
    user: name,
    roles: [...user.roles],
    pendingRoles: [...user.pendingRoles],
    made: present === null,
    clinicKeyUsed: opened.clinicPrivateKey !== null && user.sealedClinicKey !== null,
  };
  const lock = takeVaultLock(folder);
  try {
    const vault = openVaultStore(folder, opened.dataKey, () => {
      copyBeforeMigration(folder, opened.dataKey, at);
    });
    try {
      const failures = clearFailures(folder, recoverySlot);
      clearFailures(folder, name);
      const details = {
        vaultKey: secrets.vault !== null,
        clinicKey: value.clinicKeyUsed,
        newUser: value.made,
        failedTriesBefore: failures.own,
        failedTriesByOthers: failures.others,
      };
      const event = { at, user: name, action: 'vault.recover', object: name, outcome: 'done', details } as const;
      putRecorded(prepareKeyring(folder, next, opened.dataKey), () => vault.commit(event, () => undefined));
    } finally {
      vault.close();
    }
    return ok(value);
  } finally {
    lock.release();
  }
}

/** The named user with what the keys at hand give: keys of their own anew, a passphrase, the clinic key. */
async function recoveredUser(
  { user: name, newPassphrase }: Request,
  present: KeyringUser | null,
  { dataKey, clinicPrivateKey, userPrivateKey }: Opened,
  mayHoldClinicKey: boolean,
  createdAt: string,
): Promise<KeyringUser> {
  if (present && userPrivateKey && clinicPrivateKey) {
    return enrolClinician(await rewrapUser(present, userPrivateKey, newPassphrase), clinicPrivateKey);
  }
  const held: readonly Role[] = present?.roles ?? ['administrator'];
  const clinician = mayHoldClinicKey && (present !== null || clinicPrivateKey !== null);
  const user = await makeKeyringUser({
    name,
    roles: held.filter((role) => role !== 'clinician'),
    // What was sealed to the lost private half cannot be opened without the clinic key.
    pendingRoles: clinician ? ['clinician'] : [],
    passphrase: newPassphrase,
    createdAt: present?.createdAt ?? createdAt,
    dataKey,
    clinicPrivateKey: null,
  });
  return clinician && clinicPrivateKey ? enrolClinician(user, clinicPrivateKey) : user;
}

/** A keyring of the first form learns how to reach the recovery keys that were just used. */
function reachable(body: KeyringBody, secrets: Secrets, { dataKey, clinicPrivateKey }: Opened): KeyringBody {
  const { recovery } = body;
  const publicKeys = { ...recovery.publicKeys };
  const sealed = { dataKey: recovery.dataKey, clinicKey: recovery.clinicKey };
  if (secrets.vault && publicKeys.dataKey === null) {
    const { publicKey, privateKey } = recoveryPair(secrets.vault, 'vault-key');
    zero(privateKey);
    publicKeys.dataKey = publicKey.toString('base64');
    sealed.dataKey = sealForRecovery(publicKey, 'vault-key', dataKey);
  }
  if (secrets.clinic && clinicPrivateKey && publicKeys.clinicKey === null) {
    const { publicKey, privateKey } = recoveryPair(secrets.clinic, 'clinic-key');
    zero(privateKey);
    publicKeys.clinicKey = publicKey.toString('base64');
    sealed.clinicKey = sealForRecovery(publicKey, 'clinic-key', clinicPrivateKey);
  }
  return { ...body, recovery: { ...sealed, publicKeys } };
}
