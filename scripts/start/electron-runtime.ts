import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const retryAfterDays = 7;
const dayMilliseconds = 24 * 60 * 60 * 1_000;

/** The Electron program that its package has fetched, or null. */
export function electronProgram(root: string): string | null {
  const folder = join(root, 'node_modules', 'electron');
  try {
    const program = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(program) ? program : null;
  } catch {
    return null;
  }
}

/** Whether fetching failed here within the last week, so that a machine without a network does not try at every start. */
export function failedLately(marker: string, nowMilliseconds: number): boolean {
  const failedAt = statSync(marker, { throwIfNoEntry: false })?.mtimeMs;
  return failedAt !== undefined && nowMilliseconds - failedAt < retryAfterDays * dayMilliseconds;
}

/**
 * Lets Electron's own package fetch its runtime, checked against the checksums it carries.
 * @param marker file whose presence remembers a failure.
 * @returns the program, or null where it could not be had within `limitSeconds`.
 */
export async function fetchElectron(root: string, marker: string, limitSeconds: number): Promise<string | null> {
  const installer = spawn(process.execPath, [join(root, 'node_modules', 'electron', 'install.js')], {
    stdio: 'ignore',
    timeout: limitSeconds * 1_000,
  });
  await new Promise<void>((resolve) => {
    installer.once('exit', () => resolve());
    installer.once('error', () => resolve());
  });
  const program = electronProgram(root);
  if (program === null) {
    remember(marker);
  } else {
    rmSync(marker, { force: true });
  }
  return program;
}

function remember(marker: string): void {
  try {
    mkdirSync(dirname(marker), { recursive: true, mode: 0o700 });
    writeFileSync(marker, 'The Electron runtime could not be fetched. Delete this file to have it tried again.\n');
  } catch {
    // Not remembered: the next start tries again.
  }
}
