import { z } from 'zod';
import { readMeta, writeMeta } from '#main/store/meta.ts';
import type { WriteTransaction } from '#main/store/vault-store.ts';
import type { WatchSettings } from '#shared/contract/watch.ts';
import type { OpenVault } from '../vault/index.ts';

const key = 'watched folder';

const rememberedSchema = z.strictObject({
  folder: z.string(),
  settleSeconds: z.number(),
  allowRejects: z.number(),
  /** Whether it is watched whenever an analyst has the vault unlocked. */
  on: z.boolean(),
});
export type RememberedWatch = WatchSettings & { readonly on: boolean };

/** What the vault remembers of its watched folder, or null. */
export function readRemembered({ store }: OpenVault): RememberedWatch | null {
  const text = readMeta(store, key);
  return text === null ? null : rememberedSchema.parse(JSON.parse(text));
}

export function writeRemembered(transaction: WriteTransaction, remembered: RememberedWatch): void {
  writeMeta(transaction, key, JSON.stringify(remembered));
}
