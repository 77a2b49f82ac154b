import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { AuditEvent } from '#main/store/audit-log.ts';
import { createVaultStore, type VaultStore } from '#main/store/vault-store.ts';

export const dataKey = new Uint8Array(32).fill(7);

/** What a test's writes are recorded as. */
export const event: AuditEvent = { at: '2026-04-01T09:00:00.000Z', user: 'tester', action: 'test', outcome: 'done' };

const open: { readonly folder: string; store: VaultStore | null }[] = [];

afterEach(() => {
  for (const { folder, store } of open.splice(0)) {
    store?.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** A folder that is gone after the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-store-'));
  open.push({ folder, store: null });
  return folder;
}

/** A real, encrypted, migrated store, closed and deleted after the test. */
export function newStore(): VaultStore {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-store-'));
  const entry: (typeof open)[number] = { folder, store: null };
  open.push(entry);
  entry.store = createVaultStore(folder, dataKey, event, () => undefined);
  return entry.store;
}
