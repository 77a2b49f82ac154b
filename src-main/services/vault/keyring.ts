import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { hmacHex } from '#main/crypto/hash-chain.ts';
import { equalBytes } from '#main/crypto/secret-bytes.ts';
import { deriveKey } from '#main/crypto/wrap.ts';
import { type PreparedFile, prepareFile } from '#main/store/files.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { roles } from '#shared/domain/roles.ts';

const base64 = z.base64().max(4_096);

const kdfSchema = z.strictObject({
  algorithm: z.literal('argon2id'),
  memoryKiB: z.number().int(),
  passes: z.number().int(),
  lanes: z.number().int(),
  salt: base64,
});

const keyringUserSchema = z.strictObject({
  name: z.string(),
  roles: z.array(z.enum(roles)),
  pendingRoles: z.array(z.enum(roles)),
  createdAt: z.string(),
  publicKey: base64,
  kdf: kdfSchema,
  /** The user's X25519 private key under the key of their passphrase. */
  wrappedPrivateKey: base64,
  /** The data key, sealed to the user's public key. */
  sealedDataKey: base64,
  /** The clinic's private key, sealed to the user's public key; clinicians only. */
  sealedClinicKey: base64.nullable(),
});
export type KeyringUser = z.infer<typeof keyringUserSchema>;

const commonShape = {
  format: z.literal('tidemark keyring'),
  cipher: z.literal('sqlcipher 4, aes-256-cbc, hmac-sha512, raw key'),
  vaultId: z.string(),
  createdAt: z.string(),
  clinicPublicKey: base64,
  /** The pseudonym key under a key derived from the data key: it outlives a change of data key. */
  wrappedPseudonymKey: base64,
  users: z.array(keyringUserSchema).min(1),
};

/** The first form: recovery wraps that only whoever holds the recovery key itself can make anew. */
const firstBodySchema = z.strictObject({
  ...commonShape,
  version: z.literal(1),
  recovery: z.strictObject({ dataKey: base64, clinicKey: base64 }),
});
type FirstBody = z.infer<typeof firstBodySchema>;

const keyringBodySchema = z.strictObject({
  ...commonShape,
  version: z.literal(2),
  recovery: z.strictObject({
    /** The data key, for the vault recovery key. */
    dataKey: base64,
    /** The clinic's private key, for the clinic recovery key. */
    clinicKey: base64,
    /** Public halves of pairs derived from the recovery keys; null until a vault of the first form has seen its key. */
    publicKeys: z.strictObject({ dataKey: base64.nullable(), clinicKey: base64.nullable() }),
  }),
  /** Since when a removed user could still open an old copy with a key that is in use; null where none could. */
  rekeyDue: z.strictObject({ dataKey: z.string().nullable(), clinicKey: z.string().nullable() }),
});
export type KeyringBody = z.infer<typeof keyringBodySchema>;

const keyringSchema = z.strictObject({
  body: z.discriminatedUnion('version', [firstBodySchema, keyringBodySchema]),
  mac: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Keyring = {
  readonly body: KeyringBody;
  readonly mac: string;
  /** What the file holds and the MAC covers: the body, or one of the first form. */
  readonly written: KeyringBody | FirstBody;
};

function newestForm(body: KeyringBody | FirstBody): KeyringBody {
  if (body.version === 2) return body;
  return {
    ...body,
    version: 2,
    recovery: { ...body.recovery, publicKeys: { dataKey: null, clinicKey: null } },
    rekeyDue: { dataKey: null, clinicKey: null },
  };
}

function keyringFile(folder: string): string {
  return join(folder, 'keyring.json');
}

export function hasKeyring(folder: string): boolean {
  return existsSync(keyringFile(folder));
}

function damaged(): ExpectedError {
  return new ExpectedError(
    'CORRUPT',
    'The keyring of this vault is damaged.',
    'Nothing was changed. Restore keyring.json from a backup of this vault.',
  );
}

/** The text of a keyring’s file, byte for byte as it was written. */
export function spellKeyring({ written, mac }: Pick<Keyring, 'written' | 'mac'>): string {
  return `${canonicalJson({ body: written, mac })}\n`;
}

/** Reads a keyring whose every byte is as it was written; the MAC is checked once the data key is known. */
export function readKeyring(folder: string): Keyring {
  if (!hasKeyring(folder)) {
    throw new ExpectedError(
      'NOT_A_VAULT',
      'That folder is not a Tidemark vault: it has no keyring.json.',
      'Nothing was changed. Choose the folder that holds vault.db and keyring.json.',
    );
  }
  let text: string;
  try {
    text = readFileSync(keyringFile(folder), 'utf8');
  } catch {
    throw damaged();
  }
  return parseKeyring(text);
}

/** A keyring from the text of its file, which a backup holds too. */
export function parseKeyring(text: string): Keyring {
  let parsed: ReturnType<typeof keyringSchema.safeParse>;
  try {
    parsed = keyringSchema.safeParse(JSON.parse(text));
  } catch {
    throw damaged();
  }
  if (!parsed.success) throw damaged();
  const { body, mac } = parsed.data;
  const keyring = { body: newestForm(body), mac, written: body };
  if (spellKeyring(keyring) !== text) throw damaged();
  return keyring;
}

function macOf(body: KeyringBody | FirstBody, dataKey: Uint8Array): string {
  const key = deriveKey(dataKey, 'tidemark keyring mac v1');
  try {
    return hmacHex(key, canonicalJson(body));
  } finally {
    key.fill(0);
  }
}

/** Throws when any byte of the keyring is not the one that was written under this data key. */
export function verifyKeyring(keyring: Keyring, dataKey: Uint8Array): void {
  const expected = Buffer.from(macOf(keyring.written, dataKey), 'hex');
  if (!equalBytes(expected, Buffer.from(keyring.mac, 'hex'))) throw damaged();
}

export function writeKeyring(folder: string, body: KeyringBody, dataKey: Uint8Array): void {
  prepareKeyring(folder, body, dataKey).put();
}

/** Writes a keyring beside the one in place, for whoever stores the record of its change before it is put there. */
export function prepareKeyring(folder: string, body: KeyringBody, dataKey: Uint8Array): PreparedFile {
  return prepareFile(keyringFile(folder), spellKeyring({ written: body, mac: macOf(body, dataKey) }));
}
