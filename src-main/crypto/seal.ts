import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { zero } from './secret-bytes.ts';
import { decryptBytes, deriveKey, encryptBytes } from './wrap.ts';

/** Raw X25519 keys, 32 bytes each. */
export type KeyPair = { readonly publicKey: Buffer; readonly privateKey: Buffer };

const rawKeyLength = 32;
// DER prefixes of RFC 8410 for X25519, so that keys can be stored as 32 raw bytes.
const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b656e032100', 'hex');

export function newKeyPair(): KeyPair {
  const pair = generateKeyPairSync('x25519', {
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

/** The pair of a private half that is known already, such as one derived from a recovery key. */
export function keyPairOf(privateKey: Uint8Array): KeyPair {
  const spki = createPublicKey(privateKeyObject(privateKey)).export({ format: 'der', type: 'spki' });
  return { publicKey: Buffer.from(spki.subarray(-rawKeyLength)), privateKey: Buffer.from(privateKey) };
}

function privateKeyObject(raw: Uint8Array): KeyObject {
  const der = Buffer.concat([privatePrefix, raw]);
  try {
    return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  } finally {
    zero(der);
  }
}

function publicKeyObject(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' });
}

/** The box key depends on both public keys, so a box cannot be re-addressed. */
function boxKey(shared: Uint8Array, ephemeralPublic: Uint8Array, recipientPublic: Uint8Array): Buffer {
  return deriveKey(shared, 'tidemark seal v1', Buffer.concat([ephemeralPublic, recipientPublic]));
}

export type Sealer = {
  /** Ephemeral public key ‖ nonce ‖ ciphertext ‖ tag. */
  readonly seal: (plaintext: Uint8Array, context: string) => Buffer;
  readonly close: () => void;
};

/**
 * Seals to a public key: ephemeral X25519, HKDF-SHA-256, AES-256-GCM with a fresh nonce a box. One sealer serves one batch;
 * its secret never leaves memory and is zeroed by `close`, after which nobody but the holder of the private key can open a
 * box.
 */
export function newSealer(recipientPublicKey: Uint8Array): Sealer {
  const ephemeral = newKeyPair();
  const shared = diffieHellman({
    privateKey: privateKeyObject(ephemeral.privateKey),
    publicKey: publicKeyObject(recipientPublicKey),
  });
  const key = boxKey(shared, ephemeral.publicKey, recipientPublicKey);
  zero(shared, ephemeral.privateKey);
  return {
    seal: (plaintext, context) => Buffer.concat([ephemeral.publicKey, encryptBytes(key, plaintext, context)]),
    close: () => zero(key),
  };
}

/** Seals one value. */
export function sealBytes(recipientPublicKey: Uint8Array, plaintext: Uint8Array, context: string): Buffer {
  const sealer = newSealer(recipientPublicKey);
  try {
    return sealer.seal(plaintext, context);
  } finally {
    sealer.close();
  }
}

export type Opener = {
  /** The plaintext, or null when the key, the context or a byte is wrong. */
  readonly open: (box: Uint8Array, context: string) => Buffer | null;
  readonly close: () => void;
};

/**
 * Opens many boxes: those of one sealer share their key, which is worked out once. `close` zeroes the keys; the pair stays
 * its owner's.
 */
export function newOpener(recipient: KeyPair): Opener {
  const keys = new Map<string, Buffer>();
  const keyFor = (ephemeralPublic: Uint8Array): Buffer | null => {
    const name = Buffer.from(ephemeralPublic).toString('base64');
    const known = keys.get(name);
    if (known) return known;
    let shared: Buffer;
    try {
      shared = diffieHellman({
        privateKey: privateKeyObject(recipient.privateKey),
        publicKey: publicKeyObject(ephemeralPublic),
      });
    } catch {
      return null;
    }
    const key = boxKey(shared, ephemeralPublic, recipient.publicKey);
    zero(shared);
    keys.set(name, key);
    return key;
  };
  return {
    open: (box, context) => {
      if (box.length < rawKeyLength) return null;
      const key = keyFor(box.subarray(0, rawKeyLength));
      return key === null ? null : decryptBytes(key, box.subarray(rawKeyLength), context);
    },
    close: () => {
      for (const key of keys.values()) zero(key);
      keys.clear();
    },
  };
}

/** Opens a sealed box, or gives null when the key, the context or a byte is wrong. */
export function openSealed(recipient: KeyPair, box: Uint8Array, context: string): Buffer | null {
  const opener = newOpener(recipient);
  try {
    return opener.open(box, context);
  } finally {
    opener.close();
  }
}
