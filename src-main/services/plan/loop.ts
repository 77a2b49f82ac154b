import { indicatorDefinitions } from '#main/analysis/indicators/registry.ts';
import { targetOf } from '#main/analysis/indicators/target.ts';
import { targetsInForce } from '#main/store/indicator-target-records.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import type { ActionSummary, LoopTurnView } from '#shared/contract/plan.ts';
import { isoOfDay } from '#shared/domain/dates.ts';
import { breaksOf } from '#shared/domain/plan-loop.ts';
import { todayOf, type VaultContext } from '../call-context.ts';
import { studyOfPilot } from './evidence-links.ts';
import { heldActions } from './held-actions.ts';
import { pilotLinks, summaryOf } from './show-actions.ts';

export type PlannedAction = { readonly summary: ActionSummary; readonly turn: LoopTurnView };

/** Every action as it stands, with its turn of the loop; whether it is overdue is judged on a day, ISO. */
export function plannedActions(context: VaultContext, day: string): PlannedAction[] {
  const pilots = pilotLinks(context);
  return heldActions(context.vault.store.connection).map((held) => {
    const summary = summaryOf(context, held, pilots, day);
    return { summary, turn: turnOf(context, summary) };
  });
}

/** The turns of the loop, an action each, and pilots that no action led to. */
export function planLoop(context: VaultContext): OutputOf<'plan.loop'> {
  const turns = plannedActions(context, isoOfDay(todayOf(context))).map(({ turn }) => turn);
  const led = new Set(turns.map(({ pilot }) => pilot?.pilot));
  return {
    turns,
    pilotsWithoutAction: pilotLinks(context).filter(({ pilot }) => !led.has(pilot)),
  };
}

function turnOf(context: VaultContext, summary: ActionSummary): LoopTurnView {
  const { action, title, status, guidance, resource, decision, pilot } = summary;
  const indicator = indicatorOf(context, summary);
  const study = pilot === null ? null : studyOfPilot(context, pilot.pilot);
  const hasOtherReason = resource !== null || decision !== null;
  return {
    ...{ action, title, status, guidance, resource, decision, pilot, study, indicator },
    breaks: breaksOf({ ...summary, hasOtherReason, pilot, study, indicator }),
  };
}

/** The indicator with the target that the action has, else the force, else its definition. */
function indicatorOf({ vault }: VaultContext, { indicator }: ActionSummary): LoopTurnView['indicator'] {
  if (indicator === null) return null;
  const definition = indicatorDefinitions.find(({ id }) => id === indicator.indicator);
  const set = targetsInForce(vault.store.connection).get(indicator.indicator) ?? null;
  return {
    indicator: indicator.indicator,
    title: definition?.title ?? indicator.indicator,
    target: indicator.target ?? (definition ? (targetOf(definition, set)?.value ?? null) : null),
  };
}
