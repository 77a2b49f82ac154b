import { randomUUID } from 'node:crypto';
import { createEngine } from '#main/engine/index.ts';

/** A process of its own that screens until it is killed, and says each record once it is kept: vault, user, passphrase, review. */
const [, , folder, user, passphrase, review] = process.argv;
const engine = createEngine({ settingsFolder: null, idleLock: false });

async function call<Value>(operation: string, input: unknown): Promise<Value> {
  const result = await engine.call({ operation, input, callId: randomUUID() });
  if (!result.ok) throw new Error(result.error.message);
  return result.value as Value;
}

await call('vault.unlock', { folder, user, passphrase });
const { records } = await call<{ records: readonly { record: number }[] }>('reviews.next', {
  ...{ review, stage: 'title', limit: 50 },
});
for (const { record } of records) {
  const decision = record % 3 === 0 ? 'exclude' : 'include';
  await call('reviews.decide', { review, stage: 'title', record, decision });
  process.stdout.write(`${record} ${decision}\n`);
}
// Stays until it is killed, so that no kill comes too late to be one.
setInterval(() => undefined, 60_000);
