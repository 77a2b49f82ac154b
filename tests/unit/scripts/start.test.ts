import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isStale } from '../../../scripts/start/built-app.ts';
import { findVault } from '../../../scripts/start/demo-vault.ts';
import { electronProgram, failedLately } from '../../../scripts/start/electron-runtime.ts';
import { readStartArguments } from '../../../scripts/start/start-arguments.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tidemark-start-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, changedAtSeconds: number): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  utimesSync(file, changedAtSeconds, changedAtSeconds);
  utimesSync(dirname(file), 1, 1);
}

describe('the arguments of npm start', () => {
  it('may all be left out', () => {
    expect(readStartArguments([], '/home/a')).toEqual({ host: null, demo: false, vault: null });
  });

  it('name a host and a vault, from where they were typed', () => {
    expect(readStartArguments(['--host', 'window', '--vault', 'mine/vault', '--demo'], '/home/a')).toEqual({
      host: 'window',
      demo: true,
      vault: '/home/a/mine/vault',
    });
  });

  it.each([[['--host', 'browser']], [['--hosts', 'window']], [['vault']], [['--vault']]])('refuse %j', (given) => {
    expect(() => readStartArguments(given, '/home/a')).toThrow();
  });
});

describe('the build', () => {
  const outputs = ['out/renderer/index.html', 'out/main/entry.js', 'out/preload/entry.cjs'];
  const sources = ['src-renderer/app/main.tsx', 'src-shared/a.ts', 'src-main/b.ts', 'package-lock.json'];

  it('is fresh when every output is newer than every source', () => {
    for (const path of sources) write(path, 1_000);
    for (const path of outputs) write(path, 2_000);
    for (const folder of ['src-renderer', 'src-shared', 'src-main']) utimesSync(join(root, folder), 1, 1);
    expect(isStale(root)).toBe(false);
    write('src-renderer/app/main.tsx', 3_000);
    expect(isStale(root)).toBe(true);
  });

  it.each(outputs)('is stale without %s', (missing) => {
    for (const path of outputs) write(path, 2_000);
    rmSync(join(root, missing));
    expect(isStale(root)).toBe(true);
  });
});

describe('the demo’s vault', () => {
  it('is the folder itself, or one within it', () => {
    expect(findVault(join(root, 'nothing'))).toBeNull();
    write('demo/extracts/people.csv', 1_000);
    expect(findVault(join(root, 'demo'))).toBeNull();
    write('demo/vault/keyring.json', 1_000);
    expect(findVault(join(root, 'demo'))).toBe(join(root, 'demo', 'vault'));
    expect(findVault(join(root, 'demo', 'vault'))).toBe(join(root, 'demo', 'vault'));
  });
});

describe('the Electron runtime', () => {
  it('is there when its package says where and the program is', () => {
    expect(electronProgram(root)).toBeNull();
    const folder = join(root, 'node_modules', 'electron');
    mkdirSync(join(folder, 'dist'), { recursive: true });
    writeFileSync(join(folder, 'path.txt'), 'electron');
    expect(electronProgram(root)).toBeNull();
    writeFileSync(join(folder, 'dist', 'electron'), '');
    expect(electronProgram(root)).toBe(join(folder, 'dist', 'electron'));
  });

  it('is tried again a week after a failure', () => {
    const marker = join(root, 'electron-not-fetched');
    expect(failedLately(marker, 0)).toBe(false);
    write('electron-not-fetched', 1_000);
    const day = 24 * 60 * 60 * 1_000;
    expect(failedLately(marker, 1_000_000 + 6 * day)).toBe(true);
    expect(failedLately(marker, 1_000_000 + 8 * day)).toBe(false);
  });
});
