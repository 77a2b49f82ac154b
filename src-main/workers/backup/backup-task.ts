import { parentPort, workerData } from 'node:worker_threads';
import { zero } from '#main/crypto/secret-bytes.ts';
import { holdSnapshot } from '#main/store/snapshot.ts';
import { storeError } from '#main/store/store-error.ts';
import { unpackBackup } from '#main/store/unpack-backup.ts';
import { writeBackup } from '#main/store/write-backup.ts';
import { writeChanges } from '#main/store/write-changes.ts';
import { sendFailure } from '../task-failure.ts';
import type { BackupTaskData, BackupTaskMessage, UnpackJob, WriteJob } from './protocol.ts';

const { job, dataKey } = workerData as BackupTaskData;

function post(message: BackupTaskMessage): void {
  parentPort?.postMessage(message);
}

function step(stage: string, done: number, total: number | null): void {
  post({ type: 'progress', stage, done, total });
}

function write({ file, base, ...rest }: WriteJob): void {
  const parts = { ...rest, dataKey };
  const snapshot = holdSnapshot(parts.folder, dataKey);
  try {
    post({ type: 'held' });
    const changes = base === null ? null : writeChanges(file, base, parts, snapshot, step);
    post({ type: 'written', made: changes ?? writeBackup(file, parts, snapshot, step) });
  } finally {
    snapshot.release();
  }
}

function unpack({ file, backup, base, folder, event }: UnpackJob): void {
  // What crosses between threads is no Buffer any more.
  const { keyring, auditHead } = backup;
  const whole = { ...backup, keyring: Buffer.from(keyring), auditHead: Buffer.from(auditHead) };
  post({ type: 'unpacked', unpacked: unpackBackup(file, whole, { folder, dataKey, event }, step, base) });
}

try {
  if (job.kind === 'write') write(job);
  else unpack(job);
} catch (error) {
  sendFailure(parentPort, storeError(error));
} finally {
  zero(dataKey);
}
