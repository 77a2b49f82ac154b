import type {
  Bridge,
  EngineEvent,
  InputOf,
  OpenDialogOptions,
  OpenWritten,
  OperationName,
  OutputOf,
  Progress,
} from '#shared/contract/index.ts';
import { type AppError, ExpectedError, type Result } from '#shared/domain/result.ts';

declare global {
  // biome-ignore lint/style/useConsistentTypeDefinitions: only an interface merges with the DOM's own Window
  interface Window {
    readonly tidemark?: Bridge;
  }
}

const missing: AppError = {
  code: 'INTERNAL',
  message: 'The engine is not connected to this window.',
  hint: 'Nothing was changed. Close Tidemark and start it again.',
  params: {},
};

/** What the host gave this window, or null when the page was opened outside a host. */
export function bridge(): Bridge | null {
  return window.tidemark ?? null;
}

export function newCallId(): string {
  return crypto.randomUUID();
}

/** One call to the engine. Never throws: a lost connection is a failure too. */
export async function call<Name extends OperationName>(
  name: Name,
  input: InputOf<Name>,
  callId: string = newCallId(),
): Promise<Result<OutputOf<Name>>> {
  const host = bridge();
  if (!host) return { ok: false, error: missing };
  try {
    return (await host.operations[name](input, callId)) as Result<OutputOf<Name>>;
  } catch {
    return { ok: false, error: { ...missing, message: 'The engine did not answer.' } };
  }
}

/** As `call`, for code that reads failures from a thrown `ExpectedError` (queries). An abort cancels the work. */
export async function callOrThrow<Name extends OperationName>(
  name: Name,
  input: InputOf<Name>,
  options: { readonly signal?: AbortSignal; readonly callId?: string } = {},
): Promise<OutputOf<Name>> {
  const callId = options.callId ?? newCallId();
  const stop = () => cancel(callId);
  options.signal?.addEventListener('abort', stop, { once: true });
  try {
    const answer = await call(name, input, callId);
    if (answer.ok) return answer.value;
    const { code, message, hint, params } = answer.error;
    throw new ExpectedError(code, message, hint, params);
  } finally {
    options.signal?.removeEventListener('abort', stop);
  }
}

/** Asks the engine to stop a call; its answer then is a `CANCELLED` failure. */
export function cancel(callId: string): void {
  bridge()
    ?.cancel(callId)
    .catch(() => undefined);
}

export function subscribe(listener: (event: EngineEvent) => void): () => void {
  return bridge()?.subscribe(listener) ?? (() => undefined);
}

/**
 * The progress of one call, until the returned function is called. `startedAtMs` is when the stage that it speaks of began,
 * so that a rate is never worked out over two of them.
 */
export function watchProgress(callId: string, listener: (progress: Progress, startedAtMs: number) => void): () => void {
  let stage: string | null = null;
  let startedAtMs = performance.now();
  return subscribe((event) => {
    if (event.type !== 'progress' || event.callId !== callId) return;
    if (stage !== null && stage !== event.progress.stage) startedAtMs = performance.now();
    stage = event.progress.stage;
    listener(event.progress, startedAtMs);
  });
}

/** True where the system's own dialogs can be used. */
export function hasOwnDialogs(): boolean {
  return bridge()?.host.choosePath !== undefined;
}

export async function choosePath(options: OpenDialogOptions): Promise<string | null> {
  return (await bridge()?.host.choosePath?.(options)) ?? null;
}

/** True where the host can open the files that were just written. */
export function canOpenWritten(): boolean {
  return bridge()?.host.openWritten !== undefined;
}

/** Null where it was opened, else why not. */
export async function openWritten(request: OpenWritten): Promise<AppError | null> {
  try {
    const opened = await bridge()?.host.openWritten?.(request);
    return opened === undefined || opened.ok ? null : opened.error;
  } catch {
    return { ...missing, message: 'The file could not be opened.' };
  }
}

/** The expected failure inside whatever a query or a promise threw. */
export function errorOf(thrown: unknown): AppError {
  if (thrown instanceof ExpectedError) return thrown.error;
  return { ...missing, message: 'Something in this window went wrong.' };
}
