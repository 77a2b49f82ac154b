/** Decides which file of the built renderer a request may have. Reads nothing: a host serves what is decided here. */

export const desktopOrigin = 'app://tidemark';
/** `.invalid` never resolves (RFC 2606), so a request that slipped past the host would reach nobody. */
export const windowOrigin = 'https://tidemark.invalid';

export type AppRequest =
  | { readonly allowed: true; readonly path: readonly string[]; readonly contentType: string }
  | { readonly allowed: false; readonly status: 403 | 404 | 405 };

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
};

/** Letters, digits, `_`, `-` and inner dots: no percent signs, backslashes, colons, hidden files or `..`. */
const segmentPattern = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;

/**
 * @param url as the browser gives it; a query or fragment is ignored.
 * @param origin scheme and host this app is served from.
 */
export function resolveAppRequest(url: string, method: string, origin: string): AppRequest {
  if (method !== 'GET' && method !== 'HEAD') {
    return { allowed: false, status: 405 };
  }
  if (!isOwnUrl(url, origin)) {
    return { allowed: false, status: 403 };
  }
  const [path = ''] = url.slice(origin.length + 1).split(/[?#]/, 1);
  const segments = path === '' ? ['index.html'] : path.split('/');
  if (!segments.every((segment) => segmentPattern.test(segment))) {
    return { allowed: false, status: 403 };
  }
  const extension = /\.([a-z0-9]+)$/.exec(segments.at(-1) ?? '')?.[1] ?? '';
  const contentType = Object.hasOwn(contentTypes, extension) ? contentTypes[extension] : undefined;
  return contentType === undefined ? { allowed: false, status: 404 } : { allowed: true, path: segments, contentType };
}

/** True where the URL is of this app: the origin followed by a slash, so no look-alike host passes. */
export function isOwnUrl(url: string, origin: string): boolean {
  return url.startsWith(`${origin}/`);
}
