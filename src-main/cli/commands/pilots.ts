import type { PilotSummary, PilotView } from '#shared/contract/pilots.ts';
import type { PilotPlan } from '#shared/domain/pilot.ts';
import { type Arguments, requiredPath, usageError, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readJsonObject } from '../read-json.ts';
import { pilotOf, pilotPeopleActions } from './pilot-people.ts';

const statusWords = { idea: 'an idea', planned: 'planned', locked: 'locked', finished: 'finished', dropped: 'dropped' };

function line({ pilot, title, status, version, lockedAt, deviationCount, allocated }: PilotSummary): string {
  const locked = lockedAt === null ? '' : `, locked at ${lockedAt}`;
  const otherwise = deviationCount === 0 ? '' : `, ${deviationCount} deviation${deviationCount === 1 ? '' : 's'}`;
  const drawn = allocated === 0 ? '' : `, ${allocated} allocated`;
  return `${pilot} (${title}), version ${version}: ${statusWords[status]}${locked}${otherwise}${drawn}`;
}

function shown(view: PilotView): Answer {
  return {
    json: view,
    text: [
      line(view),
      ...view.gaps.map(({ field, words }) => `It lacks ${words} (${field}).`),
      ...view.deviations.map(({ at, by, what, reason }) => `${at}  ${by}  deviation: ${what} Reason: ${reason}`),
    ],
  };
}

function reasonOf(args: Arguments): string {
  const reason = args.text('reason');
  if (reason === undefined) throw usageError('pilots needs --reason: it is kept with what was done.');
  return reason;
}

function list(args: Arguments, folder: string): Promise<Answer> {
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('pilots.list', {});
    return { json: answer, text: answer.pilots.map(line) };
  });
}

function show(args: Arguments, folder: string): Promise<Answer> {
  const pilot = pilotOf(args);
  return withVault(args, folder, async ({ call }) => {
    const view = await call('pilots.show', { pilot });
    const { sampleSize } = view.plan;
    const isPowered = sampleSize?.by === 'power' && view.gaps.every(({ field }) => field !== 'sampleSize.spec');
    const power = isPowered ? await call('analyses.run', { method: 'pilot-power', spec: sampleSize.spec }) : null;
    const seers = view.couldSeeOutcomes.map(({ user, roles, why }) => `${user} (${roles.join(', ')}; ${why})`);
    return {
      json: view,
      text: [
        JSON.stringify(view.plan, null, 2),
        ...shown(view).text,
        ...(power?.reading ?? []),
        `Could see outcomes ${view.lock === null ? 'so far' : 'before the lock'}: ${seers.join(', ') || 'nobody'}.`,
      ],
    };
  });
}

function save(args: Arguments, folder: string): Promise<Answer> {
  const plan = readJsonObject(requiredPath(args, 'file'), 'plan') as unknown as PilotPlan;
  return withVault(args, folder, async ({ call }) => shown(await call('pilots.save', { plan })));
}

function lock(args: Arguments, folder: string): Promise<Answer> {
  const pilot = pilotOf(args);
  return withVault(args, folder, async ({ call }) => {
    const { hash } = await call('pilots.show', { pilot });
    return shown(await call('pilots.lock', { pilot, hash }));
  });
}

function deviate(args: Arguments, folder: string): Promise<Answer> {
  const pilot = pilotOf(args);
  const reason = reasonOf(args);
  const what = args.text('what') ?? 'What the reason says.';
  return withVault(args, folder, async ({ call }) => shown(await call('pilots.deviate', { pilot, what, reason })));
}

function finish(args: Arguments, folder: string): Promise<Answer> {
  const pilot = pilotOf(args);
  const reason = reasonOf(args);
  return withVault(args, folder, async ({ call }) => shown(await call('pilots.finish', { pilot, reason })));
}

function drop(args: Arguments, folder: string): Promise<Answer> {
  const pilot = pilotOf(args);
  const reason = reasonOf(args);
  return withVault(args, folder, async ({ call }) => shown(await call('pilots.drop', { pilot, reason })));
}

function allocate(args: Arguments, folder: string): Promise<Answer> {
  const pilot = pilotOf(args);
  return withVault(args, folder, async ({ call }) => {
    const drawn = await call('pilots.allocate', { pilot });
    const arms = drawn.arms.map(({ arm, allocated }) => `${arm} ${allocated}`);
    return { json: drawn, text: [`Allocated ${drawn.allocated}: ${arms.join(', ')}.`] };
  });
}

function allocations(args: Arguments, folder: string): Promise<Answer> {
  const pilot = pilotOf(args);
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('pilots.allocations', { pilot });
    return {
      json: answer,
      text: answer.allocations.map(({ sequence, person, cluster, stratum, arm }) =>
        [sequence, cluster ?? person ?? 'erased', stratum, arm].join('  '),
      ),
    };
  });
}

const actions: Readonly<Record<string, (args: Arguments, folder: string) => Promise<Answer>>> = {
  ...{ list, show, save, lock, deviate, finish, drop, allocate, allocations },
  ...pilotPeopleActions,
};

/** `pilots DIR [ACTION]`: plans of pilots, their lock, deviations and allocation. */
export function pilots(args: Arguments): Promise<Answer> {
  const folder = word(args, 0, 'the folder of the vault');
  const action = args.words[1] ?? 'list';
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (!run) throw usageError(`pilots does not know “${action}”. It knows ${Object.keys(actions).join(', ')}.`);
  return run(args, folder);
}
