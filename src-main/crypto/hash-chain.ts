import { createHash, createHmac } from 'node:crypto';

/** SHA-256 of text or bytes, hexadecimal. */
export function sha256Hex(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** HMAC-SHA-256, hexadecimal. */
export function hmacHex(key: Uint8Array, content: string): string {
  return createHmac('sha256', key).update(content).digest('hex');
}

/** The hash that an audit chain begins with. */
export const chainStart = '0'.repeat(64);

/** One link: the hash of the previous link, the sequence number and the event's canonical JSON. */
export function chainLink(previousHash: string, sequence: number, canonicalEvent: string): string {
  return sha256Hex(`${previousHash}\n${sequence}\n${canonicalEvent}`);
}

export type RunningHash = { readonly update: (content: Uint8Array) => void; readonly hex: () => string };

/** SHA-256 of content that comes in pieces. */
export function runningSha256(): RunningHash {
  const hash = createHash('sha256');
  return { update: (content) => void hash.update(content), hex: () => hash.digest('hex') };
}
