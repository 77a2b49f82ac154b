import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export type HostKind = 'desktop' | 'window';

export type StartArguments = {
  /** Null: whichever can be had. */
  readonly host: HostKind | null;
  readonly demo: boolean;
  /** Absolute folder that the lock screen offers first. */
  readonly vault: string | null;
};

export const usage = 'Usage: npm start [-- [--demo] [--host window|desktop] [--vault FOLDER]]';

/**
 * @param workingFolder where the command was typed; relative folders start there.
 * @throws Error with one sentence for the person at the keyboard.
 */
export function readStartArguments(given: readonly string[], workingFolder: string): StartArguments {
  const { values } = parseArgs({
    args: [...given],
    options: { demo: { type: 'boolean' }, host: { type: 'string' }, vault: { type: 'string' } },
    allowPositionals: false,
  });
  const { host } = values;
  if (host !== undefined && host !== 'window' && host !== 'desktop') {
    throw new Error('--host is window or desktop.');
  }
  return {
    host: host ?? null,
    demo: values.demo ?? false,
    vault: values.vault === undefined ? null : resolve(workingFolder, values.vault),
  };
}
