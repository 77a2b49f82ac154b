import { indicatorDefinitions } from '#main/analysis/indicators/registry.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import type { ActionSummary, ActionView } from '#shared/contract/plan.ts';
import { actionGaps, movesFrom } from '#shared/domain/action-plan.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import { nameLike } from '#shared/domain/name-like.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { todayOf, type VaultContext } from '../call-context.ts';
import { pilotList } from '../pilots/index.ts';
import { findAction, type HeldAction, heldActions, isOverdue, maySign } from './held-actions.ts';
import { savedOf } from './plan-bodies.ts';

/** The pilots that there are, as the plan names them. */
export function pilotLinks(context: VaultContext): NonNullable<ActionSummary['pilot']>[] {
  return pilotList(context).pilots.map(({ pilot, title, status }) => ({ pilot, title, status }));
}

/** @param day on which it is judged whether it is overdue, ISO */
export function summaryOf(
  context: VaultContext,
  held: HeldAction,
  pilots: readonly NonNullable<ActionSummary['pilot']>[],
  day = isoOfDay(todayOf(context)),
): ActionSummary {
  const gaps = actionGaps(held.body);
  return {
    ...held.body,
    ...savedOf(held),
    status: held.status,
    gaps,
    isSigned: held.isSigned,
    maySign: maySign(held, context.vault.user, gaps),
    isOverdue: isOverdue(held, day),
    blockedBy: [...held.blockedBy],
    moves: [...movesFrom(held.status)],
    pilot: pilots.find(({ pilot }) => pilot === held.pilot) ?? null,
  };
}

export function actionList(context: VaultContext): OutputOf<'plan.actions'> {
  const pilots = pilotLinks(context);
  return {
    actions: heldActions(context.vault.store.connection).map((held) => summaryOf(context, held, pilots)),
    indicators: indicatorDefinitions.map(({ id, title }) => ({ indicator: id, title })),
  };
}

export function actionView(context: VaultContext, action: string): Result<ActionView> {
  const found = findAction(context.vault.store.connection, action);
  if (!found.ok) return found;
  const { versions, events, body } = found.value;
  return ok({
    ...summaryOf(context, found.value, pilotLinks(context)),
    warnings: nameLike([body.title, body.why, ...events.map(({ words }) => words)]),
    versions: versions.map(({ version, at, user }) => ({ version, at, by: user })),
    events: events.map(({ kind, version, value, words, at, user }) => ({ kind, version, value, words, at, by: user })),
  });
}
