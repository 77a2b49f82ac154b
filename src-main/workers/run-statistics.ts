import type { Progress } from '#shared/contract/index.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { StatisticsMessage, StatisticsTaskData } from './statistics-task.ts';
import { errorOf, type TaskFailure } from './task-failure.ts';
import { startTask } from './task-worker.ts';

/** Runs one statistical procedure on a thread of its own; a cancelled one is ended at once. */
export function runStatistics(
  task: StatisticsTaskData,
  progress: (progress: Progress) => void,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const worker = startTask('statistics', task);
  const cancel = (): void => void worker.terminate();
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  return new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
    worker.on('message', (message: StatisticsMessage | TaskFailure) => {
      switch (message.type) {
        case 'progress':
          progress({ stage: 'Reading the data', done: message.done, total: message.total, unit: 'bytes' });
          break;
        case 'result':
          resolve(JSON.parse(message.text) as Record<string, unknown>);
          break;
        case 'failure':
          reject(errorOf(message));
          break;
      }
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      const isMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY' || /allocation failed/i.test(error.message);
      reject(
        isMemory
          ? new ExpectedError(
              'TOO_LARGE',
              'The data are larger than the memory that a procedure may take.',
              'Nothing was computed. Use fewer rows or columns.',
            )
          : error,
      );
    });
    worker.on('exit', () => reject(new ExpectedError('CANCELLED', 'The procedure was stopped.', 'Nothing was kept.')));
  }).finally(() => {
    signal.removeEventListener('abort', cancel);
    void worker.terminate();
  });
}
