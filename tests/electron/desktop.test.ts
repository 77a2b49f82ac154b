import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electronProgram } from '../../scripts/start/electron-runtime.ts';

const root = join(import.meta.dirname, '../..');
const program = electronProgram(root);
const obstacle =
  program === null
    ? 'the Electron runtime is not on this machine: node node_modules/electron/install.js fetches it'
    : existsSync(join(root, 'out/main/entry.js'))
      ? null
      : 'the app is not built: npm run build';

describe.skipIf(obstacle !== null)(`the desktop host${obstacle === null ? '' : ` (${obstacle})`}`, () => {
  const settings = mkdtempSync(join(tmpdir(), 'tidemark-desktop-'));
  let desktop: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    desktop = await _electron.launch({
      executablePath: program ?? '',
      args: [...sandbox, root],
      env: { ...process.env, XDG_CONFIG_HOME: settings, APPDATA: settings },
    });
    page = await desktop.firstWindow();
  });
  afterAll(async () => {
    await desktop.close();
    rmSync(settings, { recursive: true, force: true });
  });

  it('shows the app from its own protocol, over a bridge that answers', async () => {
    expect(page.url()).toBe('app://tidemark/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.evaluate("tidemark.operations['vault.state']({}, 'test-1')")).toMatchObject({ ok: true });
    expect(await page.evaluate('[tidemark.host.kind, typeof require, typeof process]')).toEqual([
      'desktop',
      'undefined',
      'undefined',
    ]);
  });

  it('keeps its session in memory', async () => {
    const persistent = await desktop.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map((window) => window.webContents.session.isPersistent()),
    );
    expect(persistent).toEqual([false]);
  });

  it('stays where it is and opens nothing', async () => {
    await page.evaluate("open('https://example.com/'); location.href = 'https://example.com/'");
    await page.evaluate("fetch('https://example.com/').catch(() => undefined)");
    expect(page.url()).toBe('app://tidemark/');
    expect(desktop.windows()).toHaveLength(1);
  });

  it('remembers where its window was', async () => {
    await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await expect.poll(() => existsSync(join(settings, 'Tidemark', 'window.json'))).toBe(true);
  });
});
