import { MessageChannel, type Worker } from 'node:worker_threads';
import type { Progress } from '#shared/contract/index.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { errorOf, type TaskFailure } from '../task-failure.ts';
import { keyForThread, startTask } from '../task-worker.ts';
import type { KnownCodes } from './code-book.ts';
import type { ImportJob, WriterMessage, WriterOutcome } from './protocol.ts';

export type ImportRequest = {
  readonly job: Omit<ImportJob, 'streaming'>;
  readonly known: KnownCodes;
  readonly keys: { readonly dataKey: Buffer; readonly pseudonymKey: Buffer; readonly clinicPublicKey: Buffer };
  readonly progress: (progress: Progress) => void;
  readonly signal: AbortSignal;
};

/** `ended` settles when the writing thread has folded its log into the store and let go of it. */
export type ImportEnd = { readonly outcome: WriterOutcome; readonly ended: Promise<void> };

type Attempt = { readonly restart: true } | ({ readonly restart: false } & ImportEnd);

/**
 * Runs one import on two threads: one reads, checks and sorts, the other merges and writes. Files in time order are written
 * while they are read; where a row turns up that belongs before what is written, everything is taken back and done again
 * with all rows sorted first.
 */
export async function runImport(request: ImportRequest, comesInKeyOrder: boolean): Promise<ImportEnd> {
  let attempt = await attemptImport(request, comesInKeyOrder);
  if (attempt.restart) attempt = await attemptImport(request, false);
  if (attempt.restart) throw new Error('a sorted import asked to start again');
  return { outcome: attempt.outcome, ended: attempt.ended };
}

/** A reader looks between two pieces of its file whether it should end; one that does not is stopped. */
const longestReadMs = 5_000;

async function attemptImport(request: ImportRequest, streaming: boolean): Promise<Attempt> {
  const job: ImportJob = { ...request.job, streaming };
  const cancelFlag = new Int32Array(new SharedArrayBuffer(4));
  const { port1: toWriter, port2: fromReader } = new MessageChannel();
  const dataKey = keyForThread(request.keys.dataKey);
  const pseudonymKey = keyForThread(request.keys.pseudonymKey);
  const clinicPublicKey = keyForThread(request.keys.clinicPublicKey);
  const writer = startTask('import-writer', { job, dataKey, fromReader, cancelFlag }, [fromReader, dataKey.buffer]);
  const reader = startTask(
    'import-reader',
    { job, known: request.known, pseudonymKey, clinicPublicKey, toWriter, cancelFlag },
    [toWriter, pseudonymKey.buffer],
  );
  const cancel = (): void => {
    Atomics.store(cancelFlag, 0, 1);
  };
  if (request.signal.aborted) cancel();
  request.signal.addEventListener('abort', cancel);
  const ended = threadEnd(writer);
  const readerEnded = threadEnd(reader);
  let done = false;
  try {
    const attempt = await outcomeOf(reader, writer, request.progress);
    done = !attempt.restart;
    return attempt.restart ? attempt : { ...attempt, ended };
  } finally {
    request.signal.removeEventListener('abort', cancel);
    // Where a file breaks off, the writer still has to keep the safety answers before that place: a reader stopped now would
    // take them with it.
    if (job.watched?.hold) await ended;
    cancel();
    // Stopping a thread from outside while it ends makes V8 abort now and then, so it is left to end by itself.
    const limit = setTimeout(() => void reader.terminate(), longestReadMs);
    await readerEnded;
    clearTimeout(limit);
    // The writer takes back what it had begun and leaves by itself; stopping it in the middle would leave that to the next opening.
    if (!done) await ended;
  }
}

function threadEnd(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.once('exit', () => resolve());
  });
}

type WriterAnswer = { readonly restart: true } | { readonly restart: false; readonly outcome: WriterOutcome };

function outcomeOf(reader: Worker, writer: Worker, progress: (progress: Progress) => void): Promise<WriterAnswer> {
  return new Promise((resolve, reject) => {
    reader.on('message', (failure: TaskFailure) => reject(errorOf(failure)));
    reader.on('error', reject);
    writer.on('error', reject);
    writer.on('message', (message: WriterMessage | TaskFailure) => {
      switch (message.type) {
        case 'progress':
          progress({ stage: message.stage, done: message.done, total: message.total, unit: message.unit });
          break;
        case 'restart':
          resolve({ restart: true });
          break;
        case 'done':
          resolve({ restart: false, outcome: message.outcome });
          break;
        case 'failure':
          reject(errorOf(message));
          break;
      }
    });
    writer.on('exit', () =>
      reject(new ExpectedError('CANCELLED', 'The import was stopped.', 'Nothing of the file was kept.')),
    );
  });
}
