import { zero } from '#main/crypto/secret-bytes.ts';
import { deriveKey } from '#main/crypto/wrap.ts';
import { checkStore, type StoreCheck } from '#main/store/check-store.ts';
import type { VaultContext } from '../call-context.ts';
import { readKeyring, verifyKeyring } from './keyring.ts';

/** Checks keyring, store and audit chain; throws an `ExpectedError` that names what broke. */
export function checkVault(context: VaultContext, printedHead: string | null): StoreCheck {
  const { vault } = context;
  verifyKeyring(readKeyring(vault.folder), vault.keys.dataKey);
  const headKey = deriveKey(vault.keys.dataKey, 'tidemark audit head v1');
  try {
    return checkStore(vault.store, headKey, printedHead);
  } finally {
    zero(headKey);
  }
}
