import { randomUUID } from 'node:crypto';
import { createEngine } from '#main/engine/index.ts';

/** A process of its own that erases a person and may be killed: vault, user, passphrase, pseudonym. */
const [, , folder, user, passphrase, person] = process.argv;
const engine = createEngine({ settingsFolder: null, idleLock: false });

async function call(operation: string, input: unknown): Promise<Readonly<Record<string, unknown>>> {
  const result = await engine.call({ operation, input, callId: randomUUID() });
  if (!result.ok) throw new Error(result.error.message);
  return result.value as Readonly<Record<string, unknown>>;
}

await call('vault.unlock', { folder, user, passphrase });
const { id } = await call('rights.requestErasure', { person, reason: 'asked to be erased' });
process.stdout.write('erasing\n');
await call('rights.erase', { request: id, confirm: person });
process.stdout.write('erased\n');
// Stays until it is killed, so that no kill comes too late to be one.
setInterval(() => undefined, 60_000);
