import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AuditEvent } from '#main/store/audit-log.ts';
import { createVaultStore, type VaultStore } from '#main/store/vault-store.ts';

export const dataKey = new Uint8Array(32).fill(7);

/** What a test's writes are recorded as. */
export const event: AuditEvent = { at: '2026-04-01T09:00:00.000Z', user: 'tester', action: 'test', outcome: 'done' };

/** A folder that is gone after the test. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A real, encrypted, migrated store, closed and deleted after the test. */
export function newStore(): VaultStore {
  const store = createVaultStore(newFolder(), dataKey, event, () => undefined);
  // What was registered last is done first.
  onTestFinished(() => store.close());
  return store;
}
