import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine } from '#main/engine/index.ts';
import { createEngineClient } from '#main/shell/engine-client.ts';
import type { FromEngine, Port, ToEngine } from '#main/shell/engine-messages.ts';
import { serveEngine } from '#main/shell/serve-engine.ts';
import type { EngineEvent } from '#shared/contract/index.ts';

let folder: string;
let line: MessageChannel;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-line-'));
  line = new MessageChannel();
});
afterEach(() => {
  line.port1.close();
  rmSync(folder, { recursive: true, force: true });
});

function end<Out, In>(port: MessagePort): Port<Out, In> {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', listener);
    },
  };
}

describe('the line between the shell and the engine’s process', () => {
  it('carries calls, answers, events, locking and closing', async () => {
    const events: EngineEvent[] = [];
    serveEngine(end<FromEngine, ToEngine>(line.port2), (settingsFolder) =>
      createEngine({ settingsFolder, idleLock: false }),
    );
    const client = createEngineClient(end<ToEngine, FromEngine>(line.port1), join(folder, 'settings'), (event) =>
      events.push(event),
    );
    const call = (operation: string, input: unknown) => client.call({ operation, input, callId: `${operation}-1` });

    const created = await call('vault.create', {
      folder: join(folder, 'vault'),
      user: 'Ada',
      roles: ['analyst'],
      passphrase: 'lantern harbour crossing nine',
    });
    expect(created).toMatchObject({ ok: true, value: { session: { user: 'Ada' } } });
    const answers = await Promise.all([call('vault.state', {}), call('no.such', {}), call('imports.list', {})]);
    expect(answers).toMatchObject([
      { ok: true, value: { session: { user: 'Ada' } } },
      { ok: false, error: { code: 'UNKNOWN_CALL' } },
      { ok: true, value: { batches: [] } },
    ]);

    await client.lock('screen');
    expect(events).toContainEqual({ type: 'locked', reason: 'screen', watching: false });
    expect(await call('vault.state', {})).toMatchObject({ ok: true, value: { session: null } });
    await client.close();
  });

  it('fails everything that waits, and all that follows, when the process has gone', async () => {
    const client = createEngineClient(end<ToEngine, FromEngine>(line.port1), folder, () => undefined);
    const waiting = client.call({ operation: 'vault.state', input: {}, callId: 'state-1' });
    client.gone();
    const later = client.call({ operation: 'vault.state', input: {}, callId: 'state-2' });
    for (const answer of [await waiting, await later]) {
      expect(answer).toMatchObject({ ok: false, error: { code: 'INTERNAL', hint: expect.stringContaining('locked') } });
    }
    await client.lock('asked');
    await client.close();
  });
});
