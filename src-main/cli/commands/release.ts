import type { OutputOf } from '#shared/contract/index.ts';
import { type ReleaseSpec, releaseSpecSchema } from '#shared/contract/release-spec.ts';
import { ExpectedError } from '#shared/domain/result.ts';
import { type Arguments, requiredPath, usageError, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readJsonObject } from '../read-json.ts';

/** Nothing was written, because somebody else has to agree first. */
const waitingExit = 4;

function readSpec(args: Arguments): ReleaseSpec {
  const parsed = releaseSpecSchema.safeParse(readJsonObject(requiredPath(args, 'spec'), 'release spec'));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ExpectedError(
    'BAD_SPEC',
    `The release spec cannot be used: “${issue?.path.join('.') ?? ''}”: ${issue?.message ?? 'it cannot be read'}.`,
    'Nothing was released. A spec needs force, from and to; docs/sharing.md shows one.',
  );
}

function reasonOf(args: Arguments): string {
  const reason = args.text('reason');
  if (reason === undefined) throw usageError('release needs --reason: it is kept with what was let out.');
  return reason;
}

function told({
  counts,
  withheld,
  notes,
}: Pick<OutputOf<'releases.share'>, 'counts' | 'withheld' | 'notes'>): string[] {
  return [`${withheld} of ${counts} counts are withheld.`, ...notes.map((note) => `Not in it: ${note}`)];
}

function write(args: Arguments, folder: string): Promise<Answer> {
  const spec = readSpec(args);
  const reason = reasonOf(args);
  const file = requiredPath(args, 'out');
  return withVault(args, folder, async ({ call }) => {
    const released = await call('releases.share', { spec, reason, file });
    if (released.state === 'written') {
      return {
        json: released,
        text: [`Written to ${released.file}, signed by ${released.fingerprint}.`, ...told(released)],
      };
    }
    return {
      json: released,
      text: [
        `Request ${released.request} waits for another person to agree. Nothing was written; run this again once they have.`,
        ...told(released),
      ],
      exitCode: waitingExit,
    };
  });
}

function preview(args: Arguments, folder: string): Promise<Answer> {
  const spec = readSpec(args);
  return withVault(args, folder, async ({ call }) => {
    const prepared = await call('releases.prepare', { spec });
    return { json: prepared, text: [JSON.stringify(prepared.body, null, 2), ...told(prepared)] };
  });
}

function list(args: Arguments, folder: string): Promise<Answer> {
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('releases.list', {});
    return {
      json: answer,
      text: answer.releases.map(({ id, title, releasedAt, releasedBy, purpose, withdrawn }) =>
        [
          `${id}`,
          releasedAt,
          releasedBy,
          title,
          purpose,
          ...(withdrawn ? [`withdrawn: ${withdrawn.reason}`] : []),
        ].join('  '),
      ),
    };
  });
}

function requests(args: Arguments, folder: string): Promise<Answer> {
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('releases.requests', {});
    return {
      json: answer,
      text: [
        answer.twoPeople ? 'A second person has to agree.' : 'Nobody else has to agree.',
        ...answer.requests.map(({ id, requestedAt, requestedBy, state, reason }) =>
          [`${id}`, requestedAt, requestedBy, state, reason].join('  '),
        ),
      ],
    };
  });
}

function key(args: Arguments, folder: string): Promise<Answer> {
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('releases.key', {});
    return { json: answer, text: [answer.fingerprint] };
  });
}

function withdraw(args: Arguments, folder: string): Promise<Answer> {
  const id = Number(word(args, 2, 'the number of the release'));
  if (!Number.isSafeInteger(id)) throw usageError('release withdraw needs the number of the release.');
  const reason = reasonOf(args);
  return withVault(args, folder, async ({ call }) => {
    const release = await call('releases.withdraw', { id, reason });
    return { json: release, text: [`Withdrawn: ${release.title}. Tell those who have it.`] };
  });
}

function rule(args: Arguments, folder: string): Promise<Answer> {
  const people = word(args, 2, 'one or two');
  if (people !== 'one' && people !== 'two') throw usageError('release rule takes one or two.');
  const reason = reasonOf(args);
  return withVault(args, folder, async ({ call }) => {
    const set = await call('releases.setRule', { twoPeople: people === 'two', reason });
    return {
      json: set,
      text: [set.twoPeople ? 'A second person has to agree from now on.' : 'Nobody else has to agree.'],
    };
  });
}

const actions: Readonly<Record<string, (args: Arguments, folder: string) => Promise<Answer>>> = {
  ...{ write, preview, list, requests, key, withdraw, rule },
};

/** `release DIR --spec F --reason TEXT --out FILE`, and what belongs to it. */
export function release(args: Arguments): Promise<Answer> {
  const folder = word(args, 0, 'the folder of the vault');
  const action = args.words[1] ?? 'write';
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (!run) throw usageError(`release does not know “${action}”. It knows ${Object.keys(actions).join(', ')}.`);
  return run(args, folder);
}
