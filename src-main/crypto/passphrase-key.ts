import { hashRaw } from '@node-rs/argon2';
import { ExpectedError } from '#shared/domain/result.ts';
import { randomBytes } from './secret-bytes.ts';

/** Parameters of Argon2id (RFC 9106), stored beside the wrapped key they belong to. */
export type KdfParameters = {
  readonly algorithm: 'argon2id';
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
  /** 16 bytes, base64. */
  readonly salt: string;
};

// The package declares its algorithms as a const enum, which type stripping cannot read.
const argon2id = 2;
const defaults = { memoryKiB: 128 * 1024, passes: 3, lanes: 4 } as const;

export function newKdfParameters(): KdfParameters {
  return { algorithm: 'argon2id', ...defaults, salt: randomBytes(16).toString('base64') };
}

/** Outside this range a stored parameter set is refused: too weak to accept, or large enough to exhaust the machine. */
function assertWithinRange(parameters: KdfParameters): void {
  const { algorithm, memoryKiB, passes, lanes, salt } = parameters;
  const sound =
    algorithm === 'argon2id' &&
    Number.isInteger(memoryKiB) &&
    memoryKiB >= 64 * 1024 &&
    memoryKiB <= 1024 * 1024 &&
    Number.isInteger(passes) &&
    passes >= 3 &&
    passes <= 10 &&
    Number.isInteger(lanes) &&
    lanes >= 1 &&
    lanes <= 16 &&
    Buffer.from(salt, 'base64').length === 16;
  if (!sound) {
    throw new ExpectedError(
      'CORRUPT',
      'The keyring asks for key-derivation settings outside the range that is accepted.',
      'Nothing was opened or changed. Restore keyring.json from a backup of this vault.',
    );
  }
}

/**
 * Key-encryption key of a passphrase: 32 bytes. The passphrase is used exactly as typed (no trimming, case change or Unicode
 * normalisation; ASVS 5.0 6.2.8).
 */
export async function derivePassphraseKey(passphrase: string, parameters: KdfParameters): Promise<Buffer> {
  assertWithinRange(parameters);
  return hashRaw(passphrase, {
    algorithm: argon2id,
    memoryCost: parameters.memoryKiB,
    timeCost: parameters.passes,
    parallelism: parameters.lanes,
    outputLen: 32,
    salt: Buffer.from(parameters.salt, 'base64'),
  });
}
