import { z } from 'zod';
import { fingerprintOf, isSignedBy, type SigningPair, signBytes } from '#main/crypto/sign.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { fingerprintSchema } from '#shared/domain/key-fingerprint.ts';

/** Lies beside the manifest of a report. */
export const signatureFileName = 'signature.json';

const signatureSchema = z.strictObject({
  format: z.literal('tidemark-report-signature'),
  formatVersion: z.literal(1),
  /** RFC 8032. */
  algorithm: z.literal('ed25519'),
  /** The raw 32 bytes, base64. */
  publicKey: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  fingerprint: fingerprintSchema,
  /** The raw 64 bytes, base64. */
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});
type ManifestSignature = z.infer<typeof signatureSchema>;

/** Before the manifest in what is signed, so that no signature of anything else can pass for one of a report. */
const firstLine = Buffer.from('tidemark report manifest 1\n', 'utf8');

function signedPart(manifest: Uint8Array): Buffer {
  return Buffer.concat([firstLine, manifest]);
}

/** What is written beside a manifest: canonical JSON, one line. */
export function signManifest(manifest: string, { publicKey, privateKey }: SigningPair): string {
  const signature: ManifestSignature = {
    format: 'tidemark-report-signature',
    formatVersion: 1,
    algorithm: 'ed25519',
    publicKey: publicKey.toString('base64'),
    fingerprint: fingerprintOf(publicKey),
    signature: signBytes(privateKey, signedPart(Buffer.from(manifest, 'utf8'))).toString('base64'),
  };
  return `${canonicalJson(signature)}\n`;
}

/** A signature as it was written, its fingerprint that of its key; null for whatever is none, down to a changed byte. */
export function readSignature(text: string): ManifestSignature | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = signatureSchema.safeParse(value);
  if (!parsed.success || `${canonicalJson(parsed.data)}\n` !== text) return null;
  const { publicKey, signature, fingerprint } = parsed.data;
  // Base64 has several spellings of the same bytes; only the one that is written is read.
  const isCanonical = [publicKey, signature].every((each) => Buffer.from(each, 'base64').toString('base64') === each);
  return isCanonical && fingerprintOf(Buffer.from(publicKey, 'base64')) === fingerprint ? parsed.data : null;
}

/** Whether its key signed exactly these bytes of a manifest. */
export function isSignatureOf({ publicKey, signature }: ManifestSignature, manifest: Uint8Array): boolean {
  return isSignedBy(Buffer.from(publicKey, 'base64'), signedPart(manifest), Buffer.from(signature, 'base64'));
}
