import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explainLaunchFailure } from '#main/window/launch-failure.ts';
import { launchOptions, quietEnvironment } from '#main/window/launch-options.ts';
import { settingsFolder } from '#main/window/settings-folder.ts';
import { sleptBetween } from '#main/window/sleep-watch.ts';

describe('how the browser is started', () => {
  const choice = { profileFolder: '/tmp/profile', executablePath: '/usr/bin/chromium', headless: false };
  const options = launchOptions({ ...choice, sandbox: true });

  it('opens no port and keeps the sandbox on', () => {
    expect(options.chromiumSandbox).toBe(true);
    expect(options.args.filter((argument) => /debugging|sandbox|user-data-dir/.test(argument))).toEqual([]);
  });

  it('resolves no name, uses no proxy, caches nothing, fetches nothing of its own', () => {
    expect(options.args).toEqual(
      expect.arrayContaining([
        '--app=data:text/html,',
        '--host-resolver-rules=MAP * ~NOTFOUND',
        '--no-proxy-server',
        '--disk-cache-size=1',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-crash-reporter',
        '--disable-sync',
      ]),
    );
  });

  it('leaves shared memory in memory and crash reports in the profile', () => {
    expect(options.ignoreDefaultArgs).toContain('--disable-dev-shm-usage');
    expect(launchOptions({ ...choice, sandbox: false }).ignoreDefaultArgs).not.toContain('--disable-dev-shm-usage');
    expect(options.env).toMatchObject({
      BREAKPAD_DUMP_LOCATION: join('/tmp/profile', 'Crash Reports'),
      CHROME_CONFIG_HOME: '/tmp/profile',
    });
  });

  it('takes away what would log the traffic or drive a browser elsewhere', () => {
    const environment = {
      DEBUG: 'pw:protocol',
      PWDEBUG: '1',
      SELENIUM_REMOTE_URL: 'http://x',
      PATH: '/bin',
      HOME: '/h',
    };
    quietEnvironment(environment);
    expect(environment).toEqual({ PATH: '/bin', HOME: '/h' });
  });
});

describe('a browser that cannot be driven', () => {
  it.each([
    ['[1:1:ERROR] DevTools remote debugging is disallowed by the system admin.', 'FORBIDDEN', 'policy'],
    ['Missing X server or $DISPLAY', 'NOT_FOUND', 'display'],
    ['FATAL:zygote_host_impl_linux.cc No usable sandbox!', 'FORBIDDEN', 'sandbox'],
    ['Timeout 20000ms exceeded.', 'FORBIDDEN', 'in time'],
    ['spawn ENOENT', 'INTERNAL', 'could not be started'],
  ])('is explained: %s', (text, code, words) => {
    const { error } = explainLaunchFailure(new Error(`browserType.launch: ${text}\n/home/someone/profile`));
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(error.hint).toContain('No vault was opened');
    expect(`${error.message}${error.hint}`).not.toContain('someone');
  });

  it('is told from the policy even when it then timed out', () => {
    const thrown = new Error('Timeout 20000ms exceeded.\nDevTools remote debugging is disallowed by the system admin.');
    expect(explainLaunchFailure(thrown).error.message).toContain('policy');
  });
});

describe('the settings folder', () => {
  it.each([
    ['linux', {}, '/home/a', '/home/a/.config/Tidemark'],
    ['linux', { XDG_CONFIG_HOME: '/conf' }, '/home/a', '/conf/Tidemark'],
    ['linux', { XDG_CONFIG_HOME: 'relative' }, '/home/a', '/home/a/.config/Tidemark'],
    ['darwin', {}, '/Users/a', '/Users/a/Library/Application Support/Tidemark'],
    ['win32', { APPDATA: 'D:\\Roaming' }, 'C:\\Users\\a', 'D:\\Roaming\\Tidemark'],
    ['win32', {}, 'C:\\Users\\a', 'C:\\Users\\a\\AppData\\Roaming\\Tidemark'],
  ] as const)('on %s with %j', (platform, environment, home, folder) => {
    expect(settingsFolder(platform, environment, home)).toBe(folder);
  });
});

describe('sleep', () => {
  it('is a jump of the clock that no busy minute explains', () => {
    expect(sleptBetween(0, 5_000)).toBe(false);
    expect(sleptBetween(0, 60_000)).toBe(false);
    expect(sleptBetween(0, 120_000)).toBe(true);
    expect(sleptBetween(120_000, 0)).toBe(false);
  });
});
