import type { OutputOf } from '#shared/contract/index.ts';
import type { SchemeSummary, SchemeView } from '#shared/contract/schemes.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { schemeSchema } from '#shared/domain/scheme.ts';
import type { VaultContext } from '../call-context.ts';
import { listUsers } from '../vault/index.ts';
import { schemeInUse } from './adopted-schemes.ts';
import { noScheme } from './find-scheme.ts';
import { findScheme, type HeldScheme, heldSchemes } from './held-schemes.ts';

function summaryOf(held: HeldScheme, user: string, inUse: string): SchemeSummary {
  const newest = held.versions.at(-1);
  const isAuthor = held.authors.includes(user);
  return {
    scheme: held.id,
    state: held.state,
    builtIn: held.builtIn,
    version: newest?.version ?? 0,
    hash: held.hash,
    effectiveFrom: held.document.effective_from,
    savedAt: newest?.savedAt ?? null,
    savedBy: newest?.savedBy ?? null,
    tiers: Object.keys(held.document.tiers).length,
    triggers: held.document.review_triggers.length,
    agreedBy: [...held.agreedBy],
    mayAgree: held.state === 'submitted' && !isAuthor && !held.agreedBy.includes(user),
    mayWithdraw: held.state === 'submitted' && isAuthor,
    onWorklist: held.id === inUse,
  };
}

export function schemeList({ vault }: VaultContext): OutputOf<'schemes.list'> {
  const { connection } = vault.store;
  const { users } = listUsers(vault);
  const inUse = schemeInUse(connection).scheme.id;
  return {
    schemes: heldSchemes(connection).map((held) => summaryOf(held, vault.user, inUse)),
    possibleApprovers: users.filter(({ roles }) => roles.some((role) => role !== 'administrator')).length,
  };
}

/** A scheme as it stands, or as an earlier version of it was saved. */
export function schemeView({ vault }: VaultContext, id: string, version?: number): Result<SchemeView> {
  const { connection } = vault.store;
  const held = findScheme(connection, id);
  if (!held) return noScheme(id);
  const earlier = held.versions.find((candidate) => candidate.version === version);
  if (version !== undefined && !earlier) {
    return fail('NOT_FOUND', `There is no version ${version} of ${id}.`, 'Nothing was done. Choose one of the list.');
  }
  const isEarlier = earlier !== undefined && earlier !== held.versions.at(-1);
  const numbers = new Map(held.versions.map((row) => [row.id, row.version]));
  return ok({
    ...summaryOf(held, vault.user, schemeInUse(connection).scheme.id),
    document: isEarlier ? schemeSchema.parse(JSON.parse(earlier.body)) : held.document,
    versions: held.versions.map(({ version: number, bodyHash, savedAt, savedBy, reason, copiedFrom }) => ({
      version: number,
      hash: bodyHash,
      savedAt,
      savedBy,
      reason,
      copiedFrom,
    })),
    events: held.events.map(({ schemeVersionId, kind, at, user, reason }) => ({
      version: numbers.get(schemeVersionId) ?? 0,
      kind,
      at,
      user,
      reason,
    })),
  });
}
