import type { Connection } from '#main/store/connection.ts';
import { type ActionEventRecord, listActionEvents } from '#main/store/plan-records.ts';
import { type Action, type ActionStatus, actionSchema } from '#shared/domain/action-plan.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { type Held, heldOf } from './plan-bodies.ts';

/** An action as it stands, with what happened to it. */
export type HeldAction = Held<Action> & {
  readonly status: ActionStatus;
  /** The version that is signed off; null where none is since it was proposed. */
  readonly signedVersion: number | null;
  readonly isSigned: boolean;
  /** The pilot that it led to; the latest where another was named. */
  readonly pilot: string | null;
  /** Actions that it waits for and that are not done. */
  readonly blockedBy: readonly string[];
  readonly events: readonly ActionEventRecord[];
};

type Standing = Pick<HeldAction, 'status' | 'signedVersion' | 'pilot'>;

function standingOf(events: readonly ActionEventRecord[]): Standing {
  let standing: Standing = { status: 'proposed', signedVersion: null, pilot: null };
  for (const event of events) standing = after(standing, event);
  return standing;
}

function after(now: Standing, { kind, version, value }: ActionEventRecord): Standing {
  if (kind === 'pilot') return { ...now, pilot: value };
  if (kind === 'sign-off') {
    return { ...now, signedVersion: version, status: now.status === 'proposed' ? 'agreed' : now.status };
  }
  if (kind !== 'move') return now;
  // Proposed anew, it is signed off anew.
  const signedVersion = value === 'proposed' ? null : now.signedVersion;
  return { ...now, signedVersion, status: value as ActionStatus };
}

/** Every action, in the order in which they were begun. */
export function heldActions(connection: Connection): HeldAction[] {
  const all = listActionEvents(connection);
  const stood = heldOf(connection, 'action', actionSchema).map((held) => {
    const events = all.filter(({ action }) => action === held.code);
    return { ...held, events, ...standingOf(events) };
  });
  const statuses = new Map(stood.map(({ code, status }) => [code, status]));
  return stood.map((held) => ({
    ...held,
    isSigned: held.signedVersion === held.newest.version,
    blockedBy: held.body.dependsOn.filter((code) => statuses.get(code) !== 'done'),
  }));
}

/** Fails with `NOT_FOUND`. */
export function findAction(connection: Connection, action: string): Result<HeldAction> {
  const held = heldActions(connection).find(({ code }) => code === action);
  return held
    ? ok(held)
    : fail('NOT_FOUND', `There is no action “${action}”.`, 'Nothing was done. Choose one of the list, or save it.');
}

/** Due before today and not at an end. */
export function isOverdue({ body, status }: HeldAction, today: string): boolean {
  return body.due !== null && body.due < today && status !== 'done' && status !== 'stopped';
}

/** Whether a user may sign off the newest version: complete, not signed yet, and none of its versions theirs. */
export function maySign({ versions, isSigned, status }: HeldAction, user: string, gaps: readonly string[]): boolean {
  const isOpen = status !== 'done' && status !== 'stopped';
  return isOpen && !isSigned && gaps.length === 0 && versions.every((version) => version.user !== user);
}
