import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { create } from 'tar';
import { ZipFile } from 'yazl';

/** Every file under a folder by its path in it, with `/`, in one order on every machine. */
export function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll(sep, '/'),
    )
    .sort((a, b) => (a < b ? -1 : 1));
}

/**
 * Packs a folder, itself included, into one file. The same files and day give the same bytes: nothing of who packed them, when
 * or in what order goes in.
 */
export async function writeArchive(folder: string, to: string, packedAt: Date): Promise<void> {
  const names = filesUnder(folder).map((name) => `${basename(folder)}/${name}`);
  const within = dirname(folder);
  if (to.endsWith('.zip')) {
    await writeZip(within, names, to, packedAt);
    return;
  }
  await create({ file: to, cwd: within, gzip: { level: 9 }, portable: true, mtime: packedAt }, [...names]);
}

async function writeZip(within: string, names: readonly string[], to: string, packedAt: Date): Promise<void> {
  const zip = new ZipFile();
  // A zip holds the time of the clock on the wall: it says that of UTC on every machine.
  const mtime = new Date(packedAt.getTime() + packedAt.getTimezoneOffset() * 60_000);
  for (const name of names) {
    const path = join(within, name);
    const mode = (statSync(path).mode & 0o111) === 0 ? 0o100644 : 0o100755;
    zip.addFile(path, name, { mtime, mode, forceDosTimestamp: true });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(to));
}

/** SHA-256 of a file, in hex. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
