import type { VaultStore, WriteTransaction } from './vault-store.ts';

/** A fact about the vault itself, or null. */
export function readMeta(store: VaultStore, key: string): string | null {
  return store.connection.prepare<[string], string>('SELECT value FROM meta WHERE key = ?').pluck().get(key) ?? null;
}

export function writeMeta({ connection }: WriteTransaction, key: string, value: string): void {
  connection.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run(key, value);
}
