import type { Opener } from '#main/crypto/seal.ts';
import { identityBox, identityBoxes, type SafetyPlace, safetyBox } from '#main/store/case-facts.ts';
import { lastReveal } from '#main/store/case-records.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { VaultContext } from '../call-context.ts';
import { contexts, openContent, withOpener } from './clinic.ts';
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

/** How long ago a clinician may have revealed an identity that a summary is to hold. */
const revealedWithinMs = 3_600_000;

/** Who the person of a case is, where the same clinician has revealed it for a reason within the hour. */
export async function revealedIdentity(
  context: VaultContext,
  caseId: number,
  person: string,
): Promise<Result<readonly IdentityField[]>> {
  const { vault, nowMs } = context;
  const at = lastReveal(vault.store.connection, caseId, vault.user);
  if (at === null || nowMs - Date.parse(at) > revealedWithinMs) {
    return fail(
      'BAD_INPUT',
      'The identity can only be part of a summary when you have revealed it within the last hour.',
      'Nothing was written. Reveal it with a reason, or leave it out.',
    );
  }
  const fields = await withOpener(vault, (opener) => identityOf(context, opener, person));
  return fields ? ok(fields) : fail('NOT_FOUND', 'No identity is held for this person.', 'Nothing was written.');
}
