import { randomUUID } from 'node:crypto';
import { type CallEnvelope, type EngineEvent, operationNamed, type Progress } from '#shared/contract/index.ts';
import type { Result } from '#shared/domain/result.ts';
import { Dispatcher } from './dispatcher.ts';
import type { LockReason } from './session.ts';

export type Engine = {
  /** Runs one call; never throws: expected failures and refusals are values. */
  readonly call: (envelope: CallEnvelope) => Promise<Result<unknown>>;
  readonly cancel: (callId: string) => void;
  readonly subscribe: (listener: (event: EngineEvent) => void) => () => void;
  /** Ends the session, waits for or cancels running work, and zeroes the keys. */
  readonly lock: (reason: LockReason) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type EngineOptions = {
  /** Where the list of vaults opened before is kept; nothing of any vault's content. Null: no list. */
  readonly settingsFolder: string | null;
  /** Milliseconds since 1970; the system's clock by default. */
  readonly now?: () => number;
  /** Whether the vault locks by itself when no call comes for the minutes that it is set to. */
  readonly idleLock: boolean;
  /** Whether a vault that remembers a watched folder goes on watching it once it is unlocked; false by default. */
  readonly resumeWatching?: boolean;
  /** Whether scheduled backups are made while a vault is unlocked; false by default. */
  readonly scheduledBackups?: boolean;
};

/** What a face asks for by itself when something has changed; it says with `vault.touch` that a person is there. */
function comesByItself(name: string): boolean {
  const askedAnew = name === 'analyses.run' || name === 'cases.worklist';
  return name !== 'vault.touch' && (operationNamed(name)?.kind === 'query' || askedAnew);
}

const progressEveryMs = 100;
const idleCheckMs = 5_000;

/** Passes progress on at most ten times a second, and always the first of each stage. */
function throttledProgress(emit: (progress: Progress) => void): (progress: Progress) => void {
  let last = Number.NEGATIVE_INFINITY;
  let stage = '';
  return (progress) => {
    const now = performance.now();
    if (progress.stage === stage && now - last < progressEveryMs) return;
    last = now;
    stage = progress.stage;
    emit(progress);
  };
}

/** The one engine behind every host. */
export function createEngine(options: EngineOptions): Engine {
  const now = options.now ?? Date.now;
  const listeners = new Set<(event: EngineEvent) => void>();
  const emit = (event: EngineEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const dispatcher = new Dispatcher({
    settingsFolder: options.settingsFolder,
    now,
    newIncidentId: () => randomUUID().slice(0, 8),
    changed: () => emit({ type: 'changed' }),
    locked: (reason, watching) => emit({ type: 'locked', reason, watching }),
    watched: (event) => emit({ type: 'watch', event }),
    resumeWatching: options.resumeWatching ?? false,
    scheduledBackups: options.scheduledBackups ?? false,
  });
  let lastCallAt = performance.now();
  const timer = options.idleLock
    ? setInterval(() => {
        const minutes = dispatcher.lockAfterMinutes;
        if (minutes !== null && performance.now() - lastCallAt > minutes * 60_000) void dispatcher.lock('idle');
      }, idleCheckMs)
    : null;
  timer?.unref();

  return {
    call: async (envelope) => {
      const person = !comesByItself(envelope.operation);
      if (person) lastCallAt = performance.now();
      const progress = throttledProgress((value) =>
        emit({ type: 'progress', callId: envelope.callId, progress: value }),
      );
      try {
        return await dispatcher.call(envelope, progress);
      } finally {
        if (person) lastCallAt = performance.now();
      }
    },
    cancel: (callId) => dispatcher.cancel(callId),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    lock: (reason) => dispatcher.lock(reason),
    close: async () => {
      if (timer) clearInterval(timer);
      await dispatcher.lock('asked');
    },
  };
}
