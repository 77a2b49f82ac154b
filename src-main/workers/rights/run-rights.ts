import type { Progress } from '#shared/contract/index.ts';
import { errorOf, type TaskFailure } from '../task-failure.ts';
import { keyForThread, startTask } from '../task-worker.ts';
import type { RightsAnswer, RightsJob, RightsMessage } from './protocol.ts';

/** Works on one person's rows on a thread of its own, so that whatever else is asked meanwhile is answered. */
export function runRights(
  job: RightsJob,
  keys: {
    readonly dataKey: Uint8Array;
    readonly pseudonymKey: Uint8Array;
    readonly clinicPublicKey: Uint8Array;
    readonly clinicPrivateKey: Uint8Array;
  },
  progress: (progress: Progress) => void,
): Promise<RightsAnswer> {
  const copies = {
    dataKey: keyForThread(keys.dataKey),
    pseudonymKey: keyForThread(keys.pseudonymKey),
    clinicPublicKey: keyForThread(keys.clinicPublicKey),
    clinicPrivateKey: keyForThread(keys.clinicPrivateKey),
  };
  const thread = startTask(
    'rights',
    { job, ...copies },
    Object.values(copies).map((copy) => copy.buffer),
  );
  return new Promise((resolve, reject) => {
    let answer: RightsAnswer | null = null;
    let failure: Error | null = null;
    thread.on('message', (message: RightsMessage | TaskFailure) => {
      if (message.type === 'progress') progress({ stage: message.stage, done: 0, total: null, unit: 'steps' });
      else if (message.type === 'failure') failure = errorOf(message);
      else answer = message;
    });
    thread.on('error', reject);
    // Settled when the thread has let go of the store, so that the next writer finds it free.
    thread.on('exit', () => {
      if (answer) resolve(answer);
      else reject(failure ?? new Error('the thread that works on one person’s rows ended early'));
    });
  });
}
