import type { RekeyJob, RekeyKeys, RekeyMade } from '#main/store/rekey-store.ts';
import type { Progress } from '#shared/contract/index.ts';
import { errorOf, type TaskFailure } from '../task-failure.ts';
import { keyForThread, startTask } from '../task-worker.ts';
import type { RekeyMessage } from './protocol.ts';

type RekeyWork = {
  readonly job: RekeyJob;
  readonly keys: RekeyKeys;
  readonly progress: (progress: Progress) => void;
  readonly signal: AbortSignal;
};

/** Makes the store under its new keys on a thread of its own. Copies of keys are moved there, and zeroed there. */
export function runRekey({ job, keys, progress, signal }: RekeyWork): Promise<RekeyMade> {
  const cancelFlag = new Int32Array(new SharedArrayBuffer(4));
  const dataKey = keyForThread(keys.dataKey);
  const newDataKey = keyForThread(keys.newDataKey);
  const clinic = keys.clinic && {
    publicKey: keyForThread(keys.clinic.pair.publicKey),
    privateKey: keyForThread(keys.clinic.pair.privateKey),
    newPublicKey: keyForThread(keys.clinic.newPublicKey),
  };
  const moved = [dataKey.buffer, newDataKey.buffer, ...(clinic ? [clinic.privateKey.buffer] : [])];
  const thread = startTask('rekey', { job, dataKey, newDataKey, clinic, cancelFlag }, moved);
  const cancel = (): void => {
    Atomics.store(cancelFlag, 0, 1);
  };
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  return new Promise<RekeyMade>((resolve, reject) => {
    let made: RekeyMade | null = null;
    let failure: Error | null = null;
    thread.on('message', (message: RekeyMessage | TaskFailure) => {
      if (message.type === 'step') progress(message.step);
      else if (message.type === 'done') made = message.made;
      else failure = errorOf(message);
    });
    thread.on('error', reject);
    // Settled when the thread has let go of both stores.
    thread.on('exit', () => {
      if (made) resolve(made);
      else reject(failure ?? new Error('the thread that changes the keys ended early'));
    });
  }).finally(() => signal.removeEventListener('abort', cancel));
}
