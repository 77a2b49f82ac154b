/** What every page and file a host serves carries. One policy for all hosts; ASVS and Electron's checklist both ask for it. */

/** Where `index.html` wants the nonce of this load (`<meta name="tidemark-nonce">`). */
export const noncePlaceholder = '__TIDEMARK_NONCE__';

const noncePattern = /^[A-Za-z0-9+/_-]{16,64}={0,2}$/;

/**
 * The content policy for one load of the page.
 * @param nonce 16 to 64 base64 characters from a cryptographic source, used once; style elements carry it.
 * @throws RangeError where the nonce could end the directive it stands in.
 */
export function contentPolicy(nonce: string): string {
  if (!noncePattern.test(nonce)) {
    throw new RangeError('A nonce has 16 to 64 base64 characters.');
  }
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

const permissionsPolicy = [
  'accelerometer',
  'camera',
  'clipboard-read',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'screen-wake-lock',
  'serial',
  'usb',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/** Headers of every answer, by lower-case name. */
export function responseHeaders(contentType: string, nonce: string): Readonly<Record<string, string>> {
  return {
    'content-type': contentType,
    'content-security-policy': contentPolicy(nonce),
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': permissionsPolicy,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}

/** The page with this load's nonce filled in. */
export function withNonce(html: string, nonce: string): string {
  return html.replaceAll(noncePlaceholder, nonce);
}
