import { indicatorDefinitions } from '#main/analysis/indicators/registry.ts';
import { targetOf } from '#main/analysis/indicators/target.ts';
import { targetsInForce } from '#main/store/indicator-target-records.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import type { ActionSummary, LoopTurnView } from '#shared/contract/plan.ts';
import { breaksOf } from '#shared/domain/plan-loop.ts';
import type { VaultContext } from '../call-context.ts';
import { studyOfPilot } from './evidence-links.ts';
import { heldActions } from './held-actions.ts';
import { pilotLinks, summaryOf } from './show-actions.ts';

/** The turns of the loop, an action each, and pilots that no action led to. */
export function planLoop(context: VaultContext): OutputOf<'plan.loop'> {
  const { connection } = context.vault.store;
  const pilots = pilotLinks(context);
  const actions = heldActions(connection).map((held) => summaryOf(context, held, pilots));
  const led = new Set(actions.map(({ pilot }) => pilot?.pilot));
  return {
    turns: actions.map((action) => turnOf(context, action)),
    pilotsWithoutAction: pilots.filter(({ pilot }) => !led.has(pilot)),
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
