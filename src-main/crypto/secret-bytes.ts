import { randomBytes as nodeRandomBytes, timingSafeEqual } from 'node:crypto';

/** Cryptographically secure random bytes. */
export function randomBytes(length: number): Buffer {
  return nodeRandomBytes(length);
}

/** Overwrites key material. JavaScript strings cannot be cleared, so keys live in Buffers only. */
export function zero(...secrets: (Uint8Array | null | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0);
}

/** Constant-time comparison; false for different lengths. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
