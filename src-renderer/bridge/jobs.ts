import type { InputOf, OperationName, OutputOf, Progress } from '#shared/contract/index.ts';
import type { AppError } from '#shared/domain/result.ts';
import { call, cancel, newCallId, watchProgress } from './client.ts';

/** Long work as a screen sees it. */
export type JobState<Output> =
  | { readonly status: 'idle' }
  | {
      readonly status: 'running';
      readonly callId: string;
      /** When its present stage began. */
      readonly startedAtMs: number;
      readonly progress: Progress | null;
      readonly cancelling: boolean;
    }
  | { readonly status: 'done'; readonly value: Output }
  | { readonly status: 'cancelled' }
  | { readonly status: 'failed'; readonly error: AppError };

/** Calls that were asked to stop and have not answered yet. */
const stopping = new Set<string>();

export const idleJob = { status: 'idle' } as const;

/**
 * Runs a job and tells every change of its state. The work goes on when the screen that started it is left; the returned
 * promise settles with the last state.
 */
export async function runJob<Name extends OperationName>(
  name: Name,
  input: InputOf<Name>,
  tell: (state: JobState<OutputOf<Name>>) => void,
): Promise<JobState<OutputOf<Name>>> {
  const callId = newCallId();
  tell({ status: 'running', callId, startedAtMs: performance.now(), progress: null, cancelling: false });
  const stop = watchProgress(callId, (progress, startedAtMs) =>
    tell({ status: 'running', callId, startedAtMs, progress, cancelling: stopping.has(callId) }),
  );
  const answer = await call(name, input, callId);
  stop();
  stopping.delete(callId);
  const last: JobState<OutputOf<Name>> = answer.ok
    ? { status: 'done', value: answer.value }
    : answer.error.code === 'CANCELLED'
      ? { status: 'cancelled' }
      : { status: 'failed', error: answer.error };
  tell(last);
  return last;
}

export function cancelJob<Output>(state: JobState<Output>): JobState<Output> {
  if (state.status !== 'running') return state;
  stopping.add(state.callId);
  cancel(state.callId);
  return { ...state, cancelling: true };
}
