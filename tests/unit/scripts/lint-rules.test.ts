import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
const folder = mkdtempSync(join(tmpdir(), 'tidemark-lint-'));
cpSync(join(root, 'biome.json'), join(folder, 'biome.json'));
cpSync(join(root, 'scripts/lint'), join(folder, 'scripts/lint'), { recursive: true });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the linter says of one file at that place in the app. */
function lint(path: string, content: string): { readonly exit: number | null; readonly said: string } {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  const run = spawnSync(process.execPath, [biome, 'lint', '--vcs-enabled=false', path], {
    cwd: folder,
    encoding: 'utf8',
  });
  rmSync(file);
  return { exit: run.status, said: `${run.stdout}${run.stderr}` };
}

describe('what the linter keeps out', () => {
  it.each([
    ['src-main/services/sharing/send.ts', "export const answer = fetch('x');\n", 'Nothing here speaks to a network.'],
    ['src-renderer/bridge/client.ts', "export const line = new WebSocket('x');\n", 'Nothing here speaks to a network.'],
    ['src-main/analysis/a.ts', 'export const now = Date.now();\n', 'The clock is passed in.'],
    ['src-main/stats/a.ts', 'export const chance = Math.random();\n', 'Randomness is passed in, with its seed.'],
    ['src-main/disclosure/a.ts', "export const far = fetch('x');\n", 'Nothing here speaks to a network.'],
    ['src-main/services/a.ts', "export { createHmac } from 'node:crypto';\n", 'Keys, ciphers and signatures'],
    ['src-main/services/b.ts', 'export default 1;\n', 'noDefaultExport'],
    ['src-main/services/c.ts', "console.log('x');\n", 'noConsole'],
    ['src-main/services/d.ts', 'export const a = (b: any) => b;\n', 'noExplicitAny'],
  ])('%s', (path, content, words) => {
    const { exit, said } = lint(path, content);
    expect(said).toContain(words);
    expect(exit).not.toBe(0);
  });

  it.each([
    ['src-main/services/a.ts', 'export const answer = Date.now() + Math.random();\n'],
    ['src-main/crypto/a.ts', "export { createHmac } from 'node:crypto';\n"],
    ['src-main/services/b.ts', "export { createHash, randomUUID } from 'node:crypto';\n"],
    ['src-main/analysis/a.ts', 'export const half = Math.sqrt(0.25);\n'],
  ])('and lets pass: %s', (path, content) => {
    const { exit, said } = lint(path, content);
    expect(exit, said).toBe(0);
  });
});
