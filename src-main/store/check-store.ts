import { ExpectedError } from '#shared/domain/result.ts';
import { type AuditHead, chainBeginning, requireHeadAtEnd, verifyChain } from './audit-log.ts';
import { checkPilots } from './check-pilots.ts';
import type { Connection } from './connection.ts';
import { storeError } from './store-error.ts';
import type { VaultStore } from './vault-store.ts';

export type StoreCheck = {
  readonly pages: number;
  readonly tables: number;
  readonly rows: number;
  readonly batches: number;
  readonly auditEvents: number;
  readonly auditHead: AuditHead;
};

function corrupt(message: string): ExpectedError {
  return new ExpectedError(
    'CORRUPT',
    message,
    'Nothing was changed. Keep this folder as it is and restore the vault from its latest backup into a new folder.',
  );
}

/** Compares the chain with a head that was printed elsewhere, `sequence:hash`, as a report or backup shows it. */
function compareHead(store: VaultStore, printed: string): void {
  const match = /^(\d{1,15}):([0-9a-f]{8,64})$/.exec(printed.trim().toLowerCase());
  if (!match) {
    throw new ExpectedError(
      'BAD_INPUT',
      'A head is written as its number, a colon and its hash, as reports print it.',
      'Nothing was checked.',
    );
  }
  const row = store.connection
    .prepare<[number], { hash: string }>('SELECT hash FROM audit WHERE sequence = ?')
    .get(Number(match[1]));
  if (!row?.hash.startsWith(match[2] ?? '')) {
    throw new ExpectedError(
      'AUDIT_BROKEN',
      `The audit log does not hold the head ${match[1]} that was printed: this vault is older than it, or was altered.`,
      'Nothing was changed. Tell your information-security lead.',
      { entry: Number(match[1]) },
    );
  }
}

/**
 * Reads every page in use (each is authenticated on reading), checks the structure of a store and its references, and follows
 * the audit chain from its beginning to its end, with what it says of pilots. Throws an `ExpectedError` naming what broke.
 */
export function checkContents(connection: Connection): StoreCheck {
  try {
    const verdicts = connection.pragma('integrity_check(20)') as readonly { readonly integrity_check: string }[];
    const first = verdicts[0]?.integrity_check;
    if (first !== 'ok') throw corrupt(`The store is damaged: ${first ?? 'it gave no answer'}.`);
    const references = connection.pragma('foreign_key_check') as readonly { readonly table: string }[];
    if (references.length > 0) {
      throw corrupt(
        `${references.length} rows point at rows that do not exist, first in the table ${references[0]?.table}.`,
      );
    }
    const end = verifyChain(connection, chainBeginning);
    checkPilots(connection);
    const tables = connection
      .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all();
    let rows = 0;
    for (const { name } of tables) {
      rows += connection.prepare<[], number>(`SELECT count(*) FROM "${name}"`).pluck().get() ?? 0;
    }
    return {
      pages: connection.pragma('page_count', { simple: true }) as number,
      tables: tables.length,
      rows,
      batches: connection.prepare<[], number>('SELECT count(*) FROM batch').pluck().get() ?? 0,
      auditEvents: end.sequence,
      auditHead: end,
    };
  } catch (error) {
    throw storeError(error);
  }
}

/** Checks what a store holds, and its audit chain against the head beside it and one that was printed elsewhere. */
export function checkStore(store: VaultStore, folderHeadKey: Uint8Array, printedHead: string | null): StoreCheck {
  const check = checkContents(store.connection);
  requireHeadAtEnd(check.auditHead, store.folder, folderHeadKey);
  if (printedHead !== null) compareHead(store, printedHead);
  return check;
}
