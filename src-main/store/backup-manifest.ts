import { z } from 'zod';
import { hmacHex } from '#main/crypto/hash-chain.ts';
import { equalBytes, zero } from '#main/crypto/secret-bytes.ts';
import { deriveKey } from '#main/crypto/wrap.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { ExpectedError } from '#shared/domain/result.ts';

/**
 * A backup is one file: the pages of the store as they are encrypted, then `keyring.json`, then `audit.head`, then the
 * manifest (canonical JSON), then its length in eight bytes and sixteen bytes that end every backup. The end is written last.
 *
 * One of changes holds only the pages that differ from those of a whole one, its base, and after them their numbers, four
 * bytes each, ascending from 0. A page that is written anew is another one byte for byte, as each has a random vector of its
 * own; so what was not written is what is equal.
 */
export const backupEnding = Buffer.from('tidemark backup1', 'latin1');
export const tailBytes = 8 + backupEnding.length;
export const longestManifest = 64 * 1024;
export const longestKeyring = 4 * 1024 ** 2;
const longestHead = 1_024;
const longestNumbers = 64 * 1024 ** 2;

/** Bytes of a page, and of its number in a backup of changes. */
export const pageBytes = 4_096;
export const numberBytes = 4;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

function part(longest: number) {
  return z.strictObject({ bytes: whole.max(longest), sha256 });
}

const common = {
  format: z.literal('tidemark backup'),
  vaultId: z.string().max(64),
  madeAt: z.string().max(32),
  madeBy: z.string().max(64),
  engineVersion: z.string().max(32),
  schemaVersion: whole,
  auditHead: z.strictObject({ sequence: whole, hash: sha256 }),
  /** What the store held when it was read back. */
  holds: z.strictObject({ pages: whole, tables: whole, rows: whole, batches: whole }),
};
/** `store`: the whole of it, in a backup of changes as it is once they are laid over its base. */
const commonParts = {
  store: part(Number.MAX_SAFE_INTEGER),
  keyring: part(longestKeyring),
  auditHead: part(longestHead),
};

const wholeSchema = z.strictObject({ ...common, version: z.literal(1), parts: z.strictObject(commonParts) });
const changesSchema = z.strictObject({
  ...common,
  version: z.literal(2),
  base: z.strictObject({ fileName: z.string().min(1).max(255), madeAt: z.string().max(32), manifestHash: sha256 }),
  parts: z.strictObject({
    ...commonParts,
    changes: part(Number.MAX_SAFE_INTEGER),
    numbers: part(longestNumbers),
  }),
});
const bodySchema = z.discriminatedUnion('version', [wholeSchema, changesSchema]);
export type WholeBody = z.infer<typeof wholeSchema>;
export type ChangesBody = z.infer<typeof changesSchema>;
export type BackupBody = z.infer<typeof bodySchema>;

const manifestSchema = z.strictObject({ body: bodySchema, mac: sha256 });
export type BackupManifest = z.infer<typeof manifestSchema>;

/** Bytes of a backup before its keyring. */
export function bytesOfPages(body: BackupBody): number {
  return body.version === 1 ? body.parts.store.bytes : body.parts.changes.bytes + body.parts.numbers.bytes;
}

export function notABackup(what: string): ExpectedError {
  return new ExpectedError(
    'CORRUPT',
    what,
    'Nothing was restored. Keep the file as it is and take an earlier backup, or another copy of this one.',
  );
}

function macOf(body: BackupBody, dataKey: Uint8Array): string {
  const key = deriveKey(dataKey, 'tidemark backup manifest v1');
  try {
    return hmacHex(key, canonicalJson(body));
  } finally {
    zero(key);
  }
}

/** The manifest as it is written, bound to the data key. */
export function spellManifest(body: BackupBody, dataKey: Uint8Array): string {
  return canonicalJson({ body, mac: macOf(body, dataKey) });
}

/** Reads a manifest whose every byte is as it was spelt; whether this vault wrote it is checked once the key is known. */
export function parseManifest(text: string): BackupManifest {
  let parsed: ReturnType<typeof manifestSchema.safeParse>;
  try {
    parsed = manifestSchema.safeParse(JSON.parse(text));
  } catch {
    throw notABackup('The manifest of this backup is damaged.');
  }
  if (!parsed.success || canonicalJson(parsed.data) !== text)
    throw notABackup('The manifest of this backup is damaged.');
  return parsed.data;
}

/** Throws when any part of the manifest is not what was written under this data key. */
export function verifyManifest({ body, mac }: BackupManifest, dataKey: Uint8Array): void {
  if (!equalBytes(Buffer.from(macOf(body, dataKey), 'hex'), Buffer.from(mac, 'hex'))) {
    throw notABackup('The manifest of this backup was changed after it was written.');
  }
}
