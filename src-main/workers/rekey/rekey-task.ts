import { parentPort, workerData } from 'node:worker_threads';
import { zero } from '#main/crypto/secret-bytes.ts';
import { makeRekeyedStore, type RekeyKeys } from '#main/store/rekey-store.ts';
import { storeError } from '#main/store/store-error.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { sendFailure } from '../task-failure.ts';
import type { RekeyData, RekeyMessage } from './protocol.ts';

const { job, dataKey, newDataKey, clinic, cancelFlag } = workerData as RekeyData;

function post(message: RekeyMessage): void {
  parentPort?.postMessage(message);
}

function keysOf(): RekeyKeys {
  if (!clinic) return { dataKey, newDataKey, clinic: null };
  const pair = { publicKey: Buffer.from(clinic.publicKey), privateKey: Buffer.from(clinic.privateKey) };
  return { dataKey, newDataKey, clinic: { pair, newPublicKey: clinic.newPublicKey } };
}

function rekey(): void {
  const keys = keysOf();
  try {
    const made = makeRekeyedStore(job, keys, {
      step: (step) => post({ type: 'step', step }),
      mayGoOn: () => {
        if (Atomics.load(cancelFlag, 0) === 0) return;
        throw new ExpectedError('CANCELLED', 'The change of keys was cancelled.', 'The keys are what they were.');
      },
    });
    post({ type: 'done', made });
  } finally {
    zero(dataKey, newDataKey, clinic?.privateKey, keys.clinic?.pair.privateKey);
  }
}

try {
  rekey();
} catch (error) {
  sendFailure(parentPort, storeError(error));
}
