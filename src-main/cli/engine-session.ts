import { randomUUID } from 'node:crypto';
import { createEngine, type Engine } from '#main/engine/index.ts';
import type { InputOf, OperationName, OutputOf } from '#shared/contract/index.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { type Arguments, pathOf } from './arguments.ts';
import { endProgress, say, showProgress } from './output.ts';
import { credentials } from './secrets.ts';

/** The engine as a command uses it: a call that fails throws its expected error. */
export type Caller = {
  readonly call: <Name extends OperationName>(operation: Name, input: InputOf<Name>) => Promise<OutputOf<Name>>;
  readonly subscribe: Engine['subscribe'];
};

/** Runs a command's calls on an engine of its own, cancels them on Ctrl+C, and locks the vault whatever happens. */
export async function withEngine<T>(work: (caller: Caller) => Promise<T>): Promise<T> {
  const engine: Engine = createEngine({ settingsFolder: null, idleLock: false });
  let current = '';
  engine.subscribe((event) => {
    if (event.type === 'progress') showProgress(event.progress);
  });
  const interrupt = (): void => engine.cancel(current);
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    return await work({
      subscribe: engine.subscribe,
      call: async (operation, input) => {
        current = randomUUID();
        const result = await engine.call({ operation, input, callId: current });
        endProgress();
        if (!result.ok) {
          const { code, message, hint, params } = result.error;
          throw new ExpectedError(code, message, hint, params);
        }
        return result.value as never;
      },
    });
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await engine.close();
  }
}

function clockWarning(at: string): string {
  return `Check the clock of this machine: the audit log holds an event of ${at}, which it has not reached. Nothing is lost; the log keeps its order by number.`;
}

/** The same with the vault of the command unlocked. */
export function withVault<T>(args: Arguments, folder: string, work: (caller: Caller) => Promise<T>): Promise<T> {
  const { user, passphrase } = credentials(args);
  return withEngine(async (caller) => {
    const { session } = await caller.call('vault.unlock', { folder: pathOf(folder), user, passphrase });
    if (session.clockBehind !== null) say(clockWarning(session.clockBehind));
    return work(caller);
  });
}
