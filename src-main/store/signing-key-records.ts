import { zero } from '#main/crypto/secret-bytes.ts';
import { decryptBytes, deriveKey, encryptBytes } from '#main/crypto/wrap.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { Connection } from './connection.ts';
import { desc, eq, queries } from './drizzle.ts';
import { signingKey } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

export type SigningKeyRecord = typeof signingKey.$inferSelect;

const context = 'tidemark signing key';

function wrappingKey(dataKey: Uint8Array): Buffer {
  return deriveKey(dataKey, 'tidemark signing wrap v1');
}

/** The private half of a signing key as it is stored: under a key that follows from the data key. */
export function wrapSigningKey(dataKey: Uint8Array, privateKey: Uint8Array): Buffer {
  const key = wrappingKey(dataKey);
  try {
    return encryptBytes(key, privateKey, context);
  } finally {
    zero(key);
  }
}

/** The caller zeroes it. @throws ExpectedError CORRUPT where it does not open */
export function unwrapSigningKey(dataKey: Uint8Array, wrapped: Uint8Array): Buffer {
  const key = wrappingKey(dataKey);
  try {
    const opened = decryptBytes(key, wrapped, context);
    if (opened?.length === 32) return opened;
  } finally {
    zero(key);
  }
  throw new ExpectedError(
    'CORRUPT',
    'The key that signs what this vault lets out is damaged.',
    'Nothing was changed. Run the vault check, and restore from a backup if it finds damage.',
  );
}

export function addSigningKey({ connection }: WriteTransaction, record: Omit<SigningKeyRecord, 'id'>): void {
  queries(connection).insert(signingKey).values(record).run();
}

/** Every key there has been, newest first. */
export function listSigningKeys(connection: Connection): readonly SigningKeyRecord[] {
  return queries(connection).select().from(signingKey).orderBy(desc(signingKey.id)).all();
}

/** The key that signs now: the newest; null where none has been made. */
export function signingKeyInUse(connection: Connection): SigningKeyRecord | null {
  return listSigningKeys(connection)[0] ?? null;
}

/** Wraps every signing key for another data key. */
export function rewrapSigningKeys({ connection }: WriteTransaction, dataKey: Uint8Array, newDataKey: Uint8Array): void {
  for (const { id, wrappedPrivateKey } of queries(connection).select().from(signingKey).all()) {
    const privateKey = unwrapSigningKey(dataKey, wrappedPrivateKey);
    const rewrapped = wrapSigningKey(newDataKey, privateKey);
    zero(privateKey);
    queries(connection).update(signingKey).set({ wrappedPrivateKey: rewrapped }).where(eq(signingKey.id, id)).run();
  }
}
