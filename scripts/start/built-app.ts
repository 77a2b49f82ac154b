import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['src-renderer', 'src-shared', 'src-main', 'electron.vite.config.ts', 'package-lock.json'];
const outputs = ['out/renderer/index.html', 'out/main/entry.js', 'out/preload/entry.cjs'];

/** Whether any output is missing or older than the newest source, by time of change. */
export function isStale(root: string): boolean {
  const builtAt = outputs.map((path) => changedAt(join(root, path)));
  const newest = Math.max(...sources.map((path) => newestChange(join(root, path))));
  return builtAt.some((time) => time === null || time < newest);
}

/** Builds the pages, the shell and the preload. Whether it went well; the builder's own words go to standard error. */
export function buildApp(root: string): boolean {
  const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { status } = spawnSync(process.execPath, [builder, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  return status === 0;
}

function newestChange(path: string): number {
  const own = changedAt(path) ?? Number.NEGATIVE_INFINITY;
  return isFolder(path) ? Math.max(own, ...readdirSync(path).map((name) => newestChange(join(path, name)))) : own;
}

function changedAt(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
