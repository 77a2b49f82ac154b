import type { InputOf } from '#shared/contract/index.ts';
import type { WatchEvent } from '#shared/contract/watch.ts';
import { type Arguments, numberOption, requiredPath, word } from '../arguments.ts';
import { type Caller, withVault } from '../engine-session.ts';
import { type Answer, endProgress } from '../output.ts';

type Asked = InputOf<'watch.once'>;

function timeOfDay(): string {
  return new Date().toLocaleTimeString('en-GB');
}

function lineOf(event: WatchEvent, folder: string): string {
  const by = event.mapping === null ? '' : ` by “${event.mapping.name}”, version ${event.mapping.version}`;
  switch (event.event) {
    case 'watching':
      return `Watching ${folder}.`;
    case 'folder':
      return `${event.code}: ${event.reason}`;
    case 'loaded': {
      const { accepted = 0, rejected = 0 } = event.rows ?? {};
      const left = rejected === 0 ? '' : `, ${rejected.toLocaleString('en-GB')} rejected`;
      return `${event.file}: loaded as batch ${event.batch} (${event.kind}${by}), ${accepted.toLocaleString('en-GB')} ${accepted === 1 ? 'row' : 'rows'} accepted${left}.`;
    }
    case 'gone':
      return `${event.file}: gone. ${event.reason}`;
    case 'waiting':
      return `${event.file}: waits (${event.code}). ${event.reason}`;
  }
}

/** Events as they come: one JSON object or one line each. */
function tellEvents({ subscribe }: Caller, folder: string, asJson: boolean): () => void {
  return subscribe((told) => {
    if (told.type !== 'watch') return;
    endProgress();
    const line = asJson ? JSON.stringify(told.event) : `${timeOfDay()}  ${lineOf(told.event, folder)}`;
    process.stdout.write(`${line}\n`);
  });
}

async function once({ call }: Caller, asked: Asked): Promise<Answer> {
  const { loaded, waiting } = await call('watch.once', asked);
  const text = `${loaded.length} ${loaded.length === 1 ? 'file' : 'files'} loaded, ${waiting.length} waiting.`;
  return { json: { loaded, waiting }, text: [text] };
}

/** Resolves when the process is asked to end. */
function endAsked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

async function untilStopped({ call, subscribe }: Caller, asked: Asked): Promise<Answer> {
  const counts = { loaded: 0, waiting: 0 };
  const stop = subscribe((told) => {
    if (told.type === 'watch' && told.event.event === 'loaded') counts.loaded += 1;
  });
  const ended = endAsked();
  await call('watch.start', { ...asked, remember: false });
  await ended;
  stop();
  counts.waiting = (await call('watch.state', {})).files.filter(({ state }) => state === 'waiting').length;
  return {
    json: { event: 'stopped', ...counts },
    text: [`Stopped watching: ${counts.loaded} loaded, ${counts.waiting} waiting.`],
  };
}

/** Watches a folder in a session of its own, whatever the app remembers, until it is asked to end or nothing changes. */
export function watch(args: Arguments): Promise<Answer> {
  const vault = word(args, 0, 'the folder of the vault');
  const folder = requiredPath(args, 'folder');
  const settle = numberOption(args, 'settle', [0.1, 3_600]);
  const allow = numberOption(args, 'allow-rejects', [0, 1]);
  const asked: Asked = {
    folder,
    ...(settle === undefined ? {} : { settleSeconds: settle }),
    ...(allow === undefined ? {} : { allowRejects: allow }),
  };
  return withVault(args, vault, async (caller) => {
    const stop = tellEvents(caller, folder, args.json);
    try {
      return await (args.flag('once') ? once(caller, asked) : untilStopped(caller, asked));
    } finally {
      stop();
    }
  });
}
