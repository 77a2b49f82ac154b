import type { UndoCounts } from '#main/store/undo-batch.ts';
import type { Progress } from '#shared/contract/index.ts';
import { errorOf, type TaskFailure } from '../task-failure.ts';
import { keyForThread, startTask } from '../task-worker.ts';
import type { UndoJob, UndoMessage } from './protocol.ts';

/** Takes a batch out on a thread of its own, so that whatever else is asked meanwhile is answered. */
export function runUndo(job: UndoJob, key: Uint8Array, progress: (progress: Progress) => void): Promise<UndoCounts> {
  const dataKey = keyForThread(key);
  const thread = startTask('import-undo', { job, dataKey }, [dataKey.buffer]);
  return new Promise((resolve, reject) => {
    let counts: UndoCounts | null = null;
    let failure: Error | null = null;
    thread.on('message', (message: UndoMessage | TaskFailure) => {
      if (message.type === 'progress') progress({ stage: message.stage, done: 0, total: null, unit: 'rows' });
      else if (message.type === 'done') counts = message.counts;
      else failure = errorOf(message);
    });
    thread.on('error', reject);
    // Settled when the thread has let go of the store, so that the next writer finds it free.
    thread.on('exit', () => {
      if (counts) resolve(counts);
      else reject(failure ?? new Error('the thread that undoes a batch ended early'));
    });
  });
}
