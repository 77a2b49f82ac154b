import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const settings = readFileSync(join(import.meta.dirname, '../../../electron-builder.yml'), 'utf8');

/** The lines under one key. */
function under(key: string): Record<string, string> {
  const [, block = ''] = new RegExp(`^${key}:\\n((?:  .*\\n)+)`, 'm').exec(settings) ?? [];
  return Object.fromEntries(
    block
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().split(': ') as [string, string]),
  );
}

it('burns every fuse of the Electron security checklist', () => {
  expect(under('electronFuses')).toEqual({
    runAsNode: 'false',
    enableCookieEncryption: 'true',
    enableNodeOptionsEnvironmentVariable: 'false',
    enableNodeCliInspectArguments: 'false',
    enableEmbeddedAsarIntegrityValidation: 'true',
    onlyLoadAppFromAsar: 'true',
    loadBrowserProcessSpecificV8Snapshot: 'false',
    grantFileProtocolExtraPrivileges: 'false',
    strictlyRequireAllFuses: 'false',
  });
});

it('packs an archive, publishes nowhere and leaves the browser driver out', () => {
  expect(settings).toMatch(/^asar: true$/m);
  expect(settings).toMatch(/^publish: null$/m);
  expect(settings).toContain('"!node_modules/playwright-core"');
});

it('makes an installer and a portable program for Windows, and packages for Linux', () => {
  expect(settings).toMatch(/^win:\n {2}target:\n {4}- nsis\n {4}- portable$/m);
  expect(settings).toMatch(/^linux:\n {2}target:\n {4}- deb\n {4}- AppImage$/m);
});
