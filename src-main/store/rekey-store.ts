import { closeSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { type KeyPair, newOpener, newSealer } from '#main/crypto/seal.ts';
import { zero } from '#main/crypto/secret-bytes.ts';
import { deriveKey } from '#main/crypto/wrap.ts';
import type { Progress } from '#shared/contract/index.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { type AuditEvent, type AuditHead, lastLink, writeAuditHead } from './audit-log.ts';
import { checkStore } from './check-store.ts';
import { openConnection, rekeyFile } from './connection.ts';
import { sealedColumns } from './sealed-columns.ts';
import { rewrapSigningKeys } from './signing-key-records.ts';
import { storeError } from './store-error.ts';
import { openVaultStore, storeFile, type WriteTransaction } from './vault-store.ts';

export type RekeyJob = {
  readonly folder: string;
  /** Where the new store is made. */
  readonly preparing: string;
  readonly event: AuditEvent;
};

export type RekeyKeys = {
  readonly dataKey: Uint8Array;
  readonly newDataKey: Uint8Array;
  /** Given where the sealed columns are to be sealed to another clinic key. */
  readonly clinic: { readonly pair: KeyPair; readonly newPublicKey: Uint8Array } | null;
};

export type RekeyStep = {
  readonly stage: string;
  readonly done: number;
  readonly total: number | null;
  readonly unit: Progress['unit'];
};

export type RekeyMade = {
  /** The head that the copy was made at: writing since then would be lost. */
  readonly basedOn: AuditHead;
  readonly pages: number;
  /** Sealed boxes that were opened and sealed anew. */
  readonly resealed: number;
};

export type RekeyWatch = {
  readonly step: (step: RekeyStep) => void;
  /** Throws where the work is to stop. */
  readonly mayGoOn: () => void;
};

const partBytes = 4 * 1024 ** 2;
const boxesBetweenSteps = 2_000;

/**
 * Makes a complete store under another data key beside the one in use: a copy, every page encrypted anew, the sealed columns
 * sealed to the new clinic key where one is given, the audit event of the change added, all of it read back. The store in use
 * is not touched.
 */
export function makeRekeyedStore(job: RekeyJob, keys: RekeyKeys, watch: RekeyWatch): RekeyMade {
  const copy = storeFile(job.preparing);
  const basedOn = copyStandingStill(job.folder, keys.dataKey, copy, watch);
  watch.mayGoOn();
  const bytes = statSync(copy).size;
  watch.step({ stage: 'Encrypting every page anew', done: 0, total: null, unit: 'pages' });
  rekeyFile(copy, keys.dataKey, keys.newDataKey);
  watch.mayGoOn();
  const headKey = deriveKey(keys.newDataKey, 'tidemark audit head v1');
  try {
    writeAuditHead(job.preparing, headKey, basedOn);
    const store = openVaultStore(job.preparing, keys.newDataKey, () => undefined);
    try {
      const resealed = store.commit(
        (count: number) => ({ ...job.event, details: { ...job.event.details, resealed: count } }),
        (transaction) => {
          rewrapSigningKeys(transaction, keys.dataKey, keys.newDataKey);
          return keys.clinic === null ? 0 : resealColumns(transaction, keys.clinic, watch);
        },
      );
      store.foldLog('TRUNCATE');
      watch.step({ stage: 'Reading every page back', done: 0, total: null, unit: 'pages' });
      const { pages } = checkStore(store, headKey, null);
      if (pages * 4_096 < bytes) throw new Error('the new store is shorter than the old one');
      return { basedOn, pages, resealed };
    } finally {
      store.close();
    }
  } finally {
    zero(headKey);
  }
}

/**
 * Copies the store file while nothing can change it: the log is folded in, and a read transaction on what the file then holds
 * keeps anybody from folding more into it. Returns the audit head of the copy.
 */
function copyStandingStill(folder: string, dataKey: Uint8Array, to: string, watch: RekeyWatch): AuditHead {
  const source = openConnection(storeFile(folder), dataKey);
  try {
    for (;;) {
      source.pragma('wal_checkpoint(TRUNCATE)');
      source.exec('BEGIN');
      const head = lastLink(source);
      if (statSync(`${storeFile(folder)}-wal`).size === 0) {
        copyFile(storeFile(folder), to, watch);
        source.exec('ROLLBACK');
        return head;
      }
      source.exec('ROLLBACK');
      watch.mayGoOn();
    }
  } catch (error) {
    throw storeError(error);
  } finally {
    source.close();
  }
}

function copyFile(from: string, to: string, watch: RekeyWatch): void {
  const source = openSync(from, 'r');
  const target = openSync(to, 'wx', 0o600);
  try {
    const total = statSync(from).size;
    const part = Buffer.allocUnsafe(partBytes);
    for (let done = 0; done < total; ) {
      watch.mayGoOn();
      watch.step({ stage: 'Copying the store', done, total, unit: 'bytes' });
      const read = readSync(source, part, 0, part.length, done);
      if (read === 0) break;
      for (let written = 0; written < read; ) written += writeSync(target, part, written, read - written);
      done += read;
    }
  } finally {
    closeSync(source);
    closeSync(target);
  }
}

/** Opens every sealed box and seals it to the new clinic key; one that does not open stops the whole change. */
function resealColumns(
  { connection }: WriteTransaction,
  { pair, newPublicKey }: NonNullable<RekeyKeys['clinic']>,
  watch: RekeyWatch,
): number {
  const opener = newOpener(pair);
  const sealer = newSealer(newPublicKey);
  let context = '';
  let count = 0;
  connection.function('reseal', { directOnly: true }, (box: unknown) => {
    const plain = box instanceof Uint8Array ? opener.open(box, context) : null;
    if (!plain) throw unopened();
    count += 1;
    if (count % boxesBetweenSteps === 0) {
      watch.mayGoOn();
      watch.step({ stage: 'Sealing names and notes to the new clinic key', done: count, total: null, unit: 'rows' });
    }
    const sealed = sealer.seal(plain, context);
    zero(plain);
    return sealed;
  });
  try {
    for (const column of sealedColumns) {
      context = column.context;
      const name = `"${column.column}"`;
      connection.exec(`UPDATE "${column.table}" SET ${name} = reseal(${name}) WHERE ${name} IS NOT NULL`);
    }
    return count;
  } finally {
    opener.close();
    sealer.close();
  }
}

function unopened(): ExpectedError {
  return new ExpectedError(
    'CORRUPT',
    'A sealed entry of this vault does not open with its clinic key.',
    'Nothing was changed; the keys are what they were. Run the vault check, and restore from a backup if it finds damage.',
  );
}
