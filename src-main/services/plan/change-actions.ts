import { type ActionEventRecord, addActionEvent } from '#main/store/plan-records.ts';
import type { InputOf } from '#shared/contract/index.ts';
import type { ActionView } from '#shared/contract/plan.ts';
import { type Action, actionGaps, actionSchema, circleOf, movesFrom } from '#shared/domain/action-plan.ts';
import { nextCode } from '#shared/domain/plan-parts.ts';
import { fail, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { linkFault, titleOfLink } from './action-links.ts';
import { findAction, type HeldAction, heldActions } from './held-actions.ts';
import { saveBody } from './plan-bodies.ts';
import { actionView } from './show-actions.ts';

const unchanged = 'Nothing was changed.';

/** Starts an action from what it follows from, under the next free code; its title says what where nobody did. */
export function startAction(
  context: VaultContext,
  { title, guidance, resource, decision }: InputOf<'plan.startAction'>,
): Promise<Result<ActionView>> {
  const { store, writeGate } = context.vault;
  return writeGate.run(() => {
    const taken = heldActions(store.connection).map(({ code }) => code);
    const links = { guidance: guidance ?? null, resource: resource ?? null, decision: decision ?? null };
    const body = actionSchema.parse({
      action: nextCode('A', taken),
      title: title ?? titleOfLink(store.connection, links),
      ...links,
    });
    return keep(context, body);
  });
}

/** Saves an action as its next version; those before stay as they were. */
export function saveAction(context: VaultContext, action: Action): Promise<Result<ActionView>> {
  return context.vault.writeGate.run(() => keep(context, action));
}

function keep(context: VaultContext, body: Action): Result<ActionView> {
  const { connection } = context.vault.store;
  const held = heldActions(connection);
  const others = held.filter(({ code }) => code !== body.action);
  const fault = linkFault(connection, body);
  if (fault !== null) return fail('BAD_INPUT', fault, 'Nothing was saved. Correct the link, or leave it out.');
  const stranger = body.dependsOn.find((code) => others.every((other) => other.code !== code));
  if (stranger !== undefined) {
    return fail(
      'BAD_INPUT',
      `There is no action “${stranger}” to wait for.`,
      'Nothing was saved. Name one of the list.',
    );
  }
  const circle = circleOf([...others.map(({ body: other }) => other), body]);
  if (circle) {
    return fail(
      'BAD_INPUT',
      `These actions would wait for each other for ever: ${circle.join(' → ')}.`,
      'Nothing was saved. Let one of them begin without the next.',
    );
  }
  const saved = saveBody(context, { kind: 'action', code: body.action, body, what: 'The action' });
  return saved.ok ? actionView(context, body.action) : saved;
}

type Happening = Pick<ActionEventRecord, 'kind' | 'value' | 'words'> & { readonly event: string };

/** Looks at an action, and keeps what happens to it where `work` allows it. */
function happen(
  context: VaultContext,
  action: string,
  work: (held: HeldAction) => Happening | Result<never>,
): Promise<Result<ActionView>> {
  const { store, writeGate, user } = context.vault;
  return writeGate.run(() => {
    const found = findAction(store.connection, action);
    if (!found.ok) return found;
    const happening = work(found.value);
    if ('ok' in happening) return happening;
    const { event, ...row } = happening;
    const { version } = found.value.newest;
    const details = { version, ...(row.kind === 'move' ? { to: row.value ?? '' } : {}) };
    store.commit(doneEvent(context, event, `action ${action}`, details), (transaction) =>
      addActionEvent(transaction, { action, version, ...row, at: isoTime(context), user }),
    );
    return actionView(context, action);
  });
}

/** Signs off the newest version of an action, by somebody who saved none of its versions. */
export function signOff(
  context: VaultContext,
  { action, version, post }: InputOf<'plan.signOff'>,
): Promise<Result<ActionView>> {
  return happen(context, action, ({ newest, versions, isSigned, status, body }) => {
    if (status === 'done' || status === 'stopped') {
      return fail('BAD_INPUT', `${action} is ${status}.`, `${unchanged} Move it back first, with a reason.`);
    }
    if (newest.version !== version) {
      return fail(
        'BAD_INPUT',
        'This is not the version that you read.',
        `${unchanged} Read it again, and sign it then.`,
      );
    }
    if (isSigned) return fail('BAD_INPUT', `Version ${version} of ${action} is signed off already.`, unchanged);
    const gaps = actionGaps(body);
    if (gaps.length > 0) {
      return fail('BAD_INPUT', `${action} lacks ${gaps.join(', ')}.`, `${unchanged} Say what is missing, and save it.`);
    }
    if (versions.some(({ user }) => user === context.vault.user)) {
      return fail(
        'FORBIDDEN',
        `You had a hand in ${action}, so that somebody else signs it off.`,
        `${unchanged} Ask a colleague who has saved no version of it.`,
      );
    }
    return { kind: 'sign-off', value: post, words: '', event: 'plan.signOff' };
  });
}

/** Moves an action to another status, where its own and what it waits for allow it. */
export function moveAction(
  context: VaultContext,
  { action, to, reason }: InputOf<'plan.moveAction'>,
): Promise<Result<ActionView>> {
  return happen(context, action, ({ status, isSigned, blockedBy }) => {
    if (!movesFrom(status).includes(to)) {
      const open = movesFrom(status).join(' or ');
      const how = status === 'proposed' ? 'It is agreed by a sign-off; else it can be' : 'From there it can be';
      return fail('BAD_INPUT', `${action} is ${status}, and cannot be ${to}.`, `${unchanged} ${how} ${open}.`);
    }
    if ((to === 'under way' || to === 'done') && !isSigned) {
      return fail(
        'BAD_INPUT',
        `${action} was changed since it was signed off.`,
        `${unchanged} Have it signed off again.`,
      );
    }
    if (to === 'under way' && blockedBy.length > 0) {
      return fail(
        'BAD_INPUT',
        `${action} waits for ${blockedBy.join(', ')}.`,
        `${unchanged} Finish what it waits for, or save it without.`,
      );
    }
    return { kind: 'move', value: to, words: reason, event: 'plan.move' };
  });
}

export function addNote(context: VaultContext, { action, words }: InputOf<'plan.note'>): Promise<Result<ActionView>> {
  return happen(context, action, () => ({ kind: 'note', value: null, words, event: 'plan.note' }));
}

/** Keeps which pilot an action led to. */
export function keepPilot(context: VaultContext, action: string, pilot: string): Promise<Result<ActionView>> {
  return happen(context, action, (held) =>
    held.pilot === pilot
      ? fail('BAD_INPUT', `${action} led to ${pilot} already.`, unchanged)
      : { kind: 'pilot', value: pilot, words: '', event: 'plan.pilot' },
  );
}
