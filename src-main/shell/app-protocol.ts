import { protocol, type Session } from 'electron';
import { loadRendererFile } from '#main/engine/renderer-files.ts';
import { desktopOrigin } from '#shared/host/app-request.ts';

/** To be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the packaged renderer, and nothing else, to one session. */
export function serveApp(session: Session, rendererFolder: string): void {
  session.protocol.handle('app', async (request) => {
    const answer = await loadRendererFile(rendererFolder, request.url, request.method, desktopOrigin);
    return new Response(answer.body, { status: answer.status, headers: answer.headers });
  });
}
