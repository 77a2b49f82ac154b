import { homedir } from 'node:os';
import { type Browser, chromium } from 'playwright-core';
import { chooseSandbox } from '#main/window/browser-sandbox.ts';
import { findBrowser } from '#main/window/find-browser.ts';

const found = findBrowser({ platform: process.platform, environment: process.env, home: homedir() });
const sandbox = chooseSandbox(process.getuid?.(), process.env);

/** Why no browser can be opened here, with what mends it; null where one can. */
export function browserObstacle(): string | null {
  if (!found.ok) return found.error.hint;
  return sandbox.ok ? null : sandbox.error.message;
}

/** The browser that the app would be shown in, without the app: for files that are read outside it. */
export function openPlainBrowser(): Promise<Browser> {
  if (!found.ok || !sandbox.ok) throw new Error('there is no browser to open');
  return chromium.launch({ executablePath: found.value, chromiumSandbox: sandbox.value });
}
