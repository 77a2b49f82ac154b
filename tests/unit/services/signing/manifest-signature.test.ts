import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fingerprintOf, isSignedBy, newSigningPair } from '#main/crypto/sign.ts';
import { isSignatureOf, readSignature, signManifest } from '#main/services/signing/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidemark-signature-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pair = newSigningPair();
const manifest = '{"format":"tidemark-report","report":{"title":"Café"}}\n';
const text = signManifest(manifest, pair);
const holds = (signature: string, of: Uint8Array): boolean => {
  const read = readSignature(signature);
  return read !== null && isSignatureOf(read, of) && read.fingerprint === fingerprintOf(pair.publicKey);
};

describe('the signature of a manifest', () => {
  it('is of the manifest behind a line of its own, by the key that it names', () => {
    const bytes = Buffer.from(manifest);
    expect(holds(text, bytes)).toBe(true);
    const { signature, publicKey } = readSignature(text)!;
    expect(Buffer.from(publicKey, 'base64')).toEqual(pair.publicKey);
    expect(isSignedBy(pair.publicKey, bytes, Buffer.from(signature, 'base64'))).toBe(false);
    expect(signManifest(manifest, pair)).toBe(text);
  });

  it('holds for nothing that is changed by one bit, in the manifest or in the signature', () => {
    const flipped = (of: string, at: number): Buffer => {
      const bytes = Buffer.from(of);
      bytes[at] = bytes[at]! ^ 1;
      return bytes;
    };
    for (let at = 0; at < Buffer.byteLength(manifest); at += 1) expect(holds(text, flipped(manifest, at))).toBe(false);
    for (let at = 0; at < text.length; at += 1) {
      expect(holds(flipped(text, at).toString('utf8'), Buffer.from(manifest)), `byte ${at}`).toBe(false);
    }
    for (const other of ['', '{}', 'null', text.trim(), `${text} `, text.replace('{', '{ ')]) {
      expect(readSignature(other)).toBeNull();
    }
  });

  it('by another key names that key, and cannot borrow the name of this one', () => {
    const other = newSigningPair();
    const forged = signManifest(manifest, other);
    expect(readSignature(forged)!.fingerprint).toBe(fingerprintOf(other.publicKey));
    const borrowed = forged.replace(fingerprintOf(other.publicKey), fingerprintOf(pair.publicKey));
    expect(readSignature(borrowed)).toBeNull();
  });

  const hasTools = spawnSync('sh', ['-c', 'openssl version | grep -q "OpenSSL 3" && basenc --version']).status === 0;
  it.skipIf(!hasTools)('is checked with OpenSSL alone as the documentation says', () => {
    const documentation = readFileSync(new URL('../../../../docs/reports.md', import.meta.url), 'utf8');
    const script = /```sh\n(field\(\)[\s\S]*?)```/.exec(documentation)![1]!;
    const run = (of: string) => {
      writeFileSync(join(folder, 'manifest.json'), of);
      writeFileSync(join(folder, 'signature.json'), text);
      return spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' }).stdout;
    };
    expect(run(manifest)).toBe(`Signature Verified Successfully\n${fingerprintOf(pair.publicKey)}\n`);
    expect(run(manifest.replace('Café', 'Cafe'))).toContain('Signature Verification Failure');
  });
});
