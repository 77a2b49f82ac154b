import { utilityProcess } from 'electron';
import type { EngineEvent } from '#shared/contract/index.ts';
import { createEngineClient, type EngineClient } from './engine-client.ts';
import type { FromEngine, ToEngine } from './engine-messages.ts';
import { createRestartPolicy } from './restart-policy.ts';

export type SupervisorOptions = {
  /** Absolute path of the built `engine-process.js`. */
  readonly entry: string;
  readonly settingsFolder: string;
  readonly onEvent: (event: EngineEvent) => void;
  /** The process stopped unexpectedly; `restarted` says whether a new one is running. */
  readonly onFailure: (restarted: boolean) => void;
};

export type EngineSupervisor = {
  readonly engine: () => EngineClient;
  /** Locks, closes and ends the process; no restart follows. */
  readonly close: () => Promise<void>;
};

const closeWithinMilliseconds = 15_000;

export function superviseEngine(options: SupervisorOptions): EngineSupervisor {
  const restarts = createRestartPolicy(3, 5 * 60_000);
  let closing = false;
  let running = start();

  function start(): { readonly client: EngineClient; readonly kill: () => void } {
    const child = utilityProcess.fork(options.entry, [], {
      serviceName: 'Tidemark engine',
      stdio: 'ignore',
      env: engineEnvironment(process.env),
    });
    const client = createEngineClient(
      {
        post: (message: ToEngine) => child.postMessage(message),
        onMessage: (listener) => {
          child.on('message', (message: FromEngine) => listener(message));
        },
      },
      options.settingsFolder,
      options.onEvent,
    );
    child.once('exit', () => {
      client.gone();
      if (!closing) {
        const restarted = restarts.mayRestart(performance.now());
        if (restarted) {
          running = start();
        }
        options.onFailure(restarted);
      }
    });
    return { client, kill: () => child.kill() };
  }

  return {
    engine: () => running.client,
    close: async () => {
      closing = true;
      const { client, kill } = running;
      await Promise.race([client.close(), delay(closeWithinMilliseconds)]);
      kill();
    },
  };
}

/** The engine's process needs folders and locale of the environment, not what could change how Node runs. */
function engineEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !/^(NODE_|ELECTRON_|DEBUG$)/i.test(name)) {
      kept[name] = value;
    }
  }
  return kept;
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds).unref();
  });
}
