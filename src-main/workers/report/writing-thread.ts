import type { Worker } from 'node:worker_threads';
import type { ReportFormat } from '#shared/contract/reports.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { errorOf, type TaskFailure } from '../task-failure.ts';
import { startTask } from '../task-worker.ts';
import type { WritingMessage, WritingRequest } from './protocol.ts';

/** So long a thread with nothing to write keeps its libraries for the next report; then its memory is given back. */
const idleMs = 30_000;

type Asked = { readonly resolve: (bytes: Uint8Array) => void; readonly reject: (error: unknown) => void };

function wasCancelled(): ExpectedError {
  return new ExpectedError('CANCELLED', 'Writing the report was cancelled.', 'Nothing was written.');
}

function inWords(error: NodeJS.ErrnoException): Error {
  if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY' && !/allocation failed/i.test(error.message)) return error;
  return new ExpectedError(
    'TOO_LARGE',
    'The report is larger than the memory that writing it may take.',
    'Nothing was written. Ask for fewer sections or a shorter period.',
  );
}

/** A thread that writes one document after another. The first starts it; cancelling the one that it writes ends it. */
export class WritingThread {
  #worker: Worker | null = null;
  /** Settles when everything that was asked before is done. */
  #last: Promise<void> = Promise.resolve();
  #waiting = 0;
  #current: Asked | null = null;
  #idle: NodeJS.Timeout | null = null;

  /** @throws ExpectedError CANCELLED at once, even while others are before it; TOO_LARGE */
  write(format: ReportFormat, document: ReportDocument, signal: AbortSignal): Promise<Uint8Array> {
    this.#waiting += 1;
    return new Promise((resolve, reject) => {
      const cancelled = (): void => reject(wasCancelled());
      signal.addEventListener('abort', cancelled);
      this.#last = this.#last
        .then(() => this.#writeNow({ format, document }, signal))
        .then(resolve, reject)
        .finally(() => {
          signal.removeEventListener('abort', cancelled);
          this.#waiting -= 1;
          if (this.#waiting === 0) this.#rest();
        });
    });
  }

  async #writeNow(request: WritingRequest, signal: AbortSignal): Promise<Uint8Array> {
    if (signal.aborted) throw wasCancelled();
    if (this.#idle) clearTimeout(this.#idle);
    const worker = this.#worker ?? this.#start();
    const stop = (): void => this.#end(worker, wasCancelled());
    signal.addEventListener('abort', stop);
    worker.ref();
    return new Promise<Uint8Array>((resolve, reject) => {
      this.#current = { resolve, reject };
      worker.postMessage(request);
    }).finally(() => {
      signal.removeEventListener('abort', stop);
      this.#current = null;
    });
  }

  #start(): Worker {
    const worker = startTask('report-writing', null);
    worker.on('message', (message: WritingMessage | TaskFailure) => {
      if (this.#worker !== worker) return;
      if (message.type === 'failure') this.#current?.reject(errorOf(message));
      else this.#current?.resolve(message.bytes);
    });
    worker.on('error', (error: NodeJS.ErrnoException) => this.#gone(worker, inWords(error)));
    worker.on('exit', () => this.#gone(worker, wasCancelled()));
    this.#worker = worker;
    return worker;
  }

  /** Nothing is asked of a thread any more that is ending. */
  #end(worker: Worker, why: Error): void {
    this.#gone(worker, why);
    void worker.terminate();
  }

  #gone(worker: Worker, why: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#current?.reject(why);
  }

  /** An idle thread keeps no program from ending. */
  #rest(): void {
    const worker = this.#worker;
    if (!worker) return;
    worker.unref();
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#end(worker, wasCancelled()), idleMs).unref();
  }
}
