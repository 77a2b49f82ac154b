import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import { randomBytes } from './secret-bytes.ts';

const nonceLength = 12;
const tagLength = 16;

/** AES-256-GCM: nonce ‖ ciphertext ‖ tag. The context is authenticated, so a box cannot be moved to another place. */
export function encryptBytes(key: Uint8Array, plaintext: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(context, 'utf8'));
  const body = cipher.update(plaintext);
  return Buffer.concat([nonce, body, cipher.final(), cipher.getAuthTag()]);
}

/** The plaintext, or null when the key, the context or a byte is wrong. */
export function decryptBytes(key: Uint8Array, box: Uint8Array, context: string): Buffer | null {
  if (box.length < nonceLength + tagLength) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, nonceLength), { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(context, 'utf8'));
  decipher.setAuthTag(box.subarray(box.length - tagLength));
  try {
    return Buffer.concat([decipher.update(box.subarray(nonceLength, box.length - tagLength)), decipher.final()]);
  } catch {
    return null;
  }
}

/** A 32-byte key for one purpose from a key that is already uniformly random (HKDF-SHA-256, RFC 5869). */
export function deriveKey(secret: Uint8Array, purpose: string, salt: Uint8Array = new Uint8Array(0)): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, Buffer.from(purpose, 'utf8'), 32));
}
