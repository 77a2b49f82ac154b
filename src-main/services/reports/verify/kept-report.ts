import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { manifestFileName, type ReportManifest, readManifest, sha256Hex } from '#main/report/manifest.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { isSignatureOf, readSignature, signatureFileName } from '../../signing/index.ts';

/** A report as its folder holds it. */
export type KeptReport = {
  readonly folder: string;
  readonly manifest: ReportManifest;
  /** Of the manifest: what was signed, and what a vault remembers the hash of. */
  readonly bytes: Uint8Array;
  /** SHA-256 of those. */
  readonly hash: string;
  /** Text of the file beside the manifest; null where there is none. */
  readonly signature: string | null;
  /** What is there of the files that the manifest names. */
  readonly found: ReadonlyMap<string, Uint8Array>;
};

/**
 * Errors: `BAD_FILE` where there is no manifest that this version can read; `CORRUPT` where its signature shows that there was one
 * and that it was changed.
 */
export function readKept(askedFolder: string): Result<KeptReport> {
  const folder = resolve(askedFolder);
  const file = join(folder, manifestFileName);
  if (!existsSync(file)) {
    return fail(
      'BAD_FILE',
      'There is no manifest.json in that folder.',
      'Choose the folder that the report was built in.',
    );
  }
  const bytes = readFileSync(file);
  const beside = join(folder, signatureFileName);
  const signature = existsSync(beside) ? readFileSync(beside, 'utf8') : null;
  const manifest = readManifest(bytes.toString('utf8'));
  if (!manifest.ok) return wasSigned(bytes, signature) ? changed() : manifest;
  const names = manifest.value.files.map(({ name }) => name).filter((name) => existsSync(join(folder, name)));
  const found = new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
  return ok({ folder, manifest: manifest.value, bytes, hash: sha256Hex(bytes), signature, found });
}

/** Whether what is no manifest was one: a signature lies beside it that is of something else. */
function wasSigned(bytes: Uint8Array, text: string | null): boolean {
  const signature = text === null ? null : readSignature(text);
  return signature !== null && !isSignatureOf(signature, bytes);
}

function changed(): Result<never> {
  return fail(
    'CORRUPT',
    'The manifest was changed after it was signed, and cannot be read any more.',
    'Nothing was changed. Ask for the report again, or build it again from its vault.',
  );
}
