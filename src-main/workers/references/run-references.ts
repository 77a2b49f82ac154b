import { ExpectedError } from '#shared/domain/result.ts';
import { errorOf, type TaskFailure } from '../task-failure.ts';
import { startTask } from '../task-worker.ts';
import type { ReferencesMessage, ReferencesTask } from './protocol.ts';

type Read = Extract<ReferencesMessage, { type: 'done' }>;

/** Reads a file of references and looks for duplicates on a thread of its own; a cancelled one is ended at once. */
export function runReferences(
  task: ReferencesTask,
  progress: (bytesRead: number, sizeBytes: number) => void,
  signal: AbortSignal,
): Promise<Read> {
  const worker = startTask('references', task);
  const cancel = (): void => void worker.terminate();
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  return new Promise<Read>((resolve, reject) => {
    worker.on('message', (message: ReferencesMessage | TaskFailure) => {
      if (message.type === 'failure') reject(errorOf(message));
      else if (message.type === 'progress') progress(message.bytesRead, message.sizeBytes);
      else resolve(message);
    });
    worker.on('error', reject);
    worker.on('exit', () =>
      reject(new ExpectedError('CANCELLED', 'Reading the references was stopped.', 'Nothing was kept.')),
    );
  }).finally(() => {
    signal.removeEventListener('abort', cancel);
    void worker.terminate();
  });
}
