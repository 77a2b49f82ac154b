import { accessSync, chmodSync, constants } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { storeError } from './store-error.ts';

export type VaultLock = { readonly release: () => void };

/**
 * Keeps a vault to one process. SQLite's own file lock on an empty side file is held for as long as the vault is open; the
 * operating system drops it when the process ends, however it ends.
 */
export function takeVaultLock(folder: string): VaultLock {
  try {
    const path = join(folder, 'vault.lock');
    const file = new Database(path, { timeout: 2_000 });
    try {
      chmodSync(path, 0o600);
      file.pragma('locking_mode = EXCLUSIVE');
      file.pragma('journal_mode = MEMORY');
      file.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      file.close();
      throw error;
    }
    return { release: () => file.close() };
  } catch (error) {
    throw storeError(readOnlyError(folder) ?? error);
  }
}

/** To SQLite a file that it may not create is one that it cannot open; the file system says why. */
function readOnlyError(folder: string): unknown {
  try {
    accessSync(folder, constants.W_OK);
    return null;
  } catch (error) {
    return error;
  }
}
