import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import type { Opener } from '#main/engine/written-files.ts';

type Command = {
  readonly program: string;
  readonly words: readonly string[];
  /** False where the program’s exit code says nothing: Explorer ends with 1 when all is well. */
  readonly tellsFailure: boolean;
};

/**
 * The program that opens a file, or shows it in its folder. No shell is started, so nothing in a name is read as a command;
 * the path is absolute, so none is read as an option.
 */
export function openCommand(platform: NodeJS.Platform, path: string, how: 'open' | 'folder'): Command {
  if (platform === 'win32') {
    // Explorer reads its line itself: what is shown is quoted behind the comma. A Windows path holds no quote.
    const words = [how === 'open' ? `"${path}"` : `/select,"${path}"`];
    return { program: 'explorer.exe', words, tellsFailure: false };
  }
  if (platform === 'darwin') {
    return { program: 'open', words: how === 'open' ? [path] : ['-R', path], tellsFailure: true };
  }
  return { program: 'xdg-open', words: [how === 'open' ? path : dirname(path)], tellsFailure: true };
}

/** Some systems keep the opener running as long as what it opened. */
const longestWaitMs = 3_000;

/** By the system’s own program for it, or in its folder. Which files may be opened at all is decided before. */
export const openFile: Opener = (path, how) => {
  const { program, words, tellsFailure } = openCommand(process.platform, path, how);
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const child = spawn(program, words, { detached: true, stdio: 'ignore', windowsVerbatimArguments: true });
  const wait = setTimeout(() => resolve(true), longestWaitMs);
  child.once('error', () => resolve(false));
  child.once('exit', (code) => resolve(!tellsFailure || code === 0));
  child.unref();
  return promise.finally(() => clearTimeout(wait));
};
