import { contextBridge, ipcRenderer } from 'electron';
import { type Bridge, type EngineEvent, operationNames } from '#shared/contract/index.ts';
import { channels } from '#shared/host/channels.ts';

/** One function per operation, so no channel's name and no Electron object crosses to the page. */
const operations = Object.fromEntries(
  operationNames.map((operation) => [
    operation,
    (input: unknown, callId: string) =>
      ipcRenderer.invoke(channels.call, JSON.stringify({ operation, input, callId: String(callId) })),
  ]),
) as Bridge['operations'];

const bridge: Bridge = {
  operations,
  cancel: (callId) => ipcRenderer.invoke(channels.cancel, String(callId)),
  subscribe: (listener) => {
    const deliver = (_event: unknown, event: EngineEvent) => listener(event);
    ipcRenderer.on(channels.event, deliver);
    return () => {
      ipcRenderer.removeListener(channels.event, deliver);
    };
  },
  host: {
    kind: 'desktop',
    choosePath: (options) => ipcRenderer.invoke(channels.choosePath, options),
    openWritten: (request) => ipcRenderer.invoke(channels.openWritten, request),
  },
};

contextBridge.exposeInMainWorld('tidemark', bridge);
