import type { CallEnvelope, EngineEvent } from '#shared/contract/index.ts';
import { fail, type Result } from '#shared/domain/result.ts';
import type { LockReason } from '#shared/host/start-url.ts';
import type { FromEngine, Port, ToEngine } from './engine-messages.ts';

/** The engine as the shell sees it: the same calls, answered by another process. */
export type EngineClient = {
  readonly call: (envelope: CallEnvelope) => Promise<Result<unknown>>;
  readonly cancel: (callId: string) => void;
  readonly lock: (reason: LockReason) => Promise<void>;
  readonly close: () => Promise<void>;
  /** To be called when the process has gone: everything still waiting fails, as does every later call. */
  readonly gone: () => void;
};

const stopped: Result<unknown> = fail(
  'INTERNAL',
  'The part of Tidemark that works with data stopped unexpectedly.',
  'The vault is locked and whole: work that had not finished was left out. Unlock the vault and try again.',
);

export function createEngineClient(
  port: Port<ToEngine, FromEngine>,
  settingsFolder: string,
  onEvent: (event: EngineEvent) => void,
): EngineClient {
  const waiting = new Map<number, (result: Result<unknown>) => void>();
  let lastId = 0;
  let alive = true;

  function ask(message: (id: number) => ToEngine): Promise<Result<unknown>> {
    if (!alive) {
      return Promise.resolve(stopped);
    }
    lastId += 1;
    const id = lastId;
    return new Promise((resolve) => {
      waiting.set(id, resolve);
      port.post(message(id));
    });
  }

  port.onMessage((message) => {
    if (message.type === 'event') {
      onEvent(message.event);
      return;
    }
    waiting.get(message.id)?.(message.result);
    waiting.delete(message.id);
  });
  port.post({ type: 'start', settingsFolder });

  return {
    call: (envelope) => ask((id) => ({ type: 'call', id, envelope })),
    cancel: (callId) => {
      if (alive) {
        port.post({ type: 'cancel', callId });
      }
    },
    lock: async (reason) => {
      await ask((id) => ({ type: 'lock', id, reason }));
    },
    close: async () => {
      await ask((id) => ({ type: 'close', id }));
    },
    gone: () => {
      alive = false;
      for (const resolve of waiting.values()) {
        resolve(stopped);
      }
      waiting.clear();
    },
  };
}
