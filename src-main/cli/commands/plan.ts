import type { InputOf } from '#shared/contract/index.ts';
import type { ActionSummary, ActionView, MeetingView, ResourceView } from '#shared/contract/plan.ts';
import { breakWords } from '#shared/domain/plan-loop.ts';
import { maturityName } from '#shared/domain/plan-themes.ts';
import { type Arguments, requiredPath, usageError, word } from '../arguments.ts';
import { withVault } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readJsonObject } from '../read-json.ts';
import { engagement } from './plan-engagement.ts';

function actionLine({ action, title, status, owner, due, isOverdue, blockedBy }: ActionSummary): string {
  const late = isOverdue ? ', overdue' : '';
  const waits = blockedBy.length === 0 ? '' : `, waits for ${blockedBy.join(', ')}`;
  return `${action} (${title}): ${status}, ${owner ?? 'no owner'}, due ${due ?? 'on no day'}${late}${waits}`;
}

function resourceLine({ resource, theme, title, maturity, target, gap }: ResourceView): string {
  return `${resource} ${theme}: ${title}, ${maturityName(maturity)} (${maturity}), target ${target}, gap ${gap}`;
}

function meetingLine({ meeting, on, decisions, standings, nextOn }: MeetingView): string {
  const next = nextOn === null ? '' : `, next on ${nextOn}`;
  return `${meeting} on ${on}: ${decisions.length} decisions, ${standings.length} indicators${next}`;
}

function shown(view: ActionView): Answer {
  return {
    json: view,
    text: [
      actionLine(view),
      ...view.gaps.map((gap) => `It lacks ${gap}.`),
      view.isSigned ? `Version ${view.version} is signed off.` : `Version ${view.version} is not signed off.`,
      ...view.events.map(({ at, by, kind, value, words }) => [at, by, kind, value ?? '', words].join('  ').trimEnd()),
      ...view.warnings,
    ],
  };
}

function given(args: Arguments, option: string, why: string): string {
  const value = args.text(option);
  if (value === undefined) throw usageError(`plan needs --${option}: ${why}.`);
  return value;
}

const actionOf = (args: Arguments): string => word(args, 2, 'the code of the action');

function list(args: Arguments, folder: string): Promise<Answer> {
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('plan.actions', {});
    return { json: answer, text: answer.actions.map(actionLine) };
  });
}

function audit(args: Arguments, folder: string): Promise<Answer> {
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('plan.resources', {});
    return { json: answer, text: answer.resources.map(resourceLine) };
  });
}

function loop(args: Arguments, folder: string): Promise<Answer> {
  return withVault(args, folder, async ({ call }) => {
    const answer = await call('plan.loop', {});
    const lines = answer.turns.map(({ action, title, guidance, pilot, study, indicator, breaks }) => [
      [
        guidance === null ? 'no guidance' : `${guidance.review} ${guidance.guidance}`,
        `${action} ${title}`,
        pilot?.pilot ?? 'no pilot',
        study === null ? 'no review' : `${study.review} ${study.study}`,
        indicator?.title ?? 'no indicator',
      ].join(' → '),
      ...breaks.map((broken) => `  ${breakWords[broken]}`),
    ]);
    const loose = answer.pilotsWithoutAction.map(({ pilot }) => `The pilot ${pilot} follows from no action.`);
    return { json: answer, text: [...lines.flat(), ...loose] };
  });
}

function show(args: Arguments, folder: string): Promise<Answer> {
  const action = actionOf(args);
  return withVault(args, folder, async ({ call }) => shown(await call('plan.action', { action })));
}

/** A file with "resource" and no "action" is a rating of the audit, any other an action. */
function save(args: Arguments, folder: string): Promise<Answer> {
  const body = readJsonObject(requiredPath(args, 'file'), 'part of the plan');
  return withVault(args, folder, async ({ call }) => {
    if ('action' in body) {
      return shown(await call('plan.saveAction', { action: body as InputOf<'plan.saveAction'>['action'] }));
    }
    const resource = body as InputOf<'plan.saveResource'>['resource'];
    const view = await call('plan.saveResource', { resource });
    return { json: view, text: [resourceLine(view), ...view.warnings] };
  });
}

function signOff(args: Arguments, folder: string): Promise<Answer> {
  const action = actionOf(args);
  const post = given(args, 'post', 'who agrees to the action');
  return withVault(args, folder, async ({ call }) => {
    const { version } = await call('plan.action', { action });
    return shown(await call('plan.signOff', { action, version, post }));
  });
}

function move(args: Arguments, folder: string): Promise<Answer> {
  const action = actionOf(args);
  const to = given(args, 'to', 'the status that it is to have') as InputOf<'plan.moveAction'>['to'];
  const reason = given(args, 'reason', 'it is kept with the move');
  return withVault(args, folder, async ({ call }) => shown(await call('plan.moveAction', { action, to, reason })));
}

function note(args: Arguments, folder: string): Promise<Answer> {
  const action = actionOf(args);
  const words = given(args, 'what', 'what the note says');
  return withVault(args, folder, async ({ call }) => shown(await call('plan.note', { action, words })));
}

/** With --file it keeps a meeting, else it lists those that were held. */
function review(args: Arguments, folder: string): Promise<Answer> {
  if (args.text('file') === undefined) {
    return withVault(args, folder, async ({ call }) => {
      const answer = await call('plan.meetings', {});
      return { json: answer, text: answer.meetings.map(meetingLine) };
    });
  }
  const body = readJsonObject(requiredPath(args, 'file'), 'meeting');
  const meeting = body as InputOf<'plan.holdMeeting'>['meeting'];
  return withVault(args, folder, async ({ call }) => {
    const view = await call('plan.holdMeeting', { meeting });
    return { json: view, text: [meetingLine(view)] };
  });
}

const actions: Readonly<Record<string, (args: Arguments, folder: string) => Promise<Answer>>> = {
  ...{ list, audit, loop, show, save, 'sign-off': signOff, move, note, review, engagement },
};

/** `plan DIR [ACTION]`: the audit of resources, actions with their sign-off, the loop and review meetings. */
export function plan(args: Arguments): Promise<Answer> {
  const folder = word(args, 0, 'the folder of the vault');
  const action = args.words[1] ?? 'list';
  const run = Object.hasOwn(actions, action) ? actions[action] : undefined;
  if (!run) throw usageError(`plan does not know “${action}”. It knows ${Object.keys(actions).join(', ')}.`);
  return run(args, folder);
}
