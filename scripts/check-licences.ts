import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isAllowed } from './licences/allowed.ts';

/** Checks that everything a force is given may be given: the licence of every package that is not for development only. */

const root = join(import.meta.dirname, '..');
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string().optional(), license: z.string().optional(), dev: z.boolean().optional() }),
  ),
});

/** Packages whose package.json names no licence, and words of the text that stands beside it. */
const fromItsText: Readonly<Record<string, { readonly licence: string; readonly words: string }>> = {
  i: { licence: 'MIT', words: 'Permission is hereby granted, free of charge' },
  'png-js': { licence: 'MIT', words: 'Permission is hereby granted, free of charge' },
};

/**
 * Packages under a licence that binds their own files and nothing beside them, each read: shipped as they come, their
 * source open to anybody who asks where it is.
 */
const shippedUnchanged: Readonly<Record<string, { readonly licence: string; readonly source: string }>> = {
  '@resvg/resvg-wasm': { licence: 'MPL-2.0', source: 'https://github.com/yisibl/resvg-js' },
};

/** Fewer than this, and the lockfile was not read as it is. */
const leastPackages = 50;

process.exitCode = main();

function main(): number {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  const shipped = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);
  const faults = shipped.flatMap(([path, { license, version }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const licence = license ?? licenceFromText(path, name);
    if (licence !== null && (isAllowed(licence) || licence === shippedUnchanged[name]?.licence)) return [];
    return [`${name} ${version ?? ''}: ${licence ?? 'names no licence'}`];
  });
  if (shipped.length < leastPackages) faults.push(`Only ${shipped.length} packages were found in package-lock.json.`);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  process.stdout.write(
    faults.length === 0
      ? `${shipped.length} packages ship with the app, all under licences that allow it.\n`
      : `${faults.length} of ${shipped.length} packages may not ship; leave them out or read their licence.\n`,
  );
  return faults.length === 0 ? 0 : 1;
}

function licenceFromText(path: string, name: string): string | null {
  const known = fromItsText[name];
  if (known === undefined) return null;
  const folder = join(root, path);
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  return file !== undefined && readFileSync(join(folder, file), 'utf8').includes(known.words) ? known.licence : null;
}
