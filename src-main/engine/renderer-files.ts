import { randomBytes } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { resolveAppRequest } from '#shared/host/app-request.ts';
import { responseHeaders, withNonce } from '#shared/host/content-policy.ts';

export type RendererAnswer = {
  readonly status: 200 | 403 | 404 | 405;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array<ArrayBuffer>;
};

/**
 * Answers a request of the page from the folder of the built renderer, with this load's content policy.
 * Anything that is not a plain file of that folder gets an empty refusal.
 * @param folder absolute, `out/renderer` of a checkout or of the packaged app.
 * @param origin scheme and host the app is served from.
 */
export async function loadRendererFile(
  folder: string,
  url: string,
  method: string,
  origin: string,
): Promise<RendererAnswer> {
  const request = resolveAppRequest(url, method, origin);
  const nonce = randomBytes(18).toString('base64');
  if (!request.allowed) {
    return refusal(request.status, nonce);
  }
  const content = await readInside(folder, request.path);
  if (content === null) {
    return refusal(404, nonce);
  }
  const body = request.contentType.startsWith('text/html')
    ? new TextEncoder().encode(withNonce(content.toString('utf8'), nonce))
    : new Uint8Array(content);
  return { status: 200, headers: responseHeaders(request.contentType, nonce), body };
}

function refusal(status: 403 | 404 | 405, nonce: string): RendererAnswer {
  return { status, headers: responseHeaders('text/plain; charset=utf-8', nonce), body: new Uint8Array(0) };
}

async function readInside(folder: string, path: readonly string[]): Promise<Buffer | null> {
  try {
    const root = await realpath(folder);
    const file = await realpath(join(root, ...path));
    return file.startsWith(root + sep) ? await readFile(file) : null;
  } catch {
    return null;
  }
}
