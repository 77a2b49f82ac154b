import { createHash } from 'node:crypto';
import { decodeCrockford, encodeCrockford } from './crockford.ts';
import { equalBytes, randomBytes } from './secret-bytes.ts';

const secretLength = 32;
const checkLength = 3;

/** What a recovery key is for; its name is part of the text, so that one cannot be taken for the other. */
export type RecoveryKind = 'vault-key' | 'clinic-key';

function checkOf(kind: RecoveryKind, secret: Uint8Array): Buffer {
  return createHash('sha256').update(`tidemark ${kind}`).update(secret).digest().subarray(0, checkLength);
}

export function newRecoverySecret(): Buffer {
  return randomBytes(secretLength);
}

/** `vault-key 7K3M9-Q2XAB-…`: 32 random bytes and a three-byte check in groups of five characters. */
export function formatRecoveryKey(kind: RecoveryKind, secret: Uint8Array): string {
  const text = encodeCrockford(Buffer.concat([secret, checkOf(kind, secret)]));
  return `${kind} ${(text.match(/.{1,5}/g) ?? []).join('-')}`;
}

/** The secret of a recovery key as typed, or null when it is of the other kind or mistyped. */
export function parseRecoveryKey(kind: RecoveryKind, text: string): Buffer | null {
  const match = /^\s*(vault-key|clinic-key)[\s:]+([0-9A-Za-z\s-]+?)\s*$/.exec(text);
  if (!match || match[1] !== kind) return null;
  const bytes = decodeCrockford(match[2] ?? '');
  if (!bytes || bytes.length !== secretLength + checkLength) return null;
  const secret = bytes.subarray(0, secretLength);
  return equalBytes(bytes.subarray(secretLength), checkOf(kind, secret)) ? Buffer.from(secret) : null;
}
