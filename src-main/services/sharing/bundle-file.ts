import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { fingerprintOf, isSignedBy, type SigningPair, signBytes } from '#main/crypto/sign.ts';
import { type BundleBody, bundleBodySchema } from '#shared/domain/bundle.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { type Failure, fail, ok, type Result } from '#shared/domain/result.ts';

/** A bundle is larger than this only by mistake, or by somebody’s will. */
export const mostBundleBytes = 8 * 1024 ** 2;

export type SignedBundle = {
  /** What the file is called where it was read. */
  readonly name: string;
  readonly body: BundleBody;
  readonly publicKey: Buffer;
  readonly fingerprint: string;
  /** SHA-256 of the whole file. */
  readonly hash: string;
};

const version = 1;
const firstLine = `tidemark bundle ${version}`;
const shape = /^(tidemark bundle (\d{1,9}))\n([^\n]*)\ned25519 ([A-Za-z0-9+/]{43}=) ([A-Za-z0-9+/]{86}==)\n$/;

function signedPart(head: string, body: string, key: string): Buffer {
  return Buffer.from(`${head}\n${body}\n${key}`, 'utf8');
}

/** Three lines: what it is, the body as canonical JSON, the key and the signature over both. */
export function writeBundle(body: BundleBody, { publicKey, privateKey }: SigningPair): string {
  const text = canonicalJson(body);
  const key = publicKey.toString('base64');
  const signature = signBytes(privateKey, signedPart(firstLine, text, key)).toString('base64');
  return `${firstLine}\n${text}\ned25519 ${key} ${signature}\n`;
}

function damaged(name: string): Failure {
  return fail(
    'CORRUPT',
    `The bundle ${name} is not as it was signed: it is damaged, cut off, or somebody changed it.`,
    'Nothing was pooled. Ask the force for the file again.',
    { file: name },
  );
}

function noBundle(name: string, what: string): Failure {
  return fail('BAD_FILE', `${name} ${what}.`, 'Nothing was pooled. Give files that `release` wrote.', { file: name });
}

/** Base64 has several spellings of the same bytes; only the one that is written is read. */
function bytesOf(base64: string): Buffer | null {
  const bytes = Buffer.from(base64, 'base64');
  return bytes.toString('base64') === base64 ? bytes : null;
}

function textOf(content: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return null;
  }
}

/** Whether it begins or ends as a bundle does, so that it was one before it was damaged. */
function looksLikeOne(content: Uint8Array): boolean {
  const text = (from: number, to?: number): string => Buffer.from(content.subarray(from, to)).toString('latin1');
  return text(0, 15) === firstLine.slice(0, 15) || text(-200).includes('\ned25519 ');
}

/**
 * Reads a bundle. Nothing inside it is looked at before its signature holds. Whether its key is known is for whoever asked to judge.
 *
 * @param name what the file is called, for whoever reads a refusal
 */
export function readBundle(name: string, content: Uint8Array): Result<SignedBundle> {
  if (content.length > mostBundleBytes) {
    return fail('TOO_LARGE', `${name} is larger than 8 MiB, which no bundle is.`, 'Nothing was pooled.', {
      file: name,
    });
  }
  const match = shape.exec(textOf(content) ?? '');
  if (!match) return looksLikeOne(content) ? damaged(name) : noBundle(name, 'is not a bundle of aggregates');
  const [, head = '', made = '', body = '', key = '', signature = ''] = match;
  const publicKey = bytesOf(key);
  const signed = bytesOf(signature);
  if (!publicKey || !signed || !isSignedBy(publicKey, signedPart(head, body, key), signed)) return damaged(name);
  if (Number(made) !== version) {
    return noBundle(name, `was made by a newer version of Tidemark (form ${made}; this one reads form ${version})`);
  }
  const parsed = parseBody(body);
  if (!parsed) return noBundle(name, 'is signed, but what it holds is not of the form of a bundle');
  return ok({ name, body: parsed, publicKey, fingerprint: fingerprintOf(publicKey), hash: sha256Hex(content) });
}

function parseBody(text: string): BundleBody | null {
  try {
    const parsed = bundleBodySchema.safeParse(JSON.parse(text));
    return parsed.success && canonicalJson(parsed.data) === text ? parsed.data : null;
  } catch {
    // JSON that is none, or nested without end.
    return null;
  }
}
