import type { CountSystem, SystemRules } from '#main/disclosure/count-system.ts';
import type { SuppressedCrossTable } from '#main/disclosure/suppress-cross-table.ts';
import type { SystemDecision } from '#main/disclosure/suppress-system.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { SuppressionMessage, SuppressionTask } from './suppression-task.ts';
import { errorOf, type TaskFailure } from './task-failure.ts';
import { startTask } from './task-worker.ts';

/** Disclosure control on a thread of its own; a cancelled one is ended at once. */
function runTask(task: SuppressionTask, signal: AbortSignal): Promise<SuppressionMessage> {
  const worker = startTask('suppression', task);
  const cancel = (): void => void worker.terminate();
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  return new Promise<SuppressionMessage>((resolve, reject) => {
    worker.on('message', (message: SuppressionMessage | TaskFailure) => {
      if (message.type === 'failure') reject(errorOf(message));
      else resolve(message);
    });
    worker.on('error', reject);
    worker.on('exit', () =>
      reject(new ExpectedError('CANCELLED', 'Disclosure control was stopped.', 'Nothing was released.')),
    );
  }).finally(() => {
    signal.removeEventListener('abort', cancel);
    void worker.terminate();
  });
}

/** Disclosure control of a table in a file. */
export async function suppressFile(
  task: Omit<SuppressionTask & { kind: 'file' }, 'kind'>,
  signal: AbortSignal,
): Promise<SuppressedCrossTable> {
  const message = await runTask({ kind: 'file', ...task }, signal);
  if (message.type !== 'table') throw new Error('the task answered another question');
  return message.table;
}

/** Disclosure control of a system of counts. */
export async function decideSystem(
  system: CountSystem,
  rules: SystemRules,
  signal: AbortSignal,
): Promise<SystemDecision> {
  const message = await runTask({ kind: 'system', system, rules }, signal);
  if (message.type !== 'decision') throw new Error('the task answered another question');
  return message.decision;
}
