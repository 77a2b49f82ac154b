import { accessSync, constants, statSync } from 'node:fs';
import { posix, win32 } from 'node:path';
import { fail, ok, type Result } from '#shared/domain/result.ts';

/** Chromium first, then Chrome, then Edge: the fewer services of its own a browser brings, the better. */
const linuxNames = [
  'chromium',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
  // On Ubuntu this is a snap, which cannot read a private folder under /tmp; it comes last.
  'chromium-browser',
] as const;
const linuxFolders = [
  '/usr/bin',
  '/usr/local/bin',
  '/opt/google/chrome',
  '/opt/microsoft/msedge',
  '/snap/bin',
] as const;
const macApplications = ['Chromium', 'Google Chrome', 'Microsoft Edge'] as const;
const windowsPrograms = [
  ['Chromium', 'Application', 'chrome.exe'],
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
] as const;

export type Machine = {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly home: string;
};

/**
 * The browser to drive: the one `TIDEMARK_BROWSER` names, else the first found in the usual places.
 * @returns an absolute path; `NO_SUCH_FILE` where the named one is not a program, `NOT_FOUND` where there is none.
 */
export function findBrowser(machine: Machine): Result<string> {
  const named = machine.environment.TIDEMARK_BROWSER;
  if (named !== undefined && named !== '') {
    return isProgram(named)
      ? ok(named)
      : fail(
          'NO_SUCH_FILE',
          'TIDEMARK_BROWSER does not name a program that can be run.',
          'Give it the full path of Chromium, Chrome or Edge, or unset it so that Tidemark looks in the usual places.',
        );
  }
  const found = usualPlaces(machine).find(isProgram);
  return found === undefined
    ? fail('NOT_FOUND', 'No Chromium, Chrome or Edge was found.', howToGetOne(machine))
    : ok(found);
}

/** Every place looked in, the preferred first. */
export function usualPlaces({ platform, environment, home }: Machine): readonly string[] {
  if (platform === 'win32') {
    const roots = [environment.LOCALAPPDATA, environment.PROGRAMFILES, environment['PROGRAMFILES(X86)']];
    const present = roots.filter((root): root is string => root !== undefined && root !== '');
    return windowsPrograms.flatMap((program) => present.map((root) => win32.join(root, ...program)));
  }
  if (platform === 'darwin') {
    const folders = ['/Applications', posix.join(home, 'Applications')];
    return macApplications.flatMap((name) =>
      folders.map((folder) => posix.join(folder, `${name}.app`, 'Contents', 'MacOS', name)),
    );
  }
  const onPath = (environment.PATH ?? '').split(':').filter((folder) => posix.isAbsolute(folder));
  const folders = [...new Set([...onPath, ...linuxFolders])];
  const names = [...linuxNames, 'chrome', 'msedge'];
  return names.flatMap((name) => folders.map((folder) => posix.join(folder, name)));
}

function howToGetOne({ platform }: Machine): string {
  if (platform === 'win32') {
    return 'Windows brings Edge with it: ask for it to be put back, or set TIDEMARK_BROWSER to the path of Chrome or Edge.';
  }
  if (platform === 'darwin') {
    return 'Install Chrome, Edge or Chromium in Applications, or set TIDEMARK_BROWSER to the path of one.';
  }
  return 'On Debian or Ubuntu: sudo apt-get install chromium. Or set TIDEMARK_BROWSER to the path of one.';
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
