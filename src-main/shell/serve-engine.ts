import type { Engine } from '#main/engine/index.ts';
import { ok } from '#shared/domain/result.ts';
import type { FromEngine, Port, ToEngine } from './engine-messages.ts';

/** Answers the shell's messages with an engine, made when the shell says where its settings are. */
export function serveEngine(port: Port<FromEngine, ToEngine>, createEngine: (settingsFolder: string) => Engine): void {
  let engine: Engine | null = null;
  port.onMessage((message) => {
    if (message.type === 'start') {
      engine ??= createEngine(message.settingsFolder);
      engine.subscribe((event) => port.post({ type: 'event', event }));
    } else if (engine !== null) {
      void answer(port, engine, message);
    }
  });
}

async function answer(
  port: Port<FromEngine, ToEngine>,
  engine: Engine,
  message: Exclude<ToEngine, { type: 'start' }>,
): Promise<void> {
  switch (message.type) {
    case 'call':
      port.post({ type: 'answer', id: message.id, result: await engine.call(message.envelope) });
      return;
    case 'cancel':
      engine.cancel(message.callId);
      return;
    case 'lock':
      await engine.lock(message.reason);
      port.post({ type: 'answer', id: message.id, result: ok(null) });
      return;
    case 'close':
      await engine.close();
      port.post({ type: 'answer', id: message.id, result: ok(null) });
  }
}
