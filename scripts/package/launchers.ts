import type { Target } from './targets.ts';

export type Launcher = { readonly name: string; readonly text: string };

/** What a person or a script starts: the app in a window, and the command line. Each runs on the runtime beside it. */
const programs = [
  { name: 'open-tidemark', module: 'open-window.mjs' },
  { name: 'tidemark', module: 'tidemark.mjs' },
] as const;

/** Programs at the head of an installation. They take no runtime from the machine, whose Node may be another. */
export function launchersOf({ os }: Target): readonly Launcher[] {
  return programs.map(({ name, module }) =>
    os === 'win32' ? { name: `${name}.cmd`, text: forWindows(module) } : { name, text: forShell(module) },
  );
}

function forShell(module: string): string {
  return [
    '#!/bin/sh',
    'here=$(CDPATH= cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd) || exit 1',
    `exec "$here/runtime/node" --no-memory-protection-keys "$here/app/bin/${module}" "$@"`,
    '',
  ].join('\n');
}

function forWindows(module: string): string {
  const lines = ['@echo off', `"%~dp0runtime\\node.exe" "%~dp0app\\bin\\${module}" %*`, 'exit /b %ERRORLEVEL%', ''];
  return lines.join('\r\n');
}
