import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { ExpectedError } from '#shared/domain/result.ts';
import { storeError } from './store-error.ts';

const pageBytes = 4_096;
const plainStart = Buffer.from('SQLite format 3\0', 'latin1');

type Fault = 'missing' | 'empty' | 'plain' | 'cut';

const messages: Readonly<Record<Fault, string>> = {
  missing: 'The store of this vault, vault.db, is missing.',
  empty: 'The store of this vault is an empty file.',
  plain: 'The store of this vault has been replaced by a database without encryption.',
  cut: 'The store of this vault has been cut short.',
};

function faultOf(file: string): Fault | null {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'missing';
    throw storeError(error);
  }
  try {
    const { size } = fstatSync(handle);
    // Beside a log that a crash left, a short file is mended from it on opening.
    const hasLog = (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;
    if (size === 0) return hasLog ? null : 'empty';
    const start = Buffer.alloc(plainStart.length);
    readSync(handle, start, 0, start.length, 0);
    if (start.equals(plainStart)) return 'plain';
    return size % pageBytes === 0 || hasLog ? null : 'cut';
  } finally {
    closeSync(handle);
  }
}

/**
 * Refuses, by name, a file that is no store of a vault, before SQLite sees it: an empty file is to SQLite a new database,
 * which it would fill.
 */
export function refuseForeignFile(file: string): void {
  const fault = faultOf(file);
  if (fault !== null) throw foreignFile(fault);
}

export function foreignFile(fault: Fault): ExpectedError {
  return new ExpectedError(
    'CORRUPT',
    messages[fault],
    'Nothing was changed. Keep this folder as it is and restore the vault from its latest backup into a new folder.',
    { fault },
  );
}
