import { join } from 'node:path';
import { runWindow } from '#main/window/run-window.ts';
import { settingsFolder } from '#main/window/settings-folder.ts';
import { buildApp, isStale } from './start/built-app.ts';
import { findVault, makeDemo } from './start/demo-vault.ts';
import { runDesktop } from './start/desktop.ts';
import { electronProgram, failedLately, fetchElectron } from './start/electron-runtime.ts';
import { readStartArguments, type StartArguments, usage } from './start/start-arguments.ts';

const root = join(import.meta.dirname, '..');
const fetchLimitSeconds = 180;

process.exitCode = await start();

/** @returns the exit code: 0 done, 1 fault, 2 usage, 3 nothing to open the app with. */
async function start(): Promise<number> {
  let given: StartArguments;
  try {
    given = readStartArguments(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd());
  } catch (error) {
    say(`${error instanceof Error ? error.message : 'The arguments could not be read.'}\n${usage}`);
    return 2;
  }
  const vault = given.demo ? demoVault(given.vault ?? join(root, 'demo')) : given.vault;
  if (given.demo && vault === null) {
    say('The demo could not be made, so the app was not opened. What was made so far is in its folder.');
    return 1;
  }
  if (isStale(root)) {
    say('Building the app (once, about a minute)…');
    if (!buildApp(root)) {
      say('The app could not be built; the lines above say why. Nothing was opened.');
      return 1;
    }
  }
  return await open(given, vault);
}

async function open(given: StartArguments, vault: string | null): Promise<number> {
  if (given.host !== 'window') {
    const program = await electron(given.host === 'desktop');
    if (program !== null) {
      say('Opening the desktop app: the Electron runtime is here.');
      const exit = await runDesktop(program, root, vault);
      if (exit.started) {
        return exit.code;
      }
      say('Electron stopped before it could open its window (its sandbox may be blocked here).');
    }
    if (given.host === 'desktop') {
      say('The desktop host cannot be had on this machine. Leave out --host to open the window host instead.');
      return 3;
    }
  }
  const because = given.host === 'window' ? 'as asked' : 'because the Electron runtime is not on this machine';
  say(`Opening the window host, ${because}: the system’s own browser over a pipe, with no port and no history.`);
  return await runWindow({ rendererFolder: join(root, 'out', 'renderer'), vault, say });
}

async function electron(asked: boolean): Promise<string | null> {
  const marker = join(settingsFolder(), 'electron-not-fetched');
  const present = electronProgram(root);
  if (present !== null || (!asked && failedLately(marker, Date.now()))) {
    return present;
  }
  say(
    `Fetching the Electron runtime, about 120 MB, for at most ${fetchLimitSeconds} seconds (npm start -- --host window does without)…`,
  );
  const fetched = await fetchElectron(root, marker, fetchLimitSeconds);
  if (fetched === null) {
    say('It could not be fetched. It is tried again in a week, or with --host desktop.');
  }
  return fetched;
}

function demoVault(folder: string): string | null {
  const existing = findVault(folder);
  if (existing !== null) {
    return existing;
  }
  say('Making the demo: a synthetic force, its vault, the analyses and a report…');
  return makeDemo(root, folder) ? findVault(folder) : null;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
