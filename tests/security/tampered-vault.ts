import { join } from 'node:path';
import { beforeAll, expect } from 'vitest';
import { deriveKey } from '#main/crypto/wrap.ts';
import { checkStore } from '#main/store/check-store.ts';
import { openVaultStore } from '#main/store/vault-store.ts';
import { ExpectedError, exitCodeFor } from '#shared/domain/result.ts';
import {
  contentHash,
  copyVault,
  csvFile,
  dataKeyOf,
  newSession,
  newVault,
  passphrase,
  temporaryFolder,
  user,
  withStore,
} from '../integration/test-vault.ts';

export type Keys = { readonly dataKey: Buffer; readonly headKey: Buffer };

/** A vault with two batches in it, for copies to be damaged; keys and content are there once the tests run. */
export function intactVault(name: string) {
  const folder = temporaryFolder(name);
  const intact = join(folder, 'intact');
  const held: { keys: Keys | null; content: string } = { keys: null, content: '' };
  let copies = 0;

  beforeAll(async () => {
    const { call, engine } = await newVault(intact, ['analyst']);
    const lines = Array.from(
      { length: 3_000 },
      (_, at) => `P${at % 90},2026-01-${10 + (at % 20)}T${10 + (at % 13)}:00:00,RTC_FATAL,I${at}`,
    );
    const file = csvFile(folder, 'rows.csv', 'person_ref,occurred_at,category,incident_ref', lines);
    await call('imports.load', { file, kind: 'exposures', mapping: null });
    const rows = Array.from({ length: 90 }, (_, at) => `P${at},R,U,Name ${at}`);
    const people = csvFile(folder, 'people.csv', 'person_ref,role,unit,name', rows);
    await call('imports.load', { file: people, kind: 'people', mapping: null });
    await engine.close();
    const dataKey = await dataKeyOf(intact);
    held.keys = { dataKey, headKey: deriveKey(dataKey, 'tidemark audit head v1') };
    held.content = withStore(intact, dataKey, (connection) => contentHash(connection, []));
  });

  return {
    folder,
    intact,
    keys: (): Keys => held.keys!,
    content: (): string => held.content,
    copied: (): string => {
      copies += 1;
      return copyVault(intact, join(folder, `copy-${copies}`));
    },
    /** What opening and checking a store says: the code of its refusal, or null. */
    opened: (vault: string): string | null => openedWith(vault, held.keys!),
  };
}

function openedWith(vault: string, { dataKey, headKey }: Keys): string | null {
  try {
    const store = openVaultStore(vault, dataKey, () => undefined);
    try {
      checkStore(store, headKey, null);
      return null;
    } finally {
      store.close();
    }
  } catch (error) {
    if (error instanceof ExpectedError) return error.error.code;
    throw error;
  }
}

/** How unlocking a vault is refused; it must be. */
export async function refusedBy(
  vault: string,
): Promise<{ readonly code: string; readonly exit: number; readonly message: string }> {
  const session = newSession();
  const { code, message } = await session.refused('vault.unlock', { folder: vault, user, passphrase });
  expect((await session.call('vault.state', {})).session).toBeNull();
  return { code, message, exit: exitCodeFor(code) };
}
