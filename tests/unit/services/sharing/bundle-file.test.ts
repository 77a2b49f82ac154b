import { describe, expect, it } from 'vitest';
import { isSignedBy, newSigningPair, signBytes } from '#main/crypto/sign.ts';
import { readBundle, writeBundle } from '#main/services/sharing/bundle-file.ts';
import type { BundleBody } from '#shared/domain/bundle.ts';
import { randomStream } from '#shared/domain/random.ts';
import { bodyOf, drawForces } from '../../../fixtures/drawn-forces.ts';

const [force] = drawForces(1, 7, { slope: 0.1, between: 0, bend: 0 });
const body = bodyOf(force!, 0);
const pair = newSigningPair();
const content = Buffer.from(writeBundle(body, pair));

function refusalOf(bytes: Uint8Array): string {
  const read = readBundle('north.bundle', bytes);
  if (read.ok) return 'none';
  expect(read.error.message).toContain('north.bundle');
  return read.error.code;
}

describe('the file of a bundle', () => {
  it('is read as it was written, and the same body under the same key is the same bytes', () => {
    const read = readBundle('north.bundle', content);
    expect(read.ok && read.value.body).toEqual(body);
    expect(writeBundle(structuredClone(body), pair)).toBe(content.toString());
  });

  it('is refused by name with any one byte changed, at 5,000 places drawn at random', () => {
    const random = randomStream(20_261_126, 'changed bytes');
    for (let draw = 0; draw < 5_000; draw += 1) {
      const changed = Buffer.from(content);
      const at = random.nextBelow(content.length);
      changed[at] = (changed[at]! + 1 + random.nextBelow(255)) % 256;
      expect(refusalOf(changed), `byte ${at}`).toBe('CORRUPT');
    }
  });

  it('is refused with each byte of its last line changed, in every way that keeps it readable', () => {
    const start = content.lastIndexOf('\n', content.length - 2) + 1;
    const letters = 'Aa0+/=Zz9 ';
    for (let at = start; at < content.length; at += 1) {
      for (const letter of letters) {
        const changed = Buffer.from(content);
        changed[at] = letter.charCodeAt(0);
        if (changed.equals(content)) continue;
        expect(refusalOf(changed), `byte ${at} as “${letter}”`).toBe('CORRUPT');
      }
    }
  });

  it('is refused where it is cut off, has something after its end, or is another file', () => {
    for (const length of [20, 400, content.length - 1]) expect(refusalOf(content.subarray(0, length))).toBe('CORRUPT');
    expect(refusalOf(Buffer.concat([content, Buffer.from(' ')]))).toBe('CORRUPT');
    expect(refusalOf(new Uint8Array(0))).toBe('BAD_FILE');
    expect(refusalOf(Buffer.from('force,count\nNorth,12\n'))).toBe('BAD_FILE');
    expect(refusalOf(new Uint8Array(8 * 1024 ** 2 + 1))).toBe('TOO_LARGE');
  });

  it('is refused where it is signed soundly and holds what no bundle holds', () => {
    const others: Record<string, unknown>[] = [
      { ...body, people: [{ person: 'P1', score: 12 }] },
      { ...body, force: '<b>North</b>' },
      { ...body, coverage: 2 },
      { ...body, thresholds: { workforce: 1, clinical: 1 } },
    ];
    for (const other of others) {
      expect(refusalOf(Buffer.from(writeBundle(other as unknown as BundleBody, pair)))).toBe('BAD_FILE');
    }
  });

  it('is refused with the signature of another key, and a signature stands for one message only', () => {
    const other = newSigningPair();
    const [head, text, last] = content.toString().split('\n') as [string, string, string];
    const [, , signature] = last.split(' ') as [string, string, string];
    const swapped = `${head}\n${text}\ned25519 ${other.publicKey.toString('base64')} ${signature}\n`;
    expect(refusalOf(Buffer.from(swapped))).toBe('CORRUPT');
    const signed = signBytes(pair.privateKey, Buffer.from('a'));
    expect(isSignedBy(pair.publicKey, Buffer.from('a'), signed)).toBe(true);
    expect(isSignedBy(pair.publicKey, Buffer.from('b'), signed)).toBe(false);
    expect(isSignedBy(Buffer.alloc(31), Buffer.from('a'), signed)).toBe(false);
  });
});
