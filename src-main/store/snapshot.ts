import { type Connection, openConnection } from './connection.ts';
import { storeError } from './store-error.ts';
import { storeFile } from './vault-store.ts';

/** A moment of a store that stands still in its file while others go on writing into the log. */
export type Snapshot = {
  readonly pages: number;
  readonly schemaVersion: number;
  /** Reads the moment, for as long as it is held. */
  readonly reader: Connection;
  readonly release: () => void;
};

type Checkpoint = { readonly busy: number; readonly log: number; readonly checkpointed: number };

const betweenTriesMs = 25;
const longestMs = 60_000;

function fold(connection: Connection, mode: 'FULL' | 'PASSIVE'): boolean {
  const [result] = connection.pragma(`wal_checkpoint(${mode})`) as Checkpoint[];
  return result?.busy === 0 && result.log === result.checkpointed;
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, betweenTriesMs);
}

/**
 * Folds the log into the store file and holds a read transaction on what it then shows. As long as that is held nobody may
 * fold anything later into the file, so that its pages are this moment and no other. The second folding proves that nothing
 * was written between the first and the transaction: the cache of the analyses is written outside the write gate.
 */
export function holdSnapshot(folder: string, dataKey: Uint8Array): Snapshot {
  const opened: Connection[] = [];
  const release = (): void => {
    for (const connection of opened) connection.close();
  };
  try {
    const reader = openConnection(storeFile(folder), dataKey);
    opened.push(reader);
    const other = openConnection(storeFile(folder), dataKey);
    opened.push(other);
    for (const started = performance.now(); ; pause()) {
      fold(other, 'FULL');
      reader.exec('BEGIN');
      reader.prepare('SELECT count(*) FROM sqlite_schema').get();
      if (fold(other, 'PASSIVE')) break;
      reader.exec('ROLLBACK');
      if (performance.now() - started > longestMs) throw Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' });
    }
    return {
      pages: reader.pragma('page_count', { simple: true }) as number,
      schemaVersion: reader.pragma('user_version', { simple: true }) as number,
      reader,
      release,
    };
  } catch (error) {
    release();
    throw storeError(error);
  }
}
