import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { storeError } from './store-error.ts';

function flushFolder(folder: string): void {
  // Windows cannot open a folder for flushing; its rename is already durable.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Replaces a file's content so that after a crash it holds the old or the new bytes, never a part of either. */
export function writeFileAtomically(file: string, content: string | Uint8Array): void {
  const temporary = `${file}.new`;
  try {
    const handle = openSync(temporary, 'w', 0o600);
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
      let written = 0;
      while (written < bytes.length) written += writeSync(handle, bytes, written);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
    flushFolder(dirname(file));
  } catch (error) {
    throw storeError(error);
  }
}
