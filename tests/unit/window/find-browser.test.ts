import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseSandbox } from '#main/window/browser-sandbox.ts';
import { findBrowser, usualPlaces } from '#main/window/find-browser.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-browsers-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function program(...path: readonly string[]): string {
  const file = join(folder, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

const linux = (environment: NodeJS.ProcessEnv) => ({ platform: 'linux' as const, environment, home: '/home/a' });

describe('finding the browser', () => {
  it('takes the one that is named, before any other', () => {
    program('bin', 'chromium');
    const named = program('my browser');
    expect(findBrowser(linux({ PATH: join(folder, 'bin'), TIDEMARK_BROWSER: named }))).toEqual({
      ok: true,
      value: named,
    });
  });

  it('says so when the named one is not a program', () => {
    const plain = join(folder, 'notes.txt');
    writeFileSync(plain, '');
    for (const named of [plain, folder, join(folder, 'nothing')]) {
      expect(findBrowser(linux({ TIDEMARK_BROWSER: named }))).toMatchObject({
        ok: false,
        error: { code: 'NO_SUCH_FILE' },
      });
    }
  });

  it('looks along PATH, Chromium before Chrome before Edge', () => {
    const edge = program('first', 'microsoft-edge-stable');
    const chrome = program('second', 'google-chrome');
    const path = `${join(folder, 'first')}:${join(folder, 'second')}`;
    const places = usualPlaces(linux({ PATH: path }));
    expect(places.indexOf(chrome)).toBeLessThan(places.indexOf(edge));
    const chromium = program('second', 'chromium');
    expect(findBrowser(linux({ PATH: path }))).toEqual({ ok: true, value: chromium });
  });

  it('passes over what cannot be run', () => {
    const broken = program('first', 'chromium');
    chmodSync(broken, 0o644);
    const working = program('second', 'chromium');
    const machine = linux({ PATH: `${join(folder, 'first')}:${join(folder, 'second')}` });
    expect(findBrowser(machine)).toEqual({ ok: true, value: working });
  });

  it('never looks in a relative folder of PATH', () => {
    expect(usualPlaces(linux({ PATH: '.::bin:/opt/x' })).every((place) => place.startsWith('/'))).toBe(true);
  });

  it('looks in Applications on macOS', () => {
    const places = usualPlaces({ platform: 'darwin', environment: {}, home: '/Users/a' });
    expect(places).toContain('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
    expect(places).toContain('/Users/a/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge');
  });

  it('looks in the program folders of Windows that exist', () => {
    const places = usualPlaces({
      platform: 'win32',
      environment: { 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)', LOCALAPPDATA: '' },
      home: 'C:\\Users\\a',
    });
    expect(places).toEqual([
      'C:\\Program Files (x86)\\Chromium\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    ]);
  });

  it.each([
    ['win32', 'Edge'],
    ['darwin', 'Applications'],
  ] as const)('says how to get one on %s', (platform, word) => {
    const found = findBrowser({ platform, environment: {}, home: folder });
    expect(found).toMatchObject({ ok: false, error: { code: 'NOT_FOUND', hint: expect.stringContaining(word) } });
  });
});

describe('the browser’s sandbox', () => {
  it.each([
    [1_000, {}, true],
    [undefined, {}, true],
    [1_000, { CI: 'true' }, true],
    [0, { CI: 'true' }, false],
    [0, { CI: '1' }, false],
  ])('user %s with %j: %s', (userId, environment, sandbox) => {
    expect(chooseSandbox(userId, environment)).toEqual({ ok: true, value: sandbox });
  });

  it.each([{}, { CI: '' }, { CI: 'false' }, { CI: '0' }])('root is refused with %j', (environment) => {
    expect(chooseSandbox(0, environment)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  });
});
