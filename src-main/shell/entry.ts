import { join } from 'node:path';
import { app, type BrowserWindow, dialog, powerMonitor, session } from 'electron';
import { WrittenFiles } from '#main/engine/written-files.ts';
import type { EngineEvent } from '#shared/contract/index.ts';
import { desktopOrigin } from '#shared/host/app-request.ts';
import { quietSwitches } from '#shared/host/browser-switches.ts';
import { channels } from '#shared/host/channels.ts';
import { type PageStart, startUrl } from '#shared/host/start-url.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { type EngineSupervisor, superviseEngine } from './engine-supervisor.ts';
import { answerPage } from './ipc.ts';
import { installMenu } from './menu.ts';
import { openFile } from './open-file.ts';
import { guardContents, guardSession } from './session-guards.ts';
import { startVault } from './start-arguments.ts';
import { partition } from './web-preferences.ts';
import { createWindow } from './window.ts';

const development = !app.isPackaged && process.env.TIDEMARK_DEVELOPMENT === '1';
const built = import.meta.dirname;

prepare();
if (app.requestSingleInstanceLock()) {
  void app.whenReady().then(run);
} else {
  app.quit();
}

/** Everything that must be said before the app is ready. */
function prepare(): void {
  app.setName('Tidemark');
  app.setPath('userData', join(app.getPath('appData'), 'Tidemark'));
  app.enableSandbox();
  for (const [name, value] of quietSwitches) {
    app.commandLine.appendSwitch(name, value);
  }
  registerAppScheme();
  guardContents();
}

async function run(): Promise<void> {
  const pages = session.fromPartition(partition, { cache: false });
  await guardSession(pages, development);
  serveApp(pages, join(built, '../renderer'));

  const settingsFolder = app.getPath('userData');
  const window = createWindow({
    preload: join(built, '../preload/entry.cjs'),
    development,
    boundsFile: join(settingsFolder, 'window.json'),
  });
  const written = new WrittenFiles(openFile);
  const supervisor = superviseEngine({
    entry: join(built, 'engine-process.js'),
    settingsFolder,
    onEvent: (event) => {
      if (event.type === 'locked') written.forget();
      tellPage(window, event);
    },
    onFailure: (restarted) => reportFailure(window, restarted),
  });
  answerPage(window, supervisor.engine, written);
  installMenu(() => void supervisor.engine().lock('asked'), development);
  window.webContents.on('render-process-gone', () => {
    void supervisor.engine().lock('asked');
    void load(window, {});
  });
  powerMonitor.on('lock-screen', () => void supervisor.engine().lock('screen'));
  powerMonitor.on('suspend', () => void supervisor.engine().lock('suspend'));
  app.on('second-instance', () => bringForward(window));
  closeTogether(supervisor);
  await load(window, { vault: startVault(process.argv) });
}

/** An idle, screen or suspend lock loads the page afresh, so nothing shown before stays in its memory. */
function tellPage(window: BrowserWindow, event: EngineEvent): void {
  if (window.isDestroyed()) {
    return;
  }
  window.webContents.send(channels.event, event);
  if (event.type === 'locked' && event.reason !== 'asked') {
    void load(window, { locked: event.reason });
  }
}

async function load(window: BrowserWindow, start: PageStart): Promise<void> {
  await window.loadURL(startUrl(desktopOrigin, start)).catch(() => undefined);
}

function reportFailure(window: BrowserWindow, restarted: boolean): void {
  if (window.isDestroyed()) {
    return;
  }
  void load(window, {});
  void dialog.showMessageBox(window, {
    type: 'error',
    title: 'Tidemark',
    message: 'The part of Tidemark that works with data stopped unexpectedly.',
    detail: restarted
      ? 'The vault is locked and whole: work that had not finished was left out. Unlock it to go on.'
      : 'It has now stopped several times, so it was not started again. The vault is locked and whole. Close Tidemark, start it again, and run a vault check.',
  });
}

function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) {
    window.restore();
  }
  window.focus();
}

/** Closing the window locks the vault and waits for running work to settle before the app ends. */
function closeTogether(supervisor: EngineSupervisor): void {
  let settled = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (!settled) {
      event.preventDefault();
      void supervisor.close().finally(() => {
        settled = true;
        app.quit();
      });
    }
  });
}
