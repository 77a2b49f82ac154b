import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { createEngine, type Engine } from '#main/engine/index.ts';
import { chooseSandbox } from '#main/window/browser-sandbox.ts';
import { findBrowser } from '#main/window/find-browser.ts';
import { type HostWindow, openWindow } from '#main/window/open-window.ts';
import type { Result } from '#shared/domain/result.ts';

const rendererFolder = join(import.meta.dirname, '../../out/renderer');
const screens = join(import.meta.dirname, '../../test-results/screens');

/** Why the browser tests cannot run here, with the one line that mends it; null where they can. */
export function obstacle(): string | null {
  const browser = findBrowser({ platform: process.platform, environment: process.env, home: homedir() });
  if (!browser.ok) return browser.error.hint;
  const sandbox = chooseSandbox(process.getuid?.(), process.env);
  if (!sandbox.ok) return sandbox.error.message;
  return existsSync(join(rendererFolder, 'index.html')) ? null : 'the renderer is not built: npm run build';
}

export type App = {
  readonly page: Page;
  readonly folder: string;
  /** The engine behind the page, for what a test needs and the page is not asked to show. */
  readonly engine: Engine;
  /** What the engine answers beside the page; a failed test where it refuses. */
  readonly call: <Answer = never>(operation: string, input: unknown) => Promise<Answer>;
  /** What the page complained about: script errors and breaches of the content policy. */
  readonly complaints: readonly string[];
  readonly window: HostWindow;
  readonly close: () => Promise<void>;
};

/** The app as a person would have it: the built renderer, the real engine, a real browser over its pipe. */
export async function openApp(folder: string = mkdtempSync(join(tmpdir(), 'tidemark-e2e-'))): Promise<App> {
  const engine: Engine = createEngine({ settingsFolder: join(folder, 'settings'), idleLock: false });
  const window = await openWindow({ engine, rendererFolder, headless: true, temporaryFolder: folder });
  const { page } = window;
  const complaints: string[] = [];
  let calls = 0;
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.setViewportSize({ width: 1360, height: 860 });
  page.setDefaultTimeout(15_000);
  return {
    page,
    folder,
    engine,
    call: async (operation, input) => {
      calls += 1;
      const answer: Result<unknown> = await engine.call({ operation, input, callId: `test ${calls}` });
      expect(answer.ok ? null : answer.error, operation).toBeNull();
      return (answer as Extract<typeof answer, { ok: true }>).value as never;
    },
    complaints,
    window,
    close: async () => {
      await window.close();
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Makes a vault on screen in `vault` of the app's folder, for alice in the roles that are offered, and waits for its overview. */
export async function createVault({ page, folder }: App, passphrase: string): Promise<void> {
  await page.getByRole('button', { name: 'Create a vault…' }).click();
  await page.getByLabel('Folder of the new vault').fill(join(folder, 'vault'));
  await page.getByLabel('User name').fill('alice');
  for (const field of await page.locator('input[type=password]').all()) await field.fill(passphrase);
  await page.getByRole('button', { name: 'Create the vault' }).click();
  await page.getByText('Put these two keys away').waitFor();
  await page.getByRole('checkbox').check();
  await page.getByRole('button', { name: 'Go to the vault' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
}

export type Violation = { readonly theme: string; readonly rule: string; readonly nodes: readonly string[] };

/** Looks at the page in both themes: a screenshot of each to look at, and what axe finds. */
export async function lookAtPlace(app: App, name: string): Promise<Violation[]> {
  mkdirSync(screens, { recursive: true });
  const violations: Violation[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await app.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    // Charts are drawn anew for the theme.
    await app.page.waitForTimeout(400);
    await app.page.screenshot({ path: join(screens, `${name}-${theme}.png`) });
    // In legacy mode axe opens no page of its own, which the host would close.
    const { violations: found } = await new AxeBuilder({ page: app.page }).setLegacyMode(true).analyze();
    violations.push(
      ...found.map((rule) => ({ theme, rule: rule.id, nodes: rule.nodes.map((node) => node.target.join(' ')) })),
    );
  }
  await app.page.emulateMedia({ colorScheme: 'light' });
  return violations;
}

/** Looks at a page that is longer than the window, drawn out so that nothing of it is left out. */
export async function lookAtWholePlace(app: App, name: string, heightPx: number): Promise<Violation[]> {
  await app.page.setViewportSize({ width: 1280, height: heightPx });
  await app.page.waitForTimeout(500);
  const found = await lookAtPlace(app, name);
  await app.page.setViewportSize({ width: 1280, height: 860 });
  return found;
}

/** Chooses a path in the app's own folder browser. */
export async function choosePath(page: Page, folder: string, name: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Folder', { exact: true }).fill(folder);
  await page.keyboard.press('Enter');
  await dialog.getByText(name, { exact: true }).first().click();
  await dialog.getByRole('button', { name: 'Choose file' }).click();
}

/** Chooses a folder in the app's own folder browser. */
export async function chooseFolder(page: Page, folder: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Folder', { exact: true }).fill(folder);
  await page.keyboard.press('Enter');
  // Only folders are listed here; the report's has none, so there is nothing to wait for but the listing itself.
  await page.waitForTimeout(1_000);
  await dialog.getByRole('button', { name: 'Choose this folder' }).click();
}
