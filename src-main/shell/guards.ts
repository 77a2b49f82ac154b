import { desktopOrigin, isOwnUrl } from '#shared/host/app-request.ts';

/**
 * The one permission granted: writing text or an image to the clipboard after a click, which copying a chart or an R
 * script needs. Chromium sanitises it, and it lets nothing be read.
 */
const clipboardWrite = 'clipboard-sanitized-write';

export function permissionAllowed(permission: string, requestingUrl: string, isMainFrame: boolean): boolean {
  return permission === clipboardWrite && isMainFrame && isOwnUrl(requestingUrl, desktopOrigin);
}

/** Only the packaged files, and what the page itself made in memory, may be requested. */
export function requestAllowed(url: string, development: boolean): boolean {
  return (
    isOwnUrl(url, desktopOrigin) ||
    isOwnUrl(url, `blob:${desktopOrigin}`) ||
    url.startsWith('data:image/') ||
    (development && url.startsWith('devtools://'))
  );
}

export type Sender = { readonly url: string; readonly isMainFrame: boolean };

/** Messages are taken from the app's own main frame only; a frame that is gone is nobody. */
export function senderTrusted(sender: Sender | null): boolean {
  return sender?.isMainFrame === true && isOwnUrl(sender.url, desktopOrigin);
}
