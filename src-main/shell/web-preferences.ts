import type { WebPreferences } from 'electron';

/** In memory: a partition without the prefix `persist:` writes no cache, cookie or storage to disk. */
export const partition = 'tidemark';

/** What the window's page may do. Defaults are stated too, so that a changed default changes nothing here. */
export function webPreferences(preload: string, development: boolean): WebPreferences {
  return {
    preload,
    partition,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    spellcheck: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
    devTools: development,
  };
}
