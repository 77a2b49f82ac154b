import type { MessagePort } from 'node:worker_threads';
import { type AppError, ExpectedError, type Result } from '#shared/domain/result.ts';

/** How a task says that it failed: error classes do not survive the crossing between threads, codes do. */
export type TaskFailure =
  | { readonly type: 'failure'; readonly expected: AppError }
  | { readonly type: 'failure'; readonly defect: string };

export function failureOf(error: unknown): TaskFailure {
  if (error instanceof ExpectedError) return { type: 'failure', expected: error.error };
  return { type: 'failure', defect: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

export function sendFailure(port: MessagePort | null, error: unknown): void {
  port?.postMessage(failureOf(error));
}

/** The error that a failure stands for, on the side that asked for the work. */
export function errorOf(failure: TaskFailure): Error {
  if ('expected' in failure) {
    const { code, message, hint, params } = failure.expected;
    return new ExpectedError(code, message, hint, params);
  }
  return new Error(failure.defect);
}

/** The value, or its failure thrown, for `failureOf` to send. */
export function taken<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, message, hint, params } = result.error;
  throw new ExpectedError(code, message, hint, params);
}
