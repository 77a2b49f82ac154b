import { parentPort, workerData } from 'node:worker_threads';
import { zero } from '#main/crypto/secret-bytes.ts';
import { removeBatchRecord } from '#main/store/batch-records.ts';
import { removeOrphans, removeSides } from '#main/store/import-sides.ts';
import { removeOrphanCodes } from '#main/store/orphan-codes.ts';
import { dropPacked } from '#main/store/packed-cache.ts';
import { storeError } from '#main/store/store-error.ts';
import { requireUndone, type UndoCounts, undoBatch } from '#main/store/undo-batch.ts';
import { joinVaultStore } from '#main/store/vault-store.ts';
import { sendFailure } from '../task-failure.ts';
import type { UndoData, UndoMessage } from './protocol.ts';

const { job, dataKey } = workerData as UndoData;

function post(message: UndoMessage): void {
  parentPort?.postMessage(message);
}

function progress(stage: string): void {
  post({ type: 'progress', stage });
}

/** Takes a batch out in one transaction with its audit event. */
function undo(): void {
  const store = joinVaultStore(job.folder, dataKey);
  try {
    // What nothing points at any more is looked for once in every table; SQLite would search them all for each that goes.
    store.connection.pragma('foreign_keys = OFF');
    progress('Taking the rows out');
    const counts = store.commit<UndoCounts>(
      (undone) => ({
        at: job.at,
        user: job.user,
        action: 'import.undo',
        object: `batch ${job.batch}`,
        outcome: 'done',
        details: { kind: job.kind, ...undone },
      }),
      (transaction) => {
        const undone = undoBatch(transaction, job.kind, job.batch, { first: job.firstDay, last: job.lastDay });
        progress('Clearing what belongs to them');
        removeSides(transaction, job.batch);
        requireUndone(transaction, job.kind, job.batch);
        removeBatchRecord(transaction, job.batch);
        removeOrphans(transaction);
        removeOrphanCodes(transaction, job.kind);
        dropPacked(transaction);
        progress('Writing');
        return undone;
      },
    );
    // What was deleted was overwritten in the log; folding it in overwrites it in the store itself.
    store.foldLog('TRUNCATE');
    post({ type: 'done', counts });
  } finally {
    store.close();
    zero(dataKey);
  }
}

try {
  undo();
} catch (error) {
  sendFailure(parentPort, storeError(error));
}
