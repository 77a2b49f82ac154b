import { type KeyPair, newKeyPair } from '#main/crypto/seal.ts';
import { equalBytes, randomBytes, zero } from '#main/crypto/secret-bytes.ts';
import { beginRekeyFolder, decideRekey, dropRekeyFolder, finishRekey } from '#main/store/rekey-files.ts';
import type { RekeyMade } from '#main/store/rekey-store.ts';
import { openVaultStore, type VaultStore } from '#main/store/vault-store.ts';
import { runRekey } from '#main/workers/rekey/run-rekey.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { ExpectedError, type Failure, fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, type VaultContext } from '../call-context.ts';
import { currentKeyring } from './change-keyring.ts';
import { type KeyringBody, readKeyring, verifyKeyring, writeKeyring } from './keyring.ts';
import {
  enrolClinician,
  openUserKeys,
  resealDataKey,
  sealForRecovery,
  unwrapPseudonymKey,
  wrapPseudonymKey,
} from './keys.ts';
import type { OpenVault } from './open-vault.ts';

type NewKeys = { readonly dataKey: Buffer; readonly clinic: KeyPair | null };
type Rekeyed = OutputOf<'vault.rekey'>;

/** Writing that comes between the copy and the change of files makes a new copy necessary. */
const mostTries = 3;

/**
 * Gives the vault a new data key and, where whoever asks holds the clinic key, a new clinic pair with every sealed entry sealed
 * to it. The new store, keyring and audit head are made whole beside the old ones and verified before they take their places
 * together; pseudonyms, passphrases and recovery keys stay what they are.
 */
export function rekeyVault(context: VaultContext): Promise<Result<Rekeyed>> {
  const { vault } = context;
  return vault.writeGate.run(async () => {
    const body = currentKeyring(vault);
    const refusal = refuseFirstForm(body, vault);
    if (refusal) return refusal;
    const keys: NewKeys = { dataKey: randomBytes(32), clinic: vault.keys.clinicPair ? newKeyPair() : null };
    try {
      for (let tries = 0; tries < mostTries; tries += 1) {
        const made = await prepare(context, body, keys);
        await endReaders(vault);
        if (context.signal.aborted) throw cancelled();
        if (vault.store.auditHead().hash !== made.basedOn.hash) continue;
        changeOver(vault, keys);
        return ok(resultOf(made, body, keys));
      }
      return fail(
        'VAULT_BUSY',
        'The vault was written to again and again while its keys were being changed.',
        'The keys are what they were. Try again when nobody is working.',
      );
    } finally {
      dropRekeyFolder(vault.folder);
      zero(keys.dataKey, keys.clinic?.privateKey);
    }
  });
}

function resultOf({ pages, resealed }: RekeyMade, body: KeyringBody, { clinic }: NewKeys): Rekeyed {
  return {
    pages,
    resealed,
    clinicKey: clinic ? 'changed' : 'kept',
    rekeyDue: { dataKey: null, clinicKey: clinic ? null : body.rekeyDue.clinicKey },
  };
}

/** A keyring of the first form does not say how to reach the recovery keys, which would then open nothing any more. */
function refuseFirstForm({ recovery }: KeyringBody, { keys }: OpenVault): Failure | null {
  const { dataKey, clinicKey } = recovery.publicKeys;
  if (dataKey !== null && (clinicKey !== null || keys.clinicPair === null)) return null;
  return fail(
    'BAD_INPUT',
    'This vault was made before keys could be changed: its recovery keys would no longer open it.',
    'Nothing was changed. Use both recovery keys once, with “vault recover” or “I have a recovery key”; then change the keys.',
  );
}

function cancelled(): ExpectedError {
  return new ExpectedError('CANCELLED', 'The change of keys was cancelled.', 'The keys are what they were.');
}

async function prepare(context: VaultContext, body: KeyringBody, keys: NewKeys): Promise<RekeyMade> {
  const { vault, progress, signal } = context;
  const preparing = beginRekeyFolder(vault.folder);
  const { clinicPair } = vault.keys;
  const made = await runRekey({
    job: {
      folder: vault.folder,
      preparing,
      event: doneEvent(context, 'vault.rekey', vault.id, { clinicKey: keys.clinic !== null }),
    },
    keys: {
      dataKey: vault.keys.dataKey,
      newDataKey: keys.dataKey,
      clinic: clinicPair && keys.clinic ? { pair: clinicPair, newPublicKey: keys.clinic.publicKey } : null,
    },
    progress,
    signal,
  });
  writeKeyring(preparing, rekeyedBody(body, vault, keys), keys.dataKey);
  verifyPrepared(preparing, vault, keys);
  return made;
}

/** The keyring under the new keys: each is sealed anew to every user who holds it, and to the recovery keys. */
function rekeyedBody(body: KeyringBody, vault: OpenVault, { dataKey, clinic }: NewKeys): KeyringBody {
  const pseudonymKey = unwrapPseudonymKey(vault.keys.dataKey, body.wrappedPseudonymKey);
  const { publicKeys } = body.recovery;
  const recoveryOf = (publicKey: string | null, kind: 'vault-key' | 'clinic-key', content: Buffer): string => {
    if (publicKey === null) throw new Error('the recovery key cannot be reached');
    return sealForRecovery(Buffer.from(publicKey, 'base64'), kind, content);
  };
  try {
    return {
      ...body,
      clinicPublicKey: clinic ? clinic.publicKey.toString('base64') : body.clinicPublicKey,
      wrappedPseudonymKey: wrapPseudonymKey(dataKey, pseudonymKey),
      recovery: {
        dataKey: recoveryOf(publicKeys.dataKey, 'vault-key', dataKey),
        clinicKey: clinic ? recoveryOf(publicKeys.clinicKey, 'clinic-key', clinic.privateKey) : body.recovery.clinicKey,
        publicKeys,
      },
      rekeyDue: { dataKey: null, clinicKey: clinic ? null : body.rekeyDue.clinicKey },
      users: body.users.map((user) => {
        const resealed = resealDataKey(user, dataKey);
        return clinic && user.sealedClinicKey !== null ? enrolClinician(resealed, clinic.privateKey) : resealed;
      }),
    };
  } finally {
    zero(pseudonymKey);
  }
}

/** The new keyring is read back as it will be on unlocking: by the private key of whoever asked. */
function verifyPrepared(preparing: string, { user, keys: held }: OpenVault, keys: NewKeys): void {
  const keyring = readKeyring(preparing);
  verifyKeyring(keyring, keys.dataKey);
  const slot = keyring.body.users.find((candidate) => candidate.name === user);
  // Somebody who has been removed since they unlocked the vault has no slot to try.
  if (!slot) return;
  const opened = openUserKeys(keyring.body, slot, Buffer.from(held.userPrivateKey));
  try {
    const clinicOpens =
      !keys.clinic ||
      slot.sealedClinicKey === null ||
      equalBytes(opened.clinicPair?.privateKey ?? Buffer.alloc(0), keys.clinic.privateKey);
    if (!equalBytes(opened.dataKey, keys.dataKey) || !clinicOpens) throw new Error('the new keyring does not open');
  } finally {
    zero(opened.dataKey, opened.userPrivateKey, opened.clinicPair?.privateKey);
  }
}

/** The threads that read for the analyses are started again by the next question, on the new store. */
async function endReaders({ analysis, fits }: OpenVault): Promise<void> {
  do {
    await analysis.close();
    await fits.close();
  } while (analysis.isRunning || fits.isRunning);
}

/** From here to the end nothing is awaited, so that no other call sees the vault between its keys. */
function changeOver(vault: OpenVault, keys: NewKeys): void {
  const { folder, store } = vault;
  // Whoever waits for their turn to write already holds the store, so it stays the same object.
  const reopen = (dataKey: Buffer): VaultStore =>
    Object.assign(
      store,
      openVaultStore(folder, dataKey, () => undefined),
    );
  store.foldLog('TRUNCATE');
  store.close();
  try {
    decideRekey(folder);
  } catch (error) {
    reopen(vault.keys.dataKey);
    throw error;
  }
  finishRekey(folder);
  reopen(keys.dataKey);
  vault.keys.dataKey.set(keys.dataKey);
  if (keys.clinic) {
    vault.keys.clinicPublicKey.set(keys.clinic.publicKey);
    vault.keys.clinicPair?.privateKey.set(keys.clinic.privateKey);
  }
}
