import { indicatorDefinitions } from '#main/analysis/indicators/registry.ts';
import type { Connection } from '#main/store/connection.ts';
import type { Action } from '#shared/domain/action-plan.ts';
import { resourceSchema } from '#shared/domain/resource-audit.ts';
import { adviceOf } from './evidence-links.ts';
import { heldOf } from './plan-bodies.ts';

type Links = Pick<Action, 'guidance' | 'resource' | 'decision'>;

/** A title for an action that only what it follows from is known of. */
export function titleOfLink(connection: Connection, { guidance, resource, decision }: Links): string {
  if (guidance) {
    const advice = adviceOf(connection, guidance) ?? `Follow guidance ${guidance.guidance} of ${guidance.review}`;
    return advice.slice(0, 200);
  }
  const held = heldOf(connection, 'resource', resourceSchema).find(({ code }) => code === resource);
  if (held) return `Close the gap in: ${held.body.title}`.slice(0, 200);
  return decision ? `Do what was decided in ${decision.activity}, ${decision.decision}` : 'A new action';
}

/** What an action names and there is none of; null where there is. */
export function linkFault(connection: Connection, { resource, indicator }: Action): string | null {
  const isResourceHeld =
    resource === null || heldOf(connection, 'resource', resourceSchema).some(({ code }) => code === resource);
  if (!isResourceHeld) return `There is no resource “${resource}” in the audit.`;
  const isIndicatorKnown = indicator === null || indicatorDefinitions.some(({ id }) => id === indicator.indicator);
  return isIndicatorKnown ? null : `There is no indicator “${indicator.indicator}”.`;
}
