import type { CallEnvelope, EngineEvent } from '#shared/contract/index.ts';
import type { Result } from '#shared/domain/result.ts';
import type { LockReason } from '#shared/host/start-url.ts';

/** What the shell says to the engine's process. `id` names the answer. */
export type ToEngine =
  | { readonly type: 'start'; readonly settingsFolder: string }
  | { readonly type: 'call'; readonly id: number; readonly envelope: CallEnvelope }
  | { readonly type: 'cancel'; readonly callId: string }
  | { readonly type: 'lock'; readonly id: number; readonly reason: LockReason }
  | { readonly type: 'close'; readonly id: number };

export type FromEngine =
  | { readonly type: 'answer'; readonly id: number; readonly result: Result<unknown> }
  | { readonly type: 'event'; readonly event: EngineEvent };

/** One end of the line between the two processes. */
export type Port<Out, In> = {
  readonly post: (message: Out) => void;
  readonly onMessage: (listener: (message: In) => void) => void;
};
