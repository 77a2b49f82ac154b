import { expect, it } from 'vitest';
import { webPreferences } from '#main/shell/web-preferences.ts';

it('states exactly what the page may do', () => {
  expect(webPreferences('/app/preload.cjs', false)).toEqual({
    preload: '/app/preload.cjs',
    partition: 'tidemark',
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
    devTools: false,
  });
});

it('gives developer tools in development, and nothing else', () => {
  const { devTools, ...rest } = webPreferences('/app/preload.cjs', true);
  const { devTools: _packaged, ...packaged } = webPreferences('/app/preload.cjs', false);
  expect(devTools).toBe(true);
  expect(rest).toEqual(packaged);
});
