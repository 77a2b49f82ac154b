import type { Worker } from 'node:worker_threads';
import type { OutputOf, Progress } from '#shared/contract/index.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { errorOf } from '../task-failure.ts';
import { startTask } from '../task-worker.ts';
import type {
  PreviewAnswer,
  PreviewMessage,
  PreviewQuestion,
  PreviewReply,
  RowsQuestion,
  UnderstoodQuestion,
  ValuesQuestion,
} from './protocol.ts';

type Waiting = {
  readonly resolve: (answer: PreviewAnswer) => void;
  readonly reject: (error: unknown) => void;
  readonly progress: (bytesRead: number, bytesTotal: number) => void;
};

const idleCloseMs = 120_000;
const longestCloseMs = 2_000;

/**
 * A thread that reads rows of the files that are being looked at. It is started by the first question; its files are closed
 * and what it read is forgotten when the wizard is left, when nobody has asked for two minutes, and when the vault locks.
 */
export class PreviewThread {
  #worker: Worker | null = null;
  #next = 1;
  #idle: NodeJS.Timeout | null = null;
  readonly #waiting = new Map<number, Waiting>();

  rows(question: Omit<RowsQuestion, 'ask'>): Promise<OutputOf<'imports.rows'>> {
    return this.#put({ ask: 'rows', ...question }) as Promise<OutputOf<'imports.rows'>>;
  }

  understood(question: Omit<UnderstoodQuestion, 'ask'>): Promise<OutputOf<'imports.understood'>> {
    return this.#put({ ask: 'understood', ...question }) as Promise<OutputOf<'imports.understood'>>;
  }

  async values(
    question: Omit<ValuesQuestion, 'ask'>,
    progress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<OutputOf<'imports.values'>> {
    const id = this.#next;
    const cancel = (): void => this.#worker?.postMessage({ cancel: id } satisfies PreviewMessage);
    signal.addEventListener('abort', cancel);
    const answer = this.#put({ ask: 'values', ...question }, (done, total) =>
      progress({ stage: 'Counting values', done, total, unit: 'bytes' }),
    );
    if (signal.aborted) cancel();
    try {
      return (await answer) as OutputOf<'imports.values'>;
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Closes the files and ends the thread. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = null;
    for (const { reject } of this.#waiting.values()) {
      reject(new ExpectedError('CANCELLED', 'The preview was closed.', 'Nothing was changed.'));
    }
    this.#waiting.clear();
    if (!worker) return;
    const ended = new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
    });
    worker.postMessage('close' satisfies PreviewMessage);
    const limit = setTimeout(() => void worker.terminate(), longestCloseMs);
    await ended;
    clearTimeout(limit);
  }

  #put(question: PreviewQuestion, progress: Waiting['progress'] = () => undefined): Promise<PreviewAnswer> {
    const worker = this.#worker ?? this.#start();
    const id = this.#next;
    this.#next += 1;
    this.#postponeClosing();
    return new Promise<PreviewAnswer>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, progress });
      worker.postMessage({ id, ...question } satisfies PreviewMessage);
    });
  }

  #postponeClosing(): void {
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      if (this.#waiting.size > 0) this.#postponeClosing();
      else void this.close();
    }, idleCloseMs);
    this.#idle.unref();
  }

  #start(): Worker {
    const worker = startTask('import-preview', null);
    worker.on('message', (reply: PreviewReply) => {
      const waiting = this.#waiting.get(reply.id);
      if ('bytesRead' in reply) {
        waiting?.progress(reply.bytesRead, reply.bytesTotal);
        return;
      }
      this.#waiting.delete(reply.id);
      if ('failure' in reply) waiting?.reject(errorOf(reply.failure));
      else waiting?.resolve(reply.answer);
    });
    worker.on('error', (error) => {
      if (this.#worker !== worker) return;
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
      this.#worker = null;
    });
    this.#worker = worker;
    return worker;
  }
}
