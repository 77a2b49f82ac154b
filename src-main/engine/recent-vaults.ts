import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { hasKeyring, userNamesOf, writeSettings } from '#main/services/vault/index.ts';

const mostRecent = 10;
const recentSchema = z.array(z.string().max(4_096)).max(100);

export type RecentVault = { readonly folder: string; readonly name: string; readonly users: string[] };

function recentFile(settingsFolder: string): string {
  return join(settingsFolder, 'recent-vaults.json');
}

function readFolders(settingsFolder: string): readonly string[] {
  const file = recentFile(settingsFolder);
  if (!existsSync(file)) return [];
  try {
    return recentSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    // Only a convenience: a damaged list is an empty one.
    return [];
  }
}

/** Vaults opened on this machine before, newest first, as far as they are still there. Folders and user names only. */
export function recentVaults(settingsFolder: string | null): RecentVault[] {
  if (settingsFolder === null) return [];
  return readFolders(settingsFolder)
    .filter((folder) => hasKeyring(folder))
    .map((folder) => ({ folder, name: basename(folder), users: userNamesOf(folder) }));
}

export function rememberVault(settingsFolder: string | null, folder: string): void {
  if (settingsFolder === null) return;
  const folders = [folder, ...readFolders(settingsFolder).filter((known) => known !== folder)].slice(0, mostRecent);
  mkdirSync(settingsFolder, { recursive: true, mode: 0o700 });
  writeSettings(recentFile(settingsFolder), `${JSON.stringify(folders)}\n`);
}
