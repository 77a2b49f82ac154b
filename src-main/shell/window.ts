import { readFileSync, writeFileSync } from 'node:fs';
import { BrowserWindow, screen } from 'electron';
import { webPreferences } from './web-preferences.ts';
import { minimumSize, placeWindow, readBounds, type WindowBounds } from './window-bounds.ts';

export type WindowOptions = {
  readonly preload: string;
  readonly development: boolean;
  /** File in which the window's place is remembered. */
  readonly boundsFile: string;
};

/** Makes the one window, unseen until it has something to show, where it was left. */
export function createWindow(options: WindowOptions): BrowserWindow {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  const place = placeWindow(
    rememberedBounds(options.boundsFile),
    [primary, ...others].map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    x: place.x,
    y: place.y,
    width: place.width,
    height: place.height,
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: 'Tidemark',
    show: false,
    autoHideMenuBar: true,
    webPreferences: webPreferences(options.preload, options.development),
  });
  if (place.maximised) {
    window.maximize();
  }
  window.once('ready-to-show', () => window.show());
  window.on('close', () => {
    rememberBounds(options.boundsFile, { ...window.getNormalBounds(), maximised: window.isMaximized() });
  });
  return window;
}

function rememberedBounds(file: string): WindowBounds | null {
  try {
    return readBounds(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function rememberBounds(file: string, bounds: WindowBounds): void {
  try {
    writeFileSync(file, JSON.stringify(bounds), { mode: 0o600 });
  } catch {
    // A full or read-only disk costs the window's place, no more.
  }
}
