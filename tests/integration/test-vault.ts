import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { createEngine, type Engine } from '#main/engine/index.ts';
import { readKeyring } from '#main/services/vault/keyring.ts';
import { openUserKeys, unwrapPrivateKey } from '#main/services/vault/keys.ts';
import type { VaultKeys } from '#main/services/vault/open-vault.ts';
import { type Connection, openConnection } from '#main/store/connection.ts';
import { storeFile } from '#main/store/vault-store.ts';
import type { InputOf, OperationName, OutputOf } from '#shared/contract/index.ts';
import type { AppError, Result } from '#shared/domain/result.ts';
import type { Role } from '#shared/domain/roles.ts';

export const passphrase = 'seven lamps beside the harbour';
export const user = 'tester';

/** A folder of its own for a test file, removed when its tests are done. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `tidemark-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export type Session = {
  readonly engine: Engine;
  /** The answer, or a failed test. */
  readonly call: <Name extends OperationName>(name: Name, input: InputOf<Name>) => Promise<OutputOf<Name>>;
  /** The error, or a failed test. */
  readonly refused: (name: string, input: unknown) => Promise<AppError>;
};

let calls = 0;

export function newSession(now?: () => number, resumeWatching = false, scheduledBackups = false): Session {
  const engine = createEngine({
    settingsFolder: null,
    idleLock: false,
    resumeWatching,
    scheduledBackups,
    ...(now ? { now } : {}),
  });
  const send = (operation: string, input: unknown): Promise<Result<unknown>> => {
    calls += 1;
    return engine.call({ operation, input, callId: `call ${calls}` });
  };
  return {
    engine,
    call: async (name, input) => {
      const result = await send(name, input);
      expect(result.ok ? null : result.error, name).toBeNull();
      return (result as Extract<typeof result, { ok: true }>).value as never;
    },
    refused: async (name, input) => {
      const result = await send(name, input);
      expect(result.ok, `${name} was not refused`).toBe(false);
      return (result as Extract<typeof result, { ok: false }>).error;
    },
  };
}

/** A session on a new vault. Its keys take a good half second to make: share one, or copy its folder. */
export async function newVault(
  folder: string,
  roles: readonly Role[] = ['analyst'],
): Promise<Session & { readonly recovery: { readonly vaultKey: string; readonly clinicKey: string } }> {
  const session = newSession();
  const { recovery } = await session.call('vault.create', { folder, user, roles: [...roles], passphrase });
  return { ...session, recovery };
}

export async function unlocked(folder: string, as: string = user): Promise<Session> {
  const session = newSession();
  await session.call('vault.unlock', { folder, user: as, passphrase });
  return session;
}

export function copyVault(from: string, to: string): string {
  cpSync(from, to, { recursive: true });
  return to;
}

export function writeText(file: string, text: string | Uint8Array): string {
  writeFileSync(file, text);
  return file;
}

/** What a user's passphrase opens of a vault and its copies. */
export async function keysOf(folder: string, as: string = user): Promise<VaultKeys> {
  const { body } = readKeyring(folder);
  const slot = body.users.find(({ name }) => name === as)!;
  const privateKey = await unwrapPrivateKey(slot, passphrase);
  return openUserKeys(body, slot, privateKey!);
}

export async function dataKeyOf(folder: string): Promise<Buffer> {
  return (await keysOf(folder)).dataKey;
}

/** Looks into the store of a vault, beside whoever has it open. */
export function withStore<T>(folder: string, dataKey: Uint8Array, look: (connection: Connection) => T): T {
  const connection = openConnection(storeFile(folder), dataKey);
  try {
    return look(connection);
  } finally {
    connection.close();
  }
}

/** A CSV file of these lines. */
export function csvFile(folder: string, name: string, header: string, lines: readonly string[]): string {
  return writeText(join(folder, name), `${[header, ...lines].join('\n')}\n`);
}

/** One hash over every row of every table that holds extracts or what lies beside them. */
export function contentHash(connection: Connection, except: readonly string[] = ['audit', 'packed']): string {
  const hash = createHash('sha256');
  const tables = connection
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all()
    .filter((name) => !except.includes(name));
  for (const table of tables) {
    hash.update(`\n${table}\n`);
    for (const row of connection.prepare(`SELECT * FROM "${table}"`).raw().iterate()) hash.update(JSON.stringify(row));
  }
  return hash.digest('hex');
}
