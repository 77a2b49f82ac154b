import { chmodSync } from 'node:fs';
import Database from 'better-sqlite3';
import { ExpectedError } from '#shared/domain/result.ts';
import { storeError } from './store-error.ts';

export type Connection = Database.Database;

const expectedPragmas: readonly (readonly [name: string, value: number | string])[] = [
  ['temp_store', 2],
  ['secure_delete', 1],
  ['foreign_keys', 1],
  // Without it REPLACE deletes rows past the triggers that keep the audit log append-only.
  ['recursive_triggers', 1],
  ['trusted_schema', 0],
  ['cell_size_check', 1],
  ['journal_mode', 'wal'],
  ['synchronous', 2],
];

function setPragma(connection: Connection, name: string, value: number | string): void {
  connection.pragma(`${name} = ${value}`);
  const actual = connection.pragma(name, { simple: true });
  if (actual !== value) {
    throw new ExpectedError(
      'INTERNAL',
      `The store did not accept its setting ${name}.`,
      'Nothing was opened. Reinstall Tidemark: its database library is not the one it was built with.',
    );
  }
}

/** The encrypted library's methods, which the typings of the plain one do not know. */
type KeyedConnection = Connection & {
  readonly key: (key: Buffer) => number;
  readonly rekey: (key: Buffer) => number;
};

/** The raw-key form `x'…'`, spelt into a buffer so that no string of it stays in memory. */
function withSpeltKey(key: Uint8Array, use: (spelt: Buffer) => void): void {
  const digits = Buffer.from('0123456789abcdef', 'latin1');
  const spelt = Buffer.alloc(key.length * 2 + 3);
  spelt.write("x'", 0, 'latin1');
  key.forEach((byte, index) => {
    spelt[2 + index * 2] = digits[byte >> 4] ?? 0;
    spelt[3 + index * 2] = digits[byte & 15] ?? 0;
  });
  spelt.write("'", spelt.length - 1, 'latin1');
  try {
    use(spelt);
  } finally {
    spelt.fill(0);
  }
}

function applyKey(connection: Connection, key: Uint8Array): void {
  withSpeltKey(key, (spelt) => (connection as KeyedConnection).key(spelt));
}

/**
 * Encrypts every page of a file anew, in place and without a journal: for a copy that is thrown away when this is cut off.
 * Nothing else may have the file open.
 */
export function rekeyFile(file: string, key: Uint8Array, newKey: Uint8Array): void {
  const connection = openConnection(file, key);
  try {
    // A file with a write-ahead log cannot be given another key, and one that is a copy needs no journal.
    connection.pragma('journal_mode = DELETE');
    connection.pragma('journal_mode = OFF');
    connection.pragma('synchronous = OFF');
    withSpeltKey(newKey, (spelt) => (connection as KeyedConnection).rekey(spelt));
  } catch (error) {
    throw storeError(error);
  } finally {
    connection.close();
  }
}

/**
 * Opens one encrypted connection and states every setting that its safety rests on, reading each back. The format is that of
 * SQLCipher 4 (AES-256-CBC with HMAC-SHA-512 on every page, 4 KiB pages) with a raw 32-byte key.
 */
export function openConnection(
  file: string,
  key: Uint8Array,
  /** `alone`: nobody else has the file, so that no memory is shared beside it, which a network drive may not let happen. */
  options: { readonly create?: boolean; readonly alone?: boolean } = {},
): Connection {
  let connection: Connection;
  try {
    connection = new Database(file, { fileMustExist: !options.create, timeout: 10_000 });
    // SQLite gives the log beside it the same permissions.
    if (options.create) chmodSync(file, 0o600);
  } catch (error) {
    throw storeError(error);
  }
  try {
    connection.pragma("cipher = 'sqlcipher'");
    connection.pragma('legacy = 4');
    if (connection.pragma('cipher', { simple: true }) !== 'sqlcipher') {
      throw new ExpectedError('INTERNAL', 'The database library has no SQLCipher format.', 'Nothing was opened.');
    }
    applyKey(connection, key);
    if (options.alone) connection.pragma('locking_mode = EXCLUSIVE');
    // The first statement that reads a page shows whether the key is the right one.
    connection.prepare('SELECT count(*) FROM sqlite_schema').get();
    for (const [name, value] of expectedPragmas) setPragma(connection, name, value);
    connection.pragma('cache_size = -16384');
    connection.pragma('mmap_size = 0');
    return connection;
  } catch (error) {
    connection.close();
    throw storeError(error);
  }
}

/**
 * Runs work that removes rows which others may point at, and sees to those itself: SQLite would look through every table for
 * each row that goes. Not inside a transaction.
 */
export function withoutForeignKeys<T>(connection: Connection, work: () => T): T {
  setPragma(connection, 'foreign_keys', 0);
  try {
    return work();
  } finally {
    setPragma(connection, 'foreign_keys', 1);
  }
}
