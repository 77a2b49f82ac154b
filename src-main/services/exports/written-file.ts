import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeFileAtomically } from '#main/store/files.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';

/** Where a file goes, and its manifest beside it. */
export type FilePlace = { readonly target: string; readonly beside: string };

/** Fails where there is a file already: nothing is written over. */
export function freePlace(file: string): Result<FilePlace> {
  const target = resolve(file);
  const beside = `${target}.manifest.json`;
  return existsSync(target) || existsSync(beside)
    ? fail('BAD_INPUT', 'There is a file of that name already.', 'Nothing was written. Choose another name.')
    : ok({ target, beside });
}

export function writeWithManifest(
  { target, beside }: FilePlace,
  text: string,
  manifest: Readonly<Record<string, unknown>>,
): void {
  writeFileAtomically(target, text);
  writeFileAtomically(beside, `${JSON.stringify(manifest, null, 2)}\n`);
}
