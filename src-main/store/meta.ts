import type { Connection } from './connection.ts';
import { eq, queries } from './drizzle.ts';
import { meta } from './schema.ts';
import type { WriteTransaction } from './vault-store.ts';

/** A fact about the vault itself, or null. */
export function readMeta({ connection }: { readonly connection: Connection }, key: string): string | null {
  return queries(connection).select().from(meta).where(eq(meta.key, key)).get()?.value ?? null;
}

export function writeMeta({ connection }: WriteTransaction, key: string, value: string): void {
  queries(connection)
    .insert(meta)
    .values({ key, value })
    .onConflictDoUpdate({ target: meta.key, set: { value } })
    .run();
}
