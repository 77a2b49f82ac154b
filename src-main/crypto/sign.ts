import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { encodeCrockford } from './crockford.ts';
import { zero } from './secret-bytes.ts';

/** Raw Ed25519 keys, 32 bytes each. */
export type SigningPair = { readonly publicKey: Buffer; readonly privateKey: Buffer };

const rawKeyLength = 32;
const signatureLength = 64;
// DER prefixes of RFC 8410 for Ed25519, so that keys can be stored as 32 raw bytes.
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const fingerprintBytes = 20;

export function newSigningPair(): SigningPair {
  const pair = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { format: 'der', type: 'spki' },
    privateKeyEncoding: { format: 'der', type: 'pkcs8' },
  });
  const keys = {
    publicKey: Buffer.from(pair.publicKey.subarray(-rawKeyLength)),
    privateKey: Buffer.from(pair.privateKey.subarray(-rawKeyLength)),
  };
  zero(pair.privateKey);
  return keys;
}

/** An Ed25519 signature (RFC 8032), 64 bytes. */
export function signBytes(privateKey: Uint8Array, message: Uint8Array): Buffer {
  const der = Buffer.concat([privatePrefix, privateKey]);
  try {
    return sign(null, message, createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  } finally {
    zero(der);
  }
}

/** Whether the holder of the key signed exactly this; false for keys and signatures that are none. */
export function isSignedBy(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== rawKeyLength || signature.length !== signatureLength) return false;
  try {
    const key = createPublicKey({ key: Buffer.concat([publicPrefix, publicKey]), format: 'der', type: 'spki' });
    return verify(null, message, key, signature);
  } catch {
    return false;
  }
}

/** A public key as people compare it: 160 bits of its SHA-256 as `K3M9-Q2XA-…`, eight groups of four. */
export function fingerprintOf(publicKey: Uint8Array): string {
  const digest = createHash('sha256').update(publicKey).digest().subarray(0, fingerprintBytes);
  return (encodeCrockford(digest).match(/.{1,4}/g) ?? []).join('-');
}
