import type { Bridge, EngineEvent, OpenWritten } from '#shared/contract/index.ts';
import type { Result } from '#shared/domain/result.ts';

export type PageBridgeOptions = {
  readonly origin: string;
  readonly operations: readonly string[];
  /** Names, new for each window, under which the host put its functions and looks for the page's ear. */
  readonly callName: string;
  readonly cancelName: string;
  readonly openName: string;
  readonly eventName: string;
};

type PageScope = {
  readonly location: { readonly origin: string };
  readonly top: unknown;
  [name: string]: unknown;
};

/**
 * Runs in the page before any script of the page: wraps the host's functions into `window.tidemark`, one function per
 * operation, and takes the functions themselves away. It is sent as text, so it uses nothing from outside itself.
 */
export function installPageBridge(options: PageBridgeOptions): void {
  const scope = globalThis as unknown as PageScope;
  const send = scope[options.callName] as (text: string) => Promise<string>;
  const stop = scope[options.cancelName] as (callId: string) => Promise<void>;
  const open = scope[options.openName] as (text: string) => Promise<string>;
  delete scope[options.callName];
  delete scope[options.cancelName];
  delete scope[options.openName];
  if (scope.top !== globalThis || scope.location.origin !== options.origin) {
    return;
  }

  const operations: Record<string, (input: unknown, callId: string) => Promise<Result<unknown>>> = {};
  for (const operation of options.operations) {
    operations[operation] = async (input, callId) =>
      JSON.parse(await send(JSON.stringify({ operation, input, callId: String(callId) })));
  }

  const listeners = new Set<(event: EngineEvent) => void>();
  Object.defineProperty(globalThis, options.eventName, {
    value: (event: EngineEvent) => {
      for (const listener of [...listeners]) {
        listener(event);
      }
    },
  });

  const bridge: Bridge = Object.freeze({
    operations: Object.freeze(operations) as Bridge['operations'],
    cancel: (callId: string) => stop(String(callId)),
    subscribe: (listener: (event: EngineEvent) => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    host: Object.freeze({
      kind: 'window' as const,
      openWritten: async (request: OpenWritten) => JSON.parse(await open(JSON.stringify(request))) as Result<null>,
    }),
  });
  Object.defineProperty(globalThis, 'tidemark', { value: bridge });
}

/** Runs in the page: hands one event to its listeners. A page that is still loading has none. */
export function deliverEvent({ name, event }: { readonly name: string; readonly event: EngineEvent }): void {
  const deliver = (globalThis as unknown as Record<string, ((event: EngineEvent) => void) | undefined>)[name];
  deliver?.(event);
}
