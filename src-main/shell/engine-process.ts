import { createEngine } from '#main/engine/index.ts';
import type { ToEngine } from './engine-messages.ts';
import { serveEngine } from './serve-engine.ts';

/** Entry of the utility process in which the engine runs. */
const { parentPort } = process;

serveEngine(
  {
    post: (message) => parentPort.postMessage(message),
    onMessage: (listener) => {
      parentPort.on('message', (event) => listener(event.data as ToEngine));
    },
  },
  (settingsFolder) => createEngine({ settingsFolder, idleLock: true, resumeWatching: true, scheduledBackups: true }),
);
