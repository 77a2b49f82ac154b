import { createEngine } from '#main/engine/index.ts';
import { ExpectedError, exitCodeFor } from '#shared/domain/result.ts';
import { type HostWindow, openWindow } from './open-window.ts';
import { settingsFolder } from './settings-folder.ts';

export type RunWindowOptions = {
  /** Folder of the built renderer. */
  readonly rendererFolder: string;
  readonly vault: string | null;
  readonly headless?: boolean;
  /** Says one line to the person at the terminal. */
  readonly say: (line: string) => void;
};

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * The window host as a program: opens the window and lives until it is closed, or until a signal or a fault closes it.
 * @returns the exit code of `command-line.md`: 0 closed, 1 fault, else by the error.
 */
export async function runWindow(options: RunWindowOptions): Promise<number> {
  const engine = createEngine({
    settingsFolder: settingsFolder(),
    idleLock: true,
    resumeWatching: true,
    scheduledBackups: true,
  });
  const endings = waitForEnding();
  try {
    const window = await openWindow({
      engine,
      rendererFolder: options.rendererFolder,
      headless: options.headless === true,
      ...(options.vault === null ? {} : { vault: options.vault }),
    });
    return await endOf(window, endings.ended, options.say);
  } catch (error) {
    if (!(error instanceof ExpectedError)) {
      throw error;
    }
    options.say(`${error.error.message} ${error.error.hint}`);
    return exitCodeFor(error.error.code);
  } finally {
    endings.stop();
    await engine.close();
  }
}

type Ending = 'signal' | 'fault';

const faultWords: Readonly<Record<'crashed' | 'fault', string>> = {
  crashed: 'The browser’s page stopped working, so the window was closed.',
  fault: 'Something in Tidemark went wrong, so the window was closed.',
};

async function endOf(window: HostWindow, ended: Promise<Ending>, say: (line: string) => void): Promise<number> {
  const ending = await Promise.race([window.closed, ended]);
  await window.close();
  if (ending === 'closed' || ending === 'signal') {
    return 0;
  }
  say(`${faultWords[ending]} The vault is locked; work that had not finished was left out. Start Tidemark again.`);
  return 1;
}

/** Turns signals and uncaught errors into an orderly end. The error itself is not shown: it could hold a value. */
function waitForEnding(): { readonly ended: Promise<Ending>; readonly stop: () => void } {
  const { promise, resolve } = Promise.withResolvers<Ending>();
  const onSignal = () => resolve('signal');
  const onFault = () => resolve('fault');
  for (const signal of signals) {
    process.on(signal, onSignal);
  }
  process.on('uncaughtException', onFault);
  process.on('unhandledRejection', onFault);
  return {
    ended: promise,
    stop: () => {
      for (const signal of signals) {
        process.off(signal, onSignal);
      }
      process.off('uncaughtException', onFault);
      process.off('unhandledRejection', onFault);
    },
  };
}
