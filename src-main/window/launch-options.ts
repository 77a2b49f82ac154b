import { join } from 'node:path';
import { quietArguments } from '#shared/host/browser-switches.ts';

/** Playwright's own switches that loosen what a person's browser would keep. */
const loosening = [
  '--enable-automation',
  '--disable-popup-blocking',
  '--disable-ipc-flooding-protection',
  '--unsafely-disable-devtools-self-xss-warnings',
];

/** Playwright keeps shared memory, with what is on screen in it, in files of the temporary folder; `/dev/shm` is memory. */
const sharedMemoryOnDisk = '--disable-dev-shm-usage';

export type LaunchChoice = {
  readonly profileFolder: string;
  readonly executablePath: string;
  readonly sandbox: boolean;
  readonly headless: boolean;
};

/** How the browser is started: over a pipe (Playwright's only way without a port argument), as a window without address bar. */
export function launchOptions({ profileFolder, executablePath, sandbox, headless }: LaunchChoice) {
  return {
    executablePath,
    headless,
    chromiumSandbox: sandbox,
    // Where there is no sandbox there is a container, whose `/dev/shm` is too small.
    ignoreDefaultArgs: sandbox ? [...loosening, sharedMemoryOnDisk] : loosening,
    // Crash reports hold memory: they go, if ever, into the profile, and with it.
    env: {
      ...definedOnly(process.env),
      CHROME_CONFIG_HOME: profileFolder,
      BREAKPAD_DUMP_LOCATION: join(profileFolder, 'Crash Reports'),
    },
    args: [
      '--app=data:text/html,',
      '--window-size=1360,880',
      // Says nothing about an unsupported switch to the person at the screen; the sandbox is not touched by it.
      '--test-type=',
      '--disable-save-password-bubble',
      '--disable-translate',
      ...quietArguments,
    ],
    viewport: headless ? { width: 1_360, height: 880 } : null,
    acceptDownloads: false,
    serviceWorkers: 'block' as const,
    // The host ends the browser itself, so that the vault is locked and the profile removed first.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    timeout: 20_000,
  };
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Variables by which Playwright would write the traffic to a log, wait for a debugger or drive a browser elsewhere. */
const unwanted = /^(DEBUG|DEBUG_FILE|PWDEBUG|SELENIUM_REMOTE_.*|PLAYWRIGHT_CHROMIUM_.*)$/;

/** Removes them from an environment, before Playwright is loaded. */
export function quietEnvironment(environment: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(environment)) {
    if (unwanted.test(name)) {
      delete environment[name];
    }
  }
}
