import { Buffer } from 'node:buffer';
import { parentPort, workerData } from 'node:worker_threads';
import type { KeyPair } from '#main/crypto/seal.ts';
import { zero } from '#main/crypto/secret-bytes.ts';
import { erasePerson, type RemovedRows } from '#main/store/erase-person.ts';
import { personSet } from '#main/store/person-tables.ts';
import { addErasure, setApproval } from '#main/store/rights-records.ts';
import { storeError } from '#main/store/store-error.ts';
import { joinVaultStore, type VaultStore } from '#main/store/vault-store.ts';
import { sendFailure } from '../task-failure.ts';
import { collectPerson } from './collect-person.ts';
import type { RightsData, RightsJob, RightsMessage } from './protocol.ts';
import { judgeFor, matcherFor } from './sealed-boxes.ts';

const data = workerData as RightsData;
const clinic: KeyPair = {
  publicKey: Buffer.from(data.clinicPublicKey),
  privateKey: Buffer.from(data.clinicPrivateKey),
};

/** A store up to this size is written anew in full after an erasure; SQLite does that in memory. */
const rewrittenBytes = 256 * 1024 ** 2;

function post(message: RightsMessage): void {
  parentPort?.postMessage(message);
}

function progress(stage: string): void {
  post({ type: 'progress', stage });
}

/** Erases one person in one transaction with its audit event, then overwrites what is left of the rows in the file. */
function erase(store: VaultStore, job: Extract<RightsJob, { type: 'erase' }>): RemovedRows | null {
  const { connection } = store;
  const set = personSet(connection, job.pseudonym);
  if (!set) return null;
  // Every table that names a person is gone through here; SQLite would search them all again for each row that goes.
  connection.pragma('foreign_keys = OFF');
  progress('Opening what is sealed');
  const matcher = matcherFor(connection, set, { clinic, pseudonymKey: data.pseudonymKey });
  progress('Erasing the person’s rows');
  const removed = store.commit<RemovedRows>(
    (rows) => ({
      at: job.at,
      user: job.user,
      action: 'rights.erase',
      object: `person ${job.pseudonym}`,
      outcome: 'done',
      details: {
        request: job.approval,
        approvedBy: job.approvedBy ?? 'nobody else in this vault',
        rows: Object.values(rows).reduce((sum, count) => sum + count, 0),
      },
    }),
    (transaction) => {
      const rows = erasePerson(transaction, set, judgeFor(matcher, clinic));
      setApproval(transaction, job.approval, { state: 'done' });
      addErasure(transaction, { approvalId: job.approval, erasedAt: job.at, erasedBy: job.user, removed: rows }, set);
      return rows;
    },
  );
  progress('Overwriting what was there');
  store.foldLog('TRUNCATE');
  const bytes =
    (connection.pragma('page_count', { simple: true }) as number) *
    (connection.pragma('page_size', { simple: true }) as number);
  if (bytes <= rewrittenBytes) {
    try {
      connection.exec('VACUUM');
      store.foldLog('TRUNCATE');
    } catch {
      // The rows are gone and overwritten; a disk without room to write the store anew changes nothing of that.
    }
  }
  return removed;
}

function run(): void {
  const { job } = data;
  const store = joinVaultStore(job.folder, data.dataKey);
  try {
    if (job.type === 'erase') {
      post({ type: 'erased', removed: erase(store, job) });
      return;
    }
    const set = personSet(store.connection, job.pseudonym);
    progress('Reading every table');
    const keys = { clinic, pseudonymKey: data.pseudonymKey };
    post({ type: 'collected', person: set ? collectPerson(store.connection, set, keys) : null });
  } finally {
    store.close();
    zero(clinic.privateKey, data.dataKey, data.pseudonymKey, data.clinicPrivateKey);
  }
}

try {
  run();
} catch (error) {
  sendFailure(parentPort, storeError(error));
}
