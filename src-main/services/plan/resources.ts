import type { OutputOf } from '#shared/contract/index.ts';
import type { ResourceView } from '#shared/contract/plan.ts';
import { nameLike } from '#shared/domain/name-like.ts';
import { byGap, gapOf, type Resource, resourceSchema } from '#shared/domain/resource-audit.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { VaultContext } from '../call-context.ts';
import { type Held, heldOf, saveBody, savedOf } from './plan-bodies.ts';

function viewOf(held: Held<Resource>): ResourceView {
  return {
    ...held.body,
    ...savedOf(held),
    gap: gapOf(held.body),
    warnings: nameLike([held.body.title, held.body.evidence]),
    ratings: held.versions.map(({ version, at, user, body }) => {
      const { assessedOn, maturity, target } = resourceSchema.parse(JSON.parse(body));
      return { version, at, by: user, assessedOn, maturity, target };
    }),
  };
}

/** The audit of resources, the widest gap first. */
export function resourceList({ vault }: VaultContext): OutputOf<'plan.resources'> {
  return { resources: byGap(heldOf(vault.store.connection, 'resource', resourceSchema).map(viewOf)) };
}

/** Saves a rating as the next version of its resource. */
export function saveResource(context: VaultContext, resource: Resource): Promise<Result<ResourceView>> {
  const { store, writeGate } = context.vault;
  return writeGate.run(() => {
    const code = resource.resource;
    const saved = saveBody(context, { kind: 'resource', code, body: resource, what: 'The rating of' });
    if (!saved.ok) return saved;
    const held = heldOf(store.connection, 'resource', resourceSchema).find((found) => found.code === code);
    if (!held) throw new Error('a rating that was just saved is not held');
    return ok(viewOf(held));
  });
}
