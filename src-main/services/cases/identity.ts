import type { Opener } from '#main/crypto/seal.ts';
import { identityBox, identityBoxes, type SafetyPlace, safetyBox } from '#main/store/case-facts.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { VaultContext } from '../call-context.ts';
import { contexts, openContent } from './clinic.ts';
import { identitySchema, type OpenedContent, safetyContentSchema } from './contents.ts';

export type IdentityField = { readonly name: string; readonly value: string };

/** Who a pseudonym is, or null where no identity came with the extracts. */
export function identityOf({ vault }: VaultContext, opener: Opener, person: string): readonly IdentityField[] | null {
  const box = identityBox(vault.store.connection, person);
  const identity = box === null ? null : openContent(opener, box, contexts.identity, identitySchema);
  return identity === null ? null : Object.entries(identity).map(([name, value]) => ({ name, value }));
}

/**
 * The pseudonym of a reference as it is typed, found by opening the sealed identities one by one: only who holds the clinic key
 * can, and no key maps a reference to a pseudonym outside an import.
 */
export function personOfReference({ vault }: VaultContext, opener: Opener, reference: string): string | null {
  const wanted = reference.trim().toLowerCase();
  let found: string | null = null;
  for (const { person, box } of identityBoxes(vault.store.connection)) {
    const identity = openContent(opener, box, contexts.identity, identitySchema);
    // The last one counts: a reference that was given anew belongs to whom it was given to.
    if (identity?.['reference']?.trim().toLowerCase() === wanted) found = person;
  }
  return found;
}

export function openSafety({ vault }: VaultContext, opener: Opener, place: SafetyPlace): Result<OpenedContent> {
  const box = safetyBox(vault.store.connection, place);
  const content = box === null ? null : openContent(opener, box, contexts.safety, safetyContentSchema);
  if (content) return ok(content);
  return fail('NOT_FOUND', 'There is no such safety answer.', 'Nothing was changed. Choose one from the worklist.');
}
