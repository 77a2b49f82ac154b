import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { flushFolder } from './files.ts';
import { storeError } from './store-error.ts';
import { takeVaultLock } from './vault-lock.ts';

/**
 * A change of keys replaces three files that belong together. They are made whole in a folder of their own; giving that folder
 * its second name is the one moment at which the change happens. From then on the files are only moved, which is done again
 * from wherever it stopped when the vault is next opened: no key is needed for it.
 */
const preparingName = 'rekey.preparing';
const readyName = 'rekey.ready';
/** In the order in which they are put in place. */
const movedFiles = ['vault.db', 'audit.head', 'keyring.json'] as const;

/** The empty folder in which the new files are made. */
export function beginRekeyFolder(folder: string): string {
  const preparing = join(folder, preparingName);
  try {
    rmSync(preparing, { recursive: true, force: true });
    mkdirSync(preparing, { mode: 0o700 });
    return preparing;
  } catch (error) {
    throw storeError(error);
  }
}

/** Takes back what a change of keys that goes no further has made. */
export function dropRekeyFolder(folder: string): void {
  rmSync(join(folder, preparingName), { recursive: true, force: true });
}

function flushFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The moment of the change: before it the old keys hold, after it the new ones. Nothing may have the store open. */
export function decideRekey(folder: string): void {
  const preparing = join(folder, preparingName);
  try {
    for (const name of movedFiles) flushFile(join(preparing, name));
    flushFolder(preparing);
    renameSync(preparing, join(folder, readyName));
    flushFolder(folder);
  } catch (error) {
    throw storeError(error);
  }
}

/** Moves what is still to be moved. The log of the old store goes first: it must never meet the new one. */
export function finishRekey(folder: string): void {
  const ready = join(folder, readyName);
  try {
    for (const name of movedFiles) {
      if (!existsSync(join(ready, name))) continue;
      if (name === 'vault.db') {
        for (const side of ['vault.db-wal', 'vault.db-shm']) rmSync(join(folder, side), { force: true });
      }
      renameSync(join(ready, name), join(folder, name));
      flushFolder(folder);
    }
    rmSync(ready, { recursive: true, force: true });
    flushFolder(folder);
  } catch (error) {
    throw storeError(error);
  }
}

/** Before a vault is opened: finishes a change of keys that was decided, and clears away one that was not. */
export function settleRekey(folder: string): void {
  if (!existsSync(join(folder, readyName)) && !existsSync(join(folder, preparingName))) return;
  // Whoever is at work on it holds the vault.
  const lock = takeVaultLock(folder);
  try {
    if (existsSync(join(folder, readyName))) finishRekey(folder);
    dropRekeyFolder(folder);
  } finally {
    lock.release();
  }
}
