import { spawn } from 'node:child_process';

export type DesktopExit = { readonly started: boolean; readonly code: number };

/** A process that fails sooner than this never showed a window. */
const startedAfterMilliseconds = 5_000;

/** Runs the desktop app until it is closed. */
export function runDesktop(program: string, root: string, vault: string | null): Promise<DesktopExit> {
  const startedAt = performance.now();
  const { ELECTRON_RUN_AS_NODE: _runAsNode, NODE_OPTIONS: _nodeOptions, ...environment } = process.env;
  const child = spawn(program, [root, ...(vault === null ? [] : [`--vault=${vault}`])], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: environment,
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve({ started: false, code: 1 }));
    child.once('exit', (code) => {
      const failed = code !== 0 && performance.now() - startedAt < startedAfterMilliseconds;
      resolve({ started: !failed, code: code ?? 1 });
    });
  });
}
