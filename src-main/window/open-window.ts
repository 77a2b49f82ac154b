import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import type { BrowserContext, Frame, Page, Request, Route } from 'playwright-core';
import type { Engine } from '#main/engine/index.ts';
import { loadRendererFile } from '#main/engine/renderer-files.ts';
import { WrittenFiles } from '#main/engine/written-files.ts';
import { type EngineEvent, operationNames } from '#shared/contract/index.ts';
import { ExpectedError, fail, type Result } from '#shared/domain/result.ts';
import { isOwnUrl, windowOrigin } from '#shared/host/app-request.ts';
import { createCallGate } from '#shared/host/call-gate.ts';
import { createRefusalRecorder } from '#shared/host/refusal-recorder.ts';
import { startUrl } from '#shared/host/start-url.ts';
import { chooseSandbox } from './browser-sandbox.ts';
import { findBrowser } from './find-browser.ts';
import { explainLaunchFailure } from './launch-failure.ts';
import { launchOptions, quietEnvironment } from './launch-options.ts';
import { openFile } from './open-file.ts';
import { deliverEvent, installPageBridge } from './page-bridge.ts';
import { createProfile, removeProfile, removeProfileNow, removeStaleProfiles } from './profile.ts';
import { watchSleep } from './sleep-watch.ts';

export type OpenWindowOptions = {
  readonly engine: Engine;
  /** Folder of the built renderer, `out/renderer`. */
  readonly rendererFolder: string;
  readonly headless?: boolean;
  /** Path of the browser; found in the usual places when not given. */
  readonly browser?: string;
  /** Folder of the vault that the lock screen offers first. */
  readonly vault?: string;
  /** Where the profile's folder is made; the system's temporary folder when not given. */
  readonly temporaryFolder?: string;
  /** Called once the page has loaded. */
  readonly onReady?: (window: HostWindow) => void;
};

/** `crashed`: the page stopped working, so the window was closed. */
export type WindowEnd = 'closed' | 'crashed';

export type HostWindow = {
  readonly page: Page;
  readonly browser: string;
  readonly profileFolder: string;
  /** Requests that were not for the app and were stopped: how many so far. */
  readonly blockedRequests: () => number;
  /** Settles when the window has gone, the vault is locked and the profile is removed; says how it went. */
  readonly closed: Promise<WindowEnd>;
  readonly close: () => Promise<void>;
};

/**
 * Opens the app in the system's Chromium, Chrome or Edge over a pipe: no port, a profile of its own that goes with it.
 * The engine stays the caller's to close; the vault is locked when the window closes, whoever closes it.
 * @throws ExpectedError where there is no browser, it may not run here, or policy blocks the pipe.
 */
export async function openWindow(options: OpenWindowOptions): Promise<HostWindow> {
  const executablePath = options.browser ?? required(findBrowser(thisMachine()));
  const sandbox = required(chooseSandbox(process.getuid?.(), process.env));
  removeStaleProfiles(options.temporaryFolder);
  const profileFolder = createProfile(options.temporaryFolder);
  const removeOnExit = () => removeProfileNow(profileFolder);
  process.once('exit', removeOnExit);
  try {
    const context = await launch(profileFolder, executablePath, sandbox, options.headless === true);
    const window = await furnish(context, options, profileFolder, executablePath);
    void window.closed.then(() => process.off('exit', removeOnExit));
    options.onReady?.(window);
    return window;
  } catch (error) {
    await removeProfile(profileFolder);
    process.off('exit', removeOnExit);
    throw error;
  }
}

async function launch(
  profileFolder: string,
  executablePath: string,
  sandbox: boolean,
  headless: boolean,
): Promise<BrowserContext> {
  quietEnvironment(process.env);
  const { chromium } = await import('playwright-core');
  try {
    return await chromium.launchPersistentContext(
      profileFolder,
      launchOptions({ profileFolder, executablePath, sandbox, headless }),
    );
  } catch (error) {
    throw explainLaunchFailure(error);
  }
}

async function furnish(
  context: BrowserContext,
  options: OpenWindowOptions,
  profileFolder: string,
  browser: string,
): Promise<HostWindow> {
  const page = context.pages()[0] ?? (await context.newPage());
  const blockedRequests = await guardContext(context, page, options.rendererFolder);
  const written = new WrittenFiles(openFile);
  const eventName = await connectBridge(context, page, options.engine, written);
  const stopEvents = options.engine.subscribe((event) => {
    if (event.type === 'locked') written.forget();
    void tellPage(page, eventName, event);
  });
  const stopWatch = watchSleep(() => void options.engine.lock('suspend'));
  const closed = closeTogether(context, page, async () => {
    stopWatch();
    stopEvents();
    // The browser's process ends a little after its last window; the vault does not wait for it.
    await Promise.allSettled([options.engine.lock('asked'), context.close()]);
    await removeProfile(profileFolder);
  });
  await page.goto(startUrl(windowOrigin, { vault: options.vault }));
  return {
    page,
    browser,
    profileFolder,
    blockedRequests,
    closed,
    close: async () => {
      await context.close();
      await closed;
    },
  };
}

/** Serves the app to its own origin, stops every other request, closes whatever window opens beside it. */
async function guardContext(context: BrowserContext, page: Page, rendererFolder: string): Promise<() => number> {
  let blocked = 0;
  await context.grantPermissions(['clipboard-write'], { origin: windowOrigin });
  await context.route('**/*', async (route: Route) => {
    try {
      blocked += (await serve(route, page, rendererFolder)) ? 0 : 1;
    } catch {
      // The page went while it was being answered.
    }
  });
  context.on('page', (other) => {
    void other.close().catch(() => undefined);
  });
  page.on('download', (download) => void download.cancel().catch(() => undefined));
  page.on('dialog', (dialog) => {
    const answer = dialog.type() === 'beforeunload' ? dialog.accept() : dialog.dismiss();
    void answer.catch(() => undefined);
  });
  return () => blocked;
}

/** @returns whether the request was the app's; any other is stopped. */
async function serve(route: Route, page: Page, rendererFolder: string): Promise<boolean> {
  const request = route.request();
  const goesTo = request.isNavigationRequest() ? navigatedFrame(request) : page.mainFrame();
  if (goesTo !== page.mainFrame() || !isOwnUrl(request.url(), windowOrigin)) {
    // Aborted, a navigation leaves the page as it was. A second window gets an error page instead, and is closed.
    await route.abort(goesTo === page.mainFrame() ? 'aborted' : 'blockedbyclient');
    return false;
  }
  const answer = await loadRendererFile(rendererFolder, request.url(), request.method(), windowOrigin);
  await route.fulfill({ status: answer.status, headers: { ...answer.headers }, body: Buffer.from(answer.body) });
  return true;
}

/** The frame a document is loaded into; null where Playwright knows none yet, as in a window that is just opening. */
function navigatedFrame(request: Request): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}

/** @returns the name under which the page listens for events. */
async function connectBridge(
  context: BrowserContext,
  page: Page,
  engine: Engine,
  written: WrittenFiles,
): Promise<string> {
  const gate = createCallGate(() => performance.now());
  const record = createRefusalRecorder(() => performance.now(), engine.call);
  const names = { callName: newName(), cancelName: newName(), openName: newName(), eventName: newName() };
  const fromPage = (frame: Frame) => frame === page.mainFrame() && isOwnUrl(frame.url(), windowOrigin);

  await context.exposeBinding(names.callName, async (source, text: unknown): Promise<string> => {
    if (!fromPage(source.frame)) {
      record(refused);
      return JSON.stringify(refused);
    }
    const admitted = gate.admit(text);
    if (!admitted.ok) record(admitted);
    if (!admitted.ok) return JSON.stringify(admitted);
    const result = await engine.call(admitted.value);
    written.note(admitted.value.operation, result);
    return JSON.stringify(result);
  });
  await context.exposeBinding(names.openName, async (source, text: unknown): Promise<string> => {
    if (!fromPage(source.frame)) return JSON.stringify(refused);
    return JSON.stringify(await written.open(asRequest(text)));
  });
  await context.exposeBinding(names.cancelName, (source, callId: unknown): void => {
    const name = fromPage(source.frame) ? gate.admitCallId(callId) : null;
    if (name !== null) {
      engine.cancel(name);
    }
  });
  await context.addInitScript(installPageBridge, { ...names, origin: windowOrigin, operations: [...operationNames] });
  return names.eventName;
}

/** What the page asked for, to be checked; null where it is no JSON. */
function asRequest(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return null;
  }
}

const refused = fail(
  'FORBIDDEN',
  'A call came from outside the app’s own page, so it was refused.',
  'Nothing was changed.',
);

/** An idle, screen or suspend lock loads the page afresh, so nothing shown before stays in its memory. */
async function tellPage(page: Page, eventName: string, event: EngineEvent): Promise<void> {
  try {
    await page.evaluate(deliverEvent, { name: eventName, event });
    if (event.type === 'locked' && event.reason !== 'asked') {
      await page.goto(startUrl(windowOrigin, { locked: event.reason }));
    }
  } catch {
    // The page is loading or closing: it asks for the state itself when it is back.
  }
}

/** However the window goes (closed, crashed, browser killed), the rest goes with it, once. */
async function closeTogether(context: BrowserContext, page: Page, settle: () => Promise<void>): Promise<WindowEnd> {
  let end: WindowEnd = 'closed';
  const endBrowser = () => void context.close().catch(() => undefined);
  page.once('close', endBrowser);
  page.once('crash', () => {
    end = 'crashed';
    endBrowser();
  });
  await new Promise<void>((resolve) => {
    context.once('close', () => resolve());
  });
  await settle();
  return end;
}

function newName(): string {
  return `host_${randomBytes(12).toString('hex')}`;
}

function thisMachine() {
  return { platform: process.platform, environment: process.env, home: homedir() };
}

function required<T>(result: Result<T>): T {
  if (result.ok) {
    return result.value;
  }
  const { code, message, hint, params } = result.error;
  throw new ExpectedError(code, message, hint, params);
}
