import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from '#main/engine/index.ts';
import { chooseSandbox } from '#main/window/browser-sandbox.ts';
import { findBrowser } from '#main/window/find-browser.ts';
import { type HostWindow, openWindow } from '#main/window/open-window.ts';
import type { Result } from '#shared/domain/result.ts';
import { browserProcesses, filesWith, listeningSockets } from './process-inspection.ts';

const browser = findBrowser({ platform: process.platform, environment: process.env, home: homedir() });
const sandbox = chooseSandbox(process.getuid?.(), process.env);
const obstacle = !browser.ok ? browser.error.hint : !sandbox.ok ? sandbox.error.message : null;
const fixtures = join(import.meta.dirname, '../fixtures/window-host');
const built = join(import.meta.dirname, '../../out/renderer');

const bench = mkdtempSync(join(tmpdir(), 'tidemark-window-host-'));
afterAll(() => {
  rmSync(bench, { recursive: true, force: true });
});

describe.skipIf(obstacle !== null)(
  `the window host in a real browser${obstacle === null ? '' : ` (${obstacle})`}`,
  () => {
    let engine: Engine;
    let window: HostWindow;

    beforeAll(async () => {
      engine = createEngine({ settingsFolder: join(bench, 'settings'), idleLock: false });
      window = await openWindow({
        engine,
        rendererFolder: join(fixtures, 'page'),
        headless: true,
        vault: '/a & b/vault',
        temporaryFolder: bench,
      });
    });
    afterAll(async () => {
      await window.close();
      await engine.close();
    });

    /** Runs one function of the fixture page's `probe`. */
    const probe = <T>(name: string, ...given: readonly unknown[]): Promise<T> =>
      window.page.evaluate(`probe.${name}(...${JSON.stringify(given)})`);
    const call = (operation: string, input: unknown) => probe<Result<unknown>>('call', operation, input);

    it('shows the page under the content policy, without one violation', async () => {
      expect(window.page.url()).toBe('https://tidemark.invalid/?vault=%2Fa%20%26%20b%2Fvault');
      expect(await probe('headingColour')).toBe('rgb(0, 128, 128)');
      expect(await probe('violations')).toEqual([]);
      expect(window.blockedRequests()).toBe(0);
    });

    it('answers calls through the engine', async () => {
      expect(await call('vault.state', {})).toMatchObject({ ok: true, value: { session: null } });
      expect(await call('vault.state', { surprise: 1 })).toMatchObject({ ok: false });
      expect(await call('overview.get', {})).toMatchObject({ ok: false, error: { code: 'LOCKED' } });
    });

    it('gives the page the bridge and nothing else', async () => {
      // The one hidden name is where the host leaves events.
      expect(await probe('bridge')).toEqual({ host: { kind: 'window' }, frozen: true, seen: [], hidden: 1 });
    });

    it('refuses too many calls at once', async () => {
      await setTimeout(1_050);
      const answers = await probe<readonly Result<unknown>[]>('manyCalls', 230);
      const refused = answers.filter((answer) => !answer.ok);
      expect(refused).toHaveLength(30);
      expect(refused[0]).toMatchObject({ error: { code: 'THROTTLED' } });
      await setTimeout(1_050);
    });

    it('denies every permission but writing to the clipboard', async () => {
      const names = [
        'geolocation',
        'notifications',
        'clipboard-read',
        'camera',
        'microphone',
        'midi',
        'clipboard-write',
      ];
      const states = await probe('permissions', names);
      expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied', 'denied', 'granted']);
    });

    it('lets nothing leave, and stays where it is', async () => {
      const { page } = window;
      const before = page.url();
      expect(await probe('reachOut')).toEqual({
        fetchElsewhere: 'stopped',
        fetchOwn: 'stopped',
        image: 'stopped',
        script: 'stopped',
        evaluate: 'stopped',
      });
      await probe('leave');
      await expect.poll(window.blockedRequests).toBeGreaterThanOrEqual(1);
      await setTimeout(500);
      const session = await page.context().newCDPSession(page);
      await expect
        .poll(async () => (await session.send('Target.getTargets')).targetInfos.filter(({ type }) => type === 'page'))
        .toHaveLength(1);
      expect(page.url()).toBe(before);
      expect(await page.locator('h1').textContent()).toBe('Window host');
    });

    it('opens no port', () => {
      const processes = [process.pid, ...browserProcesses(window.profileFolder)];
      expect(processes.length).toBeGreaterThan(2);
      expect(listeningSockets(processes)).toEqual([]);
    });

    it('writes nothing of what was typed, called or visited into its profile', async () => {
      const { page, profileFolder } = window;
      await page.locator('#note').fill('ZEBRAtyped');
      await page.keyboard.press('Enter');
      await call('host.listFolder', { folder: '/ZEBRAcalled' });
      await probe('setHash', 'ZEBRAvisited');
      await setTimeout(3_000);
      expect(filesWith(profileFolder, 'ZEBRA')).toEqual([]);
      const control = join(profileFolder, 'control');
      writeFileSync(control, Buffer.from('x ZEBRA', 'utf16le'));
      expect(filesWith(profileFolder, 'ZEBRA')).toEqual([control]);
      rmSync(control);
    });

    it('loads the page afresh when the vault locks itself', async () => {
      const folder = join(bench, 'vault');
      const created = await call('vault.create', {
        folder,
        user: 'Ada',
        roles: ['administrator', 'analyst'],
        passphrase: 'lantern harbour crossing nine',
      });
      expect(created).toMatchObject({ ok: true, value: { session: { user: 'Ada' } } });
      await engine.lock('idle');
      await window.page.waitForURL('https://tidemark.invalid/?locked=idle');
      expect(await call('vault.state', {})).toMatchObject({ ok: true, value: { session: null } });
    });

    it('locks the vault and removes its profile when the window is closed', async () => {
      const own = createEngine({ settingsFolder: join(bench, 'settings-2'), idleLock: false });
      const second = await openWindow({
        engine: own,
        rendererFolder: join(fixtures, 'page'),
        headless: true,
        temporaryFolder: bench,
      });
      const envelope = { operation: 'vault.unlock', callId: 'unlock-1' };
      const input = { folder: join(bench, 'vault'), user: 'Ada', passphrase: 'lantern harbour crossing nine' };
      expect(await own.call({ ...envelope, input })).toMatchObject({ ok: true });
      expect(statSync(second.profileFolder).mode & 0o777).toBe(0o700);
      await second.page.close();
      await second.closed;
      expect(existsSync(second.profileFolder)).toBe(false);
      expect(await own.call({ operation: 'vault.state', input: {}, callId: 'state-1' })).toMatchObject({
        ok: true,
        value: { session: null },
      });
      await own.close();
    });

    it('refuses in words a program that is not a browser it can drive', async () => {
      const opening = openWindow({
        engine,
        rendererFolder: join(fixtures, 'page'),
        headless: true,
        browser: process.platform === 'win32' ? process.execPath : '/bin/false',
        temporaryFolder: bench,
      });
      await expect(opening).rejects.toMatchObject({ error: { hint: expect.stringContaining('No vault was opened') } });
      expect(
        readdirSync(bench).filter(
          (name) => name.startsWith('tidemark-window-') && !window.profileFolder.endsWith(name),
        ),
      ).toEqual([]);
    });

    it.skipIf(!existsSync(join(built, 'index.html')))('shows the real pages without one violation', async () => {
      const own = createEngine({ settingsFolder: join(bench, 'settings-3'), idleLock: false });
      const real = await openWindow({ engine: own, rendererFolder: built, headless: true, temporaryFolder: bench });
      const complaints: string[] = [];
      real.page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      try {
        await real.page.reload();
        await real.page.getByRole('heading', { level: 1 }).waitFor();
        await setTimeout(500);
      } finally {
        await real.close();
      }
      expect(complaints).toEqual([]);
      expect(real.blockedRequests()).toBe(0);
      await own.close();
    });
  },
);

describe.skipIf(obstacle !== null || process.platform === 'win32')('the window host ended from outside', () => {
  const left = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('tidemark-window-'));

  async function started(folder: string) {
    const child = spawn(process.execPath, [join(fixtures, 'run-headless.ts')], {
      env: { ...process.env, TMPDIR: folder, XDG_CONFIG_HOME: join(folder, 'config'), NODE_OPTIONS: '' },
      stdio: 'ignore',
    });
    await expect
      .poll(() => left(folder).flatMap((name) => browserProcesses(join(folder, name))).length, { timeout: 20_000 })
      .toBeGreaterThan(2);
    await setTimeout(1_000);
    return child;
  }

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('goes in order on %s', async (signal) => {
    const folder = mkdtempSync(join(bench, 'signal-'));
    const child = await started(folder);
    child.kill(signal);
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
    expect(left(folder)).toEqual([]);
  });

  it('leaves no browser after SIGKILL, and its profile goes at the next start', async () => {
    const folder = mkdtempSync(join(bench, 'kill-'));
    const child = await started(folder);
    const [stale = ''] = left(folder);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await expect.poll(() => browserProcesses(join(folder, stale)), { timeout: 10_000 }).toEqual([]);
    expect(left(folder)).toEqual([stale]);
    const next = await started(folder);
    expect(left(folder)).toHaveLength(1);
    expect(left(folder)).not.toContain(stale);
    next.kill('SIGTERM');
    await once(next, 'exit');
    expect(left(folder)).toEqual([]);
  });
});
