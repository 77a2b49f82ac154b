import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, parse, resolve } from 'node:path';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';

type Entry = OutputOf<'host.listFolder'>['entries'][number];

const mostEntries = 5_000;

function entryOf(folder: string, name: string): Entry | null {
  const path = join(folder, name);
  try {
    const status = statSync(path);
    if (!status.isDirectory() && !status.isFile()) return null;
    return {
      name,
      path,
      kind: status.isDirectory() ? 'folder' : 'file',
      sizeBytes: status.isFile() ? status.size : 0,
      modifiedAt: status.mtime.toISOString(),
      isVault: status.isDirectory() && existsSync(join(path, 'keyring.json')) && existsSync(join(path, 'vault.db')),
    };
  } catch {
    // Gone since it was listed, or not ours to look at.
    return null;
  }
}

function drives(): { label: string; folder: string }[] {
  if (process.platform !== 'win32') return [{ label: 'This computer', folder: '/' }];
  return [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
    .map((letter) => ({ label: `${letter}:`, folder: `${letter}:\\` }))
    .filter(({ folder }) => existsSync(folder));
}

/** Folders and files of this machine, for choosing one where the host has no dialog of its own. */
export function listFolder(asked: string | null): Result<OutputOf<'host.listFolder'>> {
  const folder = resolve(asked ?? homedir());
  try {
    const entries = readdirSync(folder)
      .filter((name) => !name.startsWith('.'))
      .slice(0, mostEntries)
      .map((name) => entryOf(folder, name))
      .filter((entry) => entry !== null)
      .sort((a, b) => Number(a.kind === 'file') - Number(b.kind === 'file') || a.name.localeCompare(b.name, 'en-GB'));
    const parent = dirname(folder);
    return ok({
      folder,
      parent: parent === folder || parse(folder).root === folder ? null : parent,
      places: [{ label: 'Home', folder: homedir() }, ...drives()],
      entries,
    });
  } catch {
    return fail('NO_SUCH_FILE', 'That folder cannot be opened.', 'Nothing was changed. Choose another folder.');
  }
}

/** Whether a plain file with these bytes is there; a link to one is not. */
export function isStillFile(path: string, sha256: string): boolean {
  try {
    return lstatSync(path).isFile() && sha256Hex(readFileSync(path)) === sha256;
  } catch {
    return false;
  }
}
