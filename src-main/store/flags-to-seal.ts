import { queries } from './drizzle.ts';
import { createBatchSafetyWriter } from './import-sides.ts';
import { safeguardingToSeal } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

export type FlagToSeal = typeof safeguardingToSeal.$inferSelect;

/**
 * Puts flags that an older vault held in clear among the sealed safety answers, and forgets them in clear. Gives how many there
 * were; those already sealed with their row stay as they are.
 */
export function sealFlags(
  transaction: WriteTransaction,
  receivedAt: string,
  seal: (flag: FlagToSeal) => Uint8Array,
): number {
  const waiting = queries(transaction.connection).select().from(safeguardingToSeal).all();
  if (waiting.length === 0) return 0;
  const add = createBatchSafetyWriter(transaction, receivedAt);
  for (const flag of waiting) add(flag.batchId, { row: flag.row, part: 0, day: flag.givenDay, box: seal(flag) });
  queries(transaction.connection).delete(safeguardingToSeal).run();
  return waiting.length;
}
