import { type BrowserWindow, type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { WrittenFiles } from '#main/engine/written-files.ts';
import type { CallEnvelope } from '#shared/contract/index.ts';
import { fail, type Result } from '#shared/domain/result.ts';
import { createCallGate } from '#shared/host/call-gate.ts';
import { channels } from '#shared/host/channels.ts';
import { createRefusalRecorder } from '#shared/host/refusal-recorder.ts';
import { choosePath } from './dialogs.ts';
import type { EngineClient } from './engine-client.ts';
import { senderTrusted } from './guards.ts';

const foreignCall = fail(
  'FORBIDDEN',
  'A call came from outside the app’s own page, so it was refused.',
  'Nothing was changed.',
);

/** Answers the page of one window. Whoever else sends a message is refused. */
export function answerPage(window: BrowserWindow, engine: () => EngineClient, written: WrittenFiles): void {
  const gate = createCallGate(() => performance.now());
  const record = createRefusalRecorder(
    () => performance.now(),
    (envelope) => engine().call(envelope),
  );

  const answer = async (envelope: CallEnvelope): Promise<Result<unknown>> => {
    const result = await engine().call(envelope);
    written.note(envelope.operation, result);
    return result;
  };

  ipcMain.handle(channels.call, (event, text: unknown): Promise<Result<unknown>> | Result<unknown> => {
    if (!fromPage(window, event)) {
      record(foreignCall);
      return foreignCall;
    }
    const admitted = gate.admit(text);
    if (!admitted.ok) record(admitted);
    return admitted.ok ? answer(admitted.value) : admitted;
  });
  ipcMain.handle(channels.cancel, (event, callId: unknown): void => {
    const name = fromPage(window, event) ? gate.admitCallId(callId) : null;
    if (name !== null) {
      engine().cancel(name);
    }
  });
  ipcMain.handle(channels.choosePath, (event, options: unknown): Promise<string | null> | null =>
    fromPage(window, event) ? choosePath(window, options) : null,
  );
  ipcMain.handle(channels.openWritten, (event, request: unknown): Promise<Result<null>> | Result<null> =>
    fromPage(window, event) ? written.open(request) : foreignCall,
  );
}

function fromPage(window: BrowserWindow, event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return (
    event.sender === window.webContents &&
    senderTrusted(frame === null ? null : { url: frame.url, isMainFrame: frame.parent === null })
  );
}
