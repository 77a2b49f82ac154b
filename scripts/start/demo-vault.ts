import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The vault in a demo's folder: the folder itself or one inside it; null where there is none. */
export function findVault(folder: string): string | null {
  if (isVault(folder)) {
    return folder;
  }
  if (!existsSync(folder)) {
    return null;
  }
  const inside = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(folder, entry.name));
  return inside.find(isVault) ?? null;
}

/** Has the command line make the demo. Its words, with where the passphrase is, go to the screen. */
export function makeDemo(root: string, folder: string): boolean {
  const command = [join(root, 'src-main', 'cli', 'main.ts'), 'demo', folder];
  return spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

function isVault(folder: string): boolean {
  return existsSync(join(folder, 'keyring.json'));
}
