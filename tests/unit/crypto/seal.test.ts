import { createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chainLink, chainStart, hmacHex, sha256Hex } from '#main/crypto/hash-chain.ts';
import { createPseudonymiser } from '#main/crypto/pseudonym.ts';
import { newKeyPair, newSealer, openSealed, sealBytes } from '#main/crypto/seal.ts';
import { equalBytes, randomBytes, zero } from '#main/crypto/secret-bytes.ts';
import { decryptBytes, deriveKey, encryptBytes } from '#main/crypto/wrap.ts';

const message = Buffer.from('a name and a number');

/** The same bytes with one bit changed at each place in turn. */
function* tampered(bytes: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = changed[at]! ^ (1 << (at % 8));
    yield changed;
  }
}

describe('wrapping with AES-256-GCM', () => {
  const key = randomBytes(32);

  it('opens with its key and context, and with no byte, key or context changed', () => {
    const box = encryptBytes(key, message, 'here');
    expect(box).toHaveLength(12 + message.length + 16);
    expect(decryptBytes(key, box, 'here')).toEqual(message);
    expect(decryptBytes(key, box, 'there')).toBeNull();
    expect(decryptBytes(randomBytes(32), box, 'here')).toBeNull();
    for (const changed of tampered(box)) expect(decryptBytes(key, changed, 'here')).toBeNull();
    for (let length = 0; length < box.length; length += 1) {
      expect(decryptBytes(key, box.subarray(0, length), 'here')).toBeNull();
    }
    expect(decryptBytes(key, encryptBytes(key, new Uint8Array(0), 'here'), 'here')).toEqual(Buffer.alloc(0));
  });

  it('never uses a nonce twice', () => {
    const nonces = new Set<string>();
    for (let draw = 0; draw < 20_000; draw += 1) {
      nonces.add(encryptBytes(key, message, 'here').subarray(0, 12).toString('hex'));
    }
    expect(nonces.size).toBe(20_000);
    const draws = new Set<string>();
    for (let draw = 0; draw < 100_000; draw += 1) draws.add(randomBytes(12).toString('hex'));
    expect(draws.size).toBe(100_000);
  });

  it('decrypts what NIST’s test vector encrypts', () => {
    // GCM specification (McGrew and Viega), test case 16: 256-bit key, 96-bit nonce, additional data.
    const vectorKey = Buffer.from('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308', 'hex');
    const box = Buffer.from(
      'cafebabefacedbaddecaf888522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b',
      'hex',
    );
    // Its additional data is no UTF-8 text, so it does not open under any context of ours.
    expect(decryptBytes(vectorKey, box, 'feedface')).toBeNull();
    // Test case 14: one block of zeros under a key and nonce of zeros, without additional data.
    const zeros = Buffer.from(
      `${'00'.repeat(12)}cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919`,
      'hex',
    );
    expect(decryptBytes(Buffer.alloc(32), zeros, '')).toEqual(Buffer.alloc(16));
  });

  it('derives keys as RFC 5869 does', () => {
    // RFC 5869, test case 3 (empty salt and purpose) gives these first 32 bytes.
    expect(deriveKey(Buffer.alloc(22, 0x0b), '').toString('hex')).toBe(
      '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d',
    );
    expect(deriveKey(message, 'one')).not.toEqual(deriveKey(message, 'two'));
  });
});

describe('sealing to a public key', () => {
  const clinic = newKeyPair();

  it('opens for the holder of the private key alone, in its own context, unchanged', () => {
    const box = sealBytes(clinic.publicKey, message, 'identity');
    expect(openSealed(clinic, box, 'identity')).toEqual(message);
    expect(openSealed(clinic, box, 'answers')).toBeNull();
    expect(openSealed(newKeyPair(), box, 'identity')).toBeNull();
    // The right private key with another public half is another recipient.
    expect(openSealed({ ...clinic, publicKey: newKeyPair().publicKey }, box, 'identity')).toBeNull();
    let opened = 0;
    for (const changed of tampered(box)) if (openSealed(clinic, changed, 'identity') !== null) opened += 1;
    expect(opened).toBe(0);
    for (const length of [0, 1, 31, 32, 40, 59])
      expect(openSealed(clinic, box.subarray(0, length), 'identity')).toBeNull();
    expect(openSealed(clinic, Buffer.concat([Buffer.alloc(32), box.subarray(32)]), 'identity')).toBeNull();
  });

  it('gives another box every time, also within one sealer, and none after it is closed', () => {
    const sealer = newSealer(clinic.publicKey);
    const boxes = Array.from({ length: 100 }, () => sealer.seal(message, 'identity'));
    expect(new Set(boxes.map((box) => box.toString('hex'))).size).toBe(100);
    expect(new Set(boxes.map((box) => box.subarray(0, 32).toString('hex'))).size).toBe(1);
    for (const box of boxes) expect(openSealed(clinic, box, 'identity')).toEqual(message);
    sealer.close();
    expect(openSealed(clinic, sealer.seal(message, 'identity'), 'identity')).toBeNull();
    expect(sealBytes(clinic.publicKey, message, 'x').subarray(0, 32)).not.toEqual(
      sealBytes(clinic.publicKey, message, 'x').subarray(0, 32),
    );
  });

  it('makes keys that are X25519 keys', () => {
    const { privateKey } = generateKeyPairSync('x25519');
    const raw = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32);
    expect([clinic.publicKey.length, clinic.privateKey.length, raw.length]).toEqual([32, 32, 32]);
    expect(clinic.publicKey).not.toEqual(newKeyPair().publicKey);
  });
});

describe('hashes and pseudonyms', () => {
  it('are those of the standards', () => {
    // FIPS 180-2, appendix B.1, and RFC 4231, test case 2.
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(hmacHex(Buffer.from('Jefe'), 'what do ya want for nothing?')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
    expect(chainLink(chainStart, 1, '{}')).toBe(sha256Hex(`${'0'.repeat(64)}\n1\n{}`));
    expect(
      new Set([chainLink(chainStart, 1, '{}'), chainLink(chainStart, 2, '{}'), chainLink(sha256Hex(''), 1, '{}')]).size,
    ).toBe(3);
  });

  it('give one reference one pseudonym under one key, and another under another', () => {
    const key = randomBytes(32);
    const pseudonymOf = createPseudonymiser(key);
    const reference = Buffer.from('PC 1234');
    expect(pseudonymOf(reference)).toBe(createPseudonymiser(key)(reference));
    expect(pseudonymOf(reference)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    expect(createPseudonymiser(randomBytes(32))(reference)).not.toBe(pseudonymOf(reference));
    // The first 60 bits of the HMAC, five at a time.
    const bits = [...createHmac('sha256', key).update(reference).digest()]
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join('');
    const digits = [...pseudonymOf(reference).replaceAll('-', '')].map((digit) =>
      '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(digit),
    );
    expect(digits.map((digit) => digit.toString(2).padStart(5, '0')).join('')).toBe(bits.slice(0, 60));
    const many = new Set(Array.from({ length: 50_000 }, (_, at) => pseudonymOf(Buffer.from(String(at)))));
    expect(many.size).toBe(50_000);
  });

  it('compares in full and clears what it is given', () => {
    expect(equalBytes(message, Buffer.from(message))).toBe(true);
    expect(equalBytes(message, message.subarray(1))).toBe(false);
    for (const changed of tampered(message)) expect(equalBytes(message, changed)).toBe(false);
    const secret = randomBytes(32);
    zero(secret, null, undefined);
    expect(secret).toEqual(Buffer.alloc(32));
  });
});
