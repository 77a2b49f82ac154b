import { join } from 'node:path';
import { zero } from '#main/crypto/secret-bytes.ts';
import { deriveKey } from '#main/crypto/wrap.ts';
import {
  type AuditEvent,
  type AuditHead,
  appendAudit,
  chainBeginning,
  lastLink,
  prepareAuditHead,
  reconcileAuditHead,
  writeAuditHead,
} from './audit-log.ts';
import { type Connection, openConnection } from './connection.ts';
import { foreignFile, refuseForeignFile } from './foreign-file.ts';
import { migrate, refuseNewerStore, schemaVersion } from './migrate.ts';
import { migrations, newestVersion } from './migrations/index.ts';
import { storeError } from './store-error.ts';

declare const writable: unique symbol;

/** A connection inside a transaction that ends with an audit event; the only thing a writing function accepts. */
export type WriteTransaction = { readonly connection: Connection; readonly [writable]: true };

export type VaultStore = {
  readonly folder: string;
  readonly connection: Connection;
  /** Runs `work` and appends its audit event in one transaction, then moves the head, before it returns. */
  readonly commit: <T>(event: AuditEvent | ((value: T) => AuditEvent), work: (transaction: WriteTransaction) => T) => T;
  /** The same for long work that is done in steps on a thread of its own. */
  readonly begin: () => LongTransaction;
  readonly auditHead: () => AuditHead;
  /** Folds the write-ahead log into the store file, as far as nobody reads it and there is room; `TRUNCATE` also empties it. */
  readonly foldLog: (mode: 'PASSIVE' | 'TRUNCATE') => void;
  readonly close: () => void;
};

export type LongTransaction = {
  readonly transaction: WriteTransaction;
  readonly commit: (event: AuditEvent) => AuditHead;
  readonly rollback: () => void;
};

export function storeFile(folder: string): string {
  return join(folder, 'vault.db');
}

function asTransaction(connection: Connection): WriteTransaction {
  return { connection } as WriteTransaction;
}

function storeOver(folder: string, connection: Connection, headKey: Buffer): VaultStore {
  const finish = (event: AuditEvent): AuditHead => {
    const head = appendAudit(connection, event);
    const prepared = prepareAuditHead(folder, headKey, head);
    try {
      connection.exec('COMMIT');
    } catch (error) {
      prepared.discard();
      throw error;
    }
    prepared.put();
    return head;
  };
  const rollback = (): void => {
    if (connection.inTransaction) connection.exec('ROLLBACK');
  };
  return {
    folder,
    connection,
    commit: (event, work) => {
      try {
        connection.exec('BEGIN IMMEDIATE');
        const value = work(asTransaction(connection));
        finish(typeof event === 'function' ? event(value) : event);
        return value;
      } catch (error) {
        rollback();
        throw storeError(error);
      }
    },
    begin: () => {
      connection.exec('BEGIN IMMEDIATE');
      return { transaction: asTransaction(connection), commit: finish, rollback };
    },
    auditHead: () => lastLink(connection),
    foldLog: (mode) => {
      try {
        connection.pragma(`wal_checkpoint(${mode})`);
      } catch {
        // What is committed is safe in the log; a disk without room for it in the store leaves it there until there is.
      }
    },
    close: () => {
      connection.close();
      zero(headKey);
    },
  };
}

/** Creates the store of a new vault, with its schema and the first audit event. */
export function createVaultStore(
  folder: string,
  dataKey: Uint8Array,
  event: AuditEvent,
  work: (transaction: WriteTransaction) => void,
): VaultStore {
  const connection = openConnection(storeFile(folder), dataKey, { create: true });
  const headKey = deriveKey(dataKey, 'tidemark audit head v1');
  try {
    migrate(connection, migrations, () => undefined);
    writeAuditHead(folder, headKey, chainBeginning);
    const store = storeOver(folder, connection, headKey);
    store.commit(event, work);
    return store;
  } catch (error) {
    connection.close();
    throw storeError(error);
  }
}

/**
 * Opens the store of a vault: encryption, schema version and audit head are checked before anything is answered from it.
 * `beforeMigration` takes the backup that precedes a change of schema.
 */
export function openVaultStore(folder: string, dataKey: Uint8Array, beforeMigration: () => void): VaultStore {
  refuseForeignFile(storeFile(folder));
  const connection = openConnection(storeFile(folder), dataKey);
  const headKey = deriveKey(dataKey, 'tidemark audit head v1');
  try {
    refuseNewerStore(connection, newestVersion);
    if (schemaVersion(connection) === 0) throw foreignFile('empty');
    migrate(connection, migrations, beforeMigration);
    reconcileAuditHead(connection, folder, headKey);
    return storeOver(folder, connection, headKey);
  } catch (error) {
    connection.close();
    throw storeError(error);
  }
}

/** A second connection for a worker thread of the process that holds the vault; the head was checked on opening. */
export function joinVaultStore(folder: string, dataKey: Uint8Array): VaultStore {
  return storeOver(folder, openConnection(storeFile(folder), dataKey), deriveKey(dataKey, 'tidemark audit head v1'));
}
