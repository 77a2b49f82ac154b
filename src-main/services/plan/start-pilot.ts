import type { InputOf } from '#shared/contract/index.ts';
import type { ActionView } from '#shared/contract/plan.ts';
import { pilotPlanSchema } from '#shared/domain/pilot.ts';
import { fail, type Result } from '#shared/domain/result.ts';
import type { VaultContext } from '../call-context.ts';
import { savePlan } from '../pilots/index.ts';
import { keepPilot } from './change-actions.ts';
import { findAction } from './held-actions.ts';
import { pilotLinks } from './show-actions.ts';

/** Begins a pilot as an idea with the title and the reason of an action, and keeps which led to which. */
export async function startPilot(
  context: VaultContext,
  { action, pilot }: InputOf<'plan.startPilot'>,
): Promise<Result<ActionView>> {
  const found = findAction(context.vault.store.connection, action);
  if (!found.ok) return found;
  if (pilotLinks(context).some((held) => held.pilot === pilot)) {
    return fail(
      'BAD_INPUT',
      `There is a pilot “${pilot}” already.`,
      'Nothing was changed. Link it, or choose a new name.',
    );
  }
  const { title, why } = found.value.body;
  const plan = pilotPlanSchema.parse({ pilot, title, logicModel: { problem: why } });
  const begun = await savePlan(context, { plan });
  return begun.ok ? keepPilot(context, action, pilot) : begun;
}

/** Fails with `NOT_FOUND` where there is no such pilot. */
export async function linkPilot(
  context: VaultContext,
  { action, pilot }: InputOf<'plan.linkPilot'>,
): Promise<Result<ActionView>> {
  return pilotLinks(context).some((held) => held.pilot === pilot)
    ? keepPilot(context, action, pilot)
    : fail('NOT_FOUND', `There is no pilot “${pilot}”.`, 'Nothing was changed. Choose one of the list.');
}
