import type { Connection } from '#main/store/connection.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import { findScheme, type HeldScheme, heldSchemes } from './held-schemes.ts';

/** A scheme to work with, and the hash of what it says. */
export type NamedScheme = { readonly scheme: Scheme; readonly hash: string };

/**
 * The scheme of a name. An analysis takes one that has been approved, retired ones among them so that an old result can be
 * worked out again, and the built-in ones; a comparison takes drafts too.
 */
export function schemeNamed(
  connection: Connection,
  id: string,
  use: 'analysis' | 'comparison' = 'analysis',
): Result<NamedScheme> {
  const held = findScheme(connection, id);
  if (!held) {
    const known = heldSchemes(connection).filter((scheme) => use === 'comparison' || mayAnswer(scheme));
    return fail(
      'BAD_SPEC',
      `There is no weighting scheme “${id}”.`,
      `Nothing was run. The schemes are: ${known.map((scheme) => scheme.id).join(', ')}.`,
    );
  }
  if (use === 'analysis' && !mayAnswer(held)) {
    return fail(
      'BAD_SPEC',
      `The scheme ${id} has not been approved by two people.`,
      'Nothing was run. Until it is, it can be compared with another scheme, and no analysis is made with it.',
    );
  }
  return ok({ scheme: held.document, hash: held.hash });
}

export function noScheme(id: string): Result<never> {
  return fail('NOT_FOUND', `There is no weighting scheme “${id}”.`, 'Nothing was done. Choose one of the list.');
}

function mayAnswer({ wasApproved, builtIn }: HeldScheme): boolean {
  return wasApproved || builtIn;
}
