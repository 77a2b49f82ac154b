import { type App, app, type Session, type WebContents } from 'electron';
import { permissionAllowed, requestAllowed } from './guards.ts';

/** Closes a session's ways out: permissions, devices, requests, downloads, proxies, spell-check dictionaries. */
export async function guardSession(session: Session, development: boolean): Promise<void> {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(permissionAllowed(permission, details.requestingUrl, details.isMainFrame));
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    permissionAllowed(permission, `${requestingOrigin.replace(/\/$/, '')}/`, details.isMainFrame),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler(null);
  session.webRequest.onBeforeRequest((details, answer) => {
    answer({ cancel: !requestAllowed(details.url, development) });
  });
  session.on('will-download', (event) => event.preventDefault());
  session.setSpellCheckerEnabled(false);
  await session.setProxy({ mode: 'direct' });
}

/** Refuses what any web contents of this app could open or become. */
export function guardContents(): void {
  app.on('web-contents-created', (_event, contents) => refuseLeaving(contents));
  refuseCredentials(app);
}

function refuseLeaving(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => event.preventDefault());
  contents.on('will-redirect', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

function refuseCredentials(application: App): void {
  application.on('certificate-error', (event, _contents, _url, _error, _certificate, answer) => {
    event.preventDefault();
    answer(false);
  });
  application.on('select-client-certificate', (event) => event.preventDefault());
  application.on('login', (event) => event.preventDefault());
}
