import { zero } from '#main/crypto/secret-bytes.ts';
import { fingerprintOf, newSigningPair, type SigningPair } from '#main/crypto/sign.ts';
import {
  addSigningKey,
  listSigningKeys,
  signingKeyInUse,
  unwrapSigningKey,
  wrapSigningKey,
} from '#main/store/signing-key-records.ts';
import type { WriteTransaction } from '#main/store/vault-store.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';

/** The key that signs what this vault lets out. */
type SigningKey = {
  readonly pair: SigningPair;
  readonly madeAt: string;
  readonly madeBy: string;
  /** Stores it where it was made just now. */
  readonly keep: (transaction: WriteTransaction) => void;
};

function takeKey(context: VaultContext): SigningKey {
  const { vault } = context;
  const { dataKey } = vault.keys;
  const held = signingKeyInUse(vault.store.connection);
  if (held) {
    const { publicKey, wrappedPrivateKey, madeAt, madeBy } = held;
    const pair = { publicKey, privateKey: unwrapSigningKey(dataKey, wrappedPrivateKey) };
    return { pair, madeAt, madeBy, keep: () => undefined };
  }
  const pair = newSigningPair();
  const made = { publicKey: pair.publicKey, madeAt: isoTime(context), madeBy: vault.user };
  const wrappedPrivateKey = wrapSigningKey(dataKey, pair.privateKey);
  return { pair, ...made, keep: (transaction) => addSigningKey(transaction, { ...made, wrappedPrivateKey }) };
}

/** Works with the key of the vault while nobody else writes; its private half is zeroed when the work is done. */
export function withSigningKey<T>(context: VaultContext, work: (key: SigningKey) => T): Promise<T> {
  return context.vault.writeGate.run(() => {
    const key = takeKey(context);
    try {
      return work(key);
    } finally {
      zero(key.pair.privateKey);
    }
  });
}

/** Of every key that this vault signs with or ever did, the one in use first. */
export function ownFingerprints({ vault }: VaultContext): readonly string[] {
  return listSigningKeys(vault.store.connection).map(({ publicKey }) => fingerprintOf(publicKey));
}

/** The fingerprint that other forces are told by another way than a bundle; the key is made where there is none. */
export async function signingFingerprint(context: VaultContext): Promise<Result<OutputOf<'releases.key'>>> {
  const { store } = context.vault;
  return ok(
    await withSigningKey(context, ({ pair, madeAt, madeBy, keep }) => {
      const fingerprint = fingerprintOf(pair.publicKey);
      store.commit(doneEvent(context, 'release.key', fingerprint), keep);
      return { fingerprint, madeAt, madeBy };
    }),
  );
}
