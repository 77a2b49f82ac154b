import { argon2id } from '@noble/hashes/argon2.js';
import { describe, expect, it } from 'vitest';
import { derivePassphraseKey, type KdfParameters, newKdfParameters } from '#main/crypto/passphrase-key.ts';

const parameters: KdfParameters = {
  algorithm: 'argon2id',
  memoryKiB: 64 * 1024,
  passes: 3,
  lanes: 4,
  salt: Buffer.from('0123456789abcdef').toString('base64'),
};

describe('the key of a passphrase', () => {
  it('is Argon2id’s, as an independent implementation has it', { timeout: 120_000 }, async () => {
    const passphrase = 'fünf Lampen am Hafen';
    const ours = await derivePassphraseKey(passphrase, parameters);
    const theirs = argon2id(passphrase, Buffer.from('0123456789abcdef'), { m: 64 * 1024, t: 3, p: 4, dkLen: 32 });
    expect(ours.toString('hex')).toBe(Buffer.from(theirs).toString('hex'));
  });

  it('takes the text exactly as typed', async () => {
    const spellings = [
      'Caf\u00e9 lamps and harbours',
      'Cafe\u0301 lamps and harbours',
      'caf\u00e9 lamps and harbours',
      ' Caf\u00e9 lamps and harbours',
    ];
    const keys = await Promise.all(spellings.map((spelling) => derivePassphraseKey(spelling, parameters)));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(spellings.length);
  });

  it('is made with 128 MiB, three passes, four lanes and a salt of its own', () => {
    const made = newKdfParameters();
    expect(made).toEqual({ algorithm: 'argon2id', memoryKiB: 131_072, passes: 3, lanes: 4, salt: made.salt });
    expect(Buffer.from(made.salt, 'base64')).toHaveLength(16);
    expect(newKdfParameters().salt).not.toBe(made.salt);
  });

  it.each([
    ['too little memory', { memoryKiB: 64 * 1024 - 1 }],
    ['too much memory', { memoryKiB: 1024 * 1024 + 1 }],
    ['half a kibibyte', { memoryKiB: 70_000.5 }],
    ['two passes', { passes: 2 }],
    ['eleven passes', { passes: 11 }],
    ['no lane', { lanes: 0 }],
    ['seventeen lanes', { lanes: 17 }],
    ['a short salt', { salt: Buffer.alloc(15).toString('base64') }],
    ['a long salt', { salt: Buffer.alloc(17).toString('base64') }],
    ['another algorithm', { algorithm: 'argon2i' as 'argon2id' }],
    ['not a number', { passes: Number.NaN }],
  ])('is refused with %s', async (_, change) => {
    await expect(derivePassphraseKey('any', { ...parameters, ...change })).rejects.toMatchObject({
      error: { code: 'CORRUPT', hint: expect.stringContaining('Nothing was opened') },
    });
  });
});
