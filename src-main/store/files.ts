import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { storeError } from './store-error.ts';

export function flushFolder(folder: string): void {
  // Windows cannot open a folder for flushing; its rename is already durable.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Brings what is in a file to the disk. */
export function flushFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Writes all of some bytes at the end of an open file. */
export function writeFully(handle: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(handle, bytes, written);
}

export type PreparedFile = {
  /** Puts the content in place of the old; takes no room on the disk. */
  readonly put: () => void;
  readonly discard: () => void;
};

/** Writes and flushes content beside a file, so that what can fail for want of room has failed before it matters. */
export function prepareFile(file: string, content: string | Uint8Array): PreparedFile {
  const temporary = `${file}.new`;
  const discard = (): void => rmSync(temporary, { force: true });
  try {
    const handle = openSync(temporary, 'w', 0o600);
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
      writeFully(handle, bytes);
      fsyncSync(handle);
    } catch (error) {
      discard();
      throw error;
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    throw storeError(error);
  }
  return {
    put: () => {
      try {
        renameSync(temporary, file);
        flushFolder(dirname(file));
      } catch (error) {
        throw storeError(error);
      }
    },
    discard,
  };
}

/** Replaces a file's content so that after a crash it holds the old or the new bytes, never a part of either. */
export function writeFileAtomically(file: string, content: string | Uint8Array): void {
  prepareFile(file, content).put();
}

/** Makes a folder and those above it, readable by its owner only. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    // On a medium that may not be written, Node says of the whole way only that it is not there.
    let above = dirname(folder);
    while (!existsSync(above) && dirname(above) !== above) above = dirname(above);
    try {
      accessSync(above, constants.W_OK);
    } catch (refusal) {
      throw storeError(refusal);
    }
    throw storeError(error);
  }
}
