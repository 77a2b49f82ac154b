import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadRendererFile } from '#main/engine/renderer-files.ts';
import { windowOrigin } from '#shared/host/app-request.ts';

const parent = mkdtempSync(join(tmpdir(), 'tidemark-renderer-'));
const folder = join(parent, 'renderer');
const load = (path: string) => loadRendererFile(folder, windowOrigin + path, 'GET', windowOrigin);

beforeAll(() => {
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<meta name="tidemark-nonce" content="__TIDEMARK_NONCE__">');
  writeFileSync(join(folder, 'assets', 'a.js'), '"__TIDEMARK_NONCE__"');
  writeFileSync(join(folder, 'assets', 'a.woff2'), Buffer.from([0, 255, 1, 254]));
  writeFileSync(join(parent, 'secret.js'), 'secret');
  symlinkSync(join(parent, 'secret.js'), join(folder, 'assets', 'link.js'));
});
afterAll(() => {
  rmSync(parent, { recursive: true, force: true });
});

describe('serving the built renderer', () => {
  it('gives the page the nonce its policy names, another each time', async () => {
    const [first, second] = [await load('/'), await load('/')];
    const nonces = [first, second].map(({ headers, body }) => {
      const nonce = /'nonce-([^']+)'/.exec(headers['content-security-policy'] ?? '')?.[1];
      expect(Buffer.from(body).toString()).toBe(`<meta name="tidemark-nonce" content="${nonce}">`);
      return nonce;
    });
    expect(first.status).toBe(200);
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('gives other files byte for byte', async () => {
    expect(Buffer.from((await load('/assets/a.js')).body).toString()).toBe('"__TIDEMARK_NONCE__"');
    expect([...(await load('/assets/a.woff2')).body]).toEqual([0, 255, 1, 254]);
  });

  it.each([
    ['/assets/missing.js', 404],
    ['/assets', 404],
    ['/assets/link.js', 404],
    ['/../secret.js', 403],
  ])('answers %s with %i and nothing else', async (path, status) => {
    const answer = await load(path);
    expect(answer.status).toBe(status);
    expect(answer.body).toHaveLength(0);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });
});
