import type { z } from 'zod';
import { type KeyPair, newOpener, type Opener, sealBytes } from '#main/crypto/seal.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { OpenVault } from '../vault/index.ts';

/** Every box of the clinicians is a multiple of this long: its size says little about what was written. */
const boxStepBytes = 512;

export const contexts = {
  event: 'tidemark case event',
  acknowledgement: 'tidemark safety acknowledgement',
  reveal: 'tidemark identity reveal',
  summary: 'tidemark case summary',
  safety: 'tidemark safety answer',
  identity: 'tidemark identity',
} as const;

function clinicPair(vault: OpenVault): KeyPair {
  const pair = vault.keys.clinicPair;
  if (pair) return pair;
  throw new ExpectedError(
    'FORBIDDEN',
    'This session does not hold the clinic key.',
    'Nothing was done. A clinician, or the clinic recovery key, has to grant it first.',
  );
}

/** Opens boxes for one piece of work, and forgets the keys of their sealers after it. */
export async function withOpener<T>(vault: OpenVault, work: (opener: Opener) => T | Promise<T>): Promise<T> {
  const opener = newOpener(clinicPair(vault));
  try {
    return await work(opener);
  } finally {
    opener.close();
  }
}

/** Seals what a clinician wrote. */
export function sealContent(vault: OpenVault, content: unknown, context: string): Buffer {
  const text = Buffer.from(JSON.stringify(content), 'utf8');
  const padded = Buffer.alloc(Math.ceil(text.length / boxStepBytes) * boxStepBytes, ' ');
  text.copy(padded);
  return sealBytes(vault.keys.clinicPublicKey, padded, context);
}

/** The content of a box, or null where this key does not open it. */
export function openContent<Schema extends z.ZodType>(
  opener: Opener,
  box: Uint8Array,
  context: string,
  schema: Schema,
): z.output<Schema> | null {
  const text = opener.open(box, context);
  return text === null ? null : schema.parse(JSON.parse(text.toString('utf8')));
}
