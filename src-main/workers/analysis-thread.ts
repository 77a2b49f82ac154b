import { MessageChannel, type Worker } from 'node:worker_threads';
import { monthsOfColumns, type SeriesColumns } from '#main/analysis/exposure/exposure-series.ts';
import type { CodeRules } from '#shared/contract/code-rules.ts';
import type { Progress } from '#shared/contract/index.ts';
import type { QualityResult } from '#shared/contract/quality.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import type { AnalysisAnswer } from './analysis-answer.ts';
import type { AnalysisRequest, LookupRequest } from './analysis-task.ts';
import type { CodeFacts, CodePreview } from './code-lookups.ts';
import type { ForetellQuestion, Foretold } from './early-warning/foretell.ts';
import type { OverviewFacts } from './kept-overview.ts';
import type { QualityStep } from './quality-facts.ts';
import type { TimelineFacts } from './store-lookups.ts';
import { errorOf, type TaskFailure } from './task-failure.ts';
import { keyForThread, startTask } from './task-worker.ts';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type AnalysisQuestion = DistributiveOmit<AnalysisRequest, 'id'>;

type Waiting = {
  /** What was asked, to be asked again of another thread where this one is stopped for a question beside it. */
  readonly message: unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
  readonly step?: (step: QualityStep) => void;
};
type Reply =
  | { readonly id: number; readonly text: string; readonly columns?: SeriesColumns }
  | { readonly id: number; readonly step: QualityStep }
  | { readonly id: number; readonly failure: TaskFailure };

function told(text: string, columns: SeriesColumns | undefined): unknown {
  const answer = JSON.parse(text) as AnalysisAnswer;
  return columns ? { ...answer, result: { months: monthsOfColumns(columns), ...answer.result } } : answer;
}

const longestCloseMs = 10_000;

function wasCancelled(): ExpectedError {
  return new ExpectedError('CANCELLED', 'The analysis was cancelled.', 'Nothing was changed.');
}

/**
 * A thread that reads the store for the analyses and keeps what it has read, so that the second question is answered from
 * memory. It is started by the first question and ends with the session. A cancelled question stops it at once, and whatever else
 * was asked is asked again of a new one.
 */
export class AnalysisThread {
  readonly #file: string;
  readonly #dataKey: Buffer;
  #worker: Worker | null = null;
  #next = 1;
  /** Threads that were stopped and are not gone yet. */
  readonly #stopping = new Set<Promise<unknown>>();
  readonly #waiting = new Map<number, Waiting>();
  /**
   * Whether the thread has the store open. One that is ended while it loads the store's native code takes the whole process
   * with it, so it is neither asked nor ended before.
   */
  #isOpen = false;
  /** Settles once it has, or is gone. */
  #opened: Promise<void> = Promise.resolve();

  constructor(file: string, dataKey: Buffer) {
    this.#file = file;
    this.#dataKey = dataKey;
  }

  /** @param progress hears of the steps of a method that takes long. */
  ask(
    question: AnalysisQuestion,
    signal: AbortSignal,
    progress?: (progress: Progress) => void,
  ): Promise<AnalysisAnswer> {
    const step = (told: QualityStep): void => progress?.({ ...told, unit: 'steps' });
    return this.#put(question, signal, step) as Promise<AnalysisAnswer>;
  }

  overview(today: number, signal: AbortSignal): Promise<OverviewFacts> {
    return this.#put({ lookup: 'overview', today }, signal) as Promise<OverviewFacts>;
  }

  timeline(pseudonym: string, signal: AbortSignal): Promise<TimelineFacts | null> {
    return this.#put({ lookup: 'timeline', pseudonym }, signal) as Promise<TimelineFacts | null>;
  }

  foretell(question: ForetellQuestion, signal: AbortSignal): Promise<Foretold> {
    return this.#put({ lookup: 'foretell', ...question }, signal) as Promise<Foretold>;
  }

  codes(signal: AbortSignal): Promise<CodeFacts> {
    return this.#put({ lookup: 'codes' }, signal) as Promise<CodeFacts>;
  }

  previewCodes(document: CodeRules, signal: AbortSignal): Promise<CodePreview> {
    return this.#put({ lookup: 'codes-preview', document }, signal) as Promise<CodePreview>;
  }

  quality(
    question: { readonly asOfDay: number | null; readonly today: number },
    progress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<QualityResult> {
    const step = (told: QualityStep): void => progress({ ...told, unit: 'steps' });
    return this.#put({ lookup: 'quality', ...question }, signal, step) as Promise<QualityResult>;
  }

  #put(
    question: AnalysisQuestion | DistributiveOmit<LookupRequest, 'id'>,
    signal: AbortSignal,
    step?: (step: QualityStep) => void,
  ): Promise<unknown> {
    const worker = this.#worker ?? this.#start();
    const id = this.#next;
    this.#next += 1;
    const cancelled = (): void => this.#cancel(id);
    const message = { id, ...question };
    signal.addEventListener('abort', cancelled);
    return new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { message, resolve, reject, ...(step ? { step } : {}) });
      if (this.#isOpen) worker.postMessage(message);
      if (signal.aborted) cancelled();
    }).finally(() => signal.removeEventListener('abort', cancelled));
  }

  #cancel(id: number): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    waiting.reject(wasCancelled());
    // A thread that is still opening the store has not been asked yet.
    if (!this.#isOpen) return;
    const worker = this.#worker;
    this.#worker = null;
    if (worker) this.#stop(worker);
    if (this.#waiting.size > 0) this.#start();
  }

  #stop(worker: Worker): void {
    worker.removeAllListeners('message');
    const gone: Promise<unknown> = worker.terminate().finally(() => this.#stopping.delete(gone));
    this.#stopping.add(gone);
  }

  /**
   * Ends the thread and waits until it is gone, so that nothing holds the store or its key any longer. One that is at work is
   * stopped; an idle one ends by itself once it has put away what it packed.
   */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    const idle = this.#waiting.size === 0;
    for (const { reject } of this.#waiting.values()) reject(wasCancelled());
    this.#waiting.clear();
    await Promise.all(this.#stopping);
    if (!worker) return;
    const ended = new Promise<void>((resolve) => {
      worker.once('exit', () => resolve());
    });
    await this.#opened;
    if (idle) {
      worker.postMessage('close');
      const limit = setTimeout(() => void worker.terminate(), longestCloseMs);
      await ended;
      clearTimeout(limit);
    } else {
      await worker.terminate();
    }
  }

  /** Whether its thread has the store open. */
  get isRunning(): boolean {
    return this.#worker !== null;
  }

  #start(): Worker {
    const dataKey = keyForThread(this.#dataKey);
    const { port1, port2 } = new MessageChannel();
    const worker = startTask('analysis', { file: this.#file, dataKey, opened: port2 }, [dataKey.buffer, port2]);
    this.#isOpen = false;
    this.#opened = new Promise((resolve) => {
      port1.once('message', () => {
        port1.close();
        if (this.#worker === worker) this.#isOpen = true;
        for (const { message } of this.#waiting.values()) worker.postMessage(message);
        resolve();
      });
      worker.once('exit', () => {
        port1.close();
        resolve();
      });
    });
    worker.on('message', (reply: Reply) => {
      const waiting = this.#waiting.get(reply.id);
      if ('step' in reply) {
        waiting?.step?.(reply.step);
        return;
      }
      this.#waiting.delete(reply.id);
      if ('failure' in reply) waiting?.reject(errorOf(reply.failure));
      else waiting?.resolve(told(reply.text, reply.columns));
    });
    worker.on('error', (error) => {
      for (const { reject } of this.#waiting.values()) reject(error);
      this.#waiting.clear();
      if (this.#worker === worker) this.#worker = null;
    });
    this.#worker = worker;
    return worker;
  }
}
