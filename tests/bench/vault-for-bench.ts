import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine, type Engine } from '#main/engine/index.ts';
import type { InputOf, OperationName, OutputOf } from '#shared/contract/index.ts';

export const passphrase = 'a passphrase for the bench only';
export const user = 'bench';

/** Calls the engine and throws where the call fails, so that no bench measures a refusal. */
export async function call<Name extends OperationName>(
  engine: Engine,
  operation: Name,
  input: InputOf<Name>,
): Promise<OutputOf<Name>> {
  const result = await engine.call({ operation, input, callId: `${operation} ${Math.random()}` });
  if (!result.ok) throw new Error(`${operation}: ${result.error.message}`);
  return result.value as OutputOf<Name>;
}

/** A new vault in `folder` with the people of a file imported; the engine has it unlocked. */
export async function vaultWithPeople(folder: string, peopleFile: string): Promise<Engine> {
  rmSync(folder, { recursive: true, force: true });
  const engine = createEngine({ settingsFolder: null, idleLock: false });
  await call(engine, 'vault.create', { folder, user, roles: ['analyst'], passphrase, synthetic: true });
  await call(engine, 'imports.load', { file: peopleFile, kind: 'people', mapping: null });
  return engine;
}

/** Prints what a child process measured, as its only line. */
export function report(values: Readonly<Record<string, number>>): void {
  writeFileSync(1, `${JSON.stringify(values)}\n`);
}

export function benchFile(folder: string, name: string): string {
  return join(folder, name);
}
