import { lookAtFile } from '#main/files/look.ts';
import type { VaultContext } from '../call-context.ts';
import { type LookedAt, type Recognition, recognise } from '../mappings/index.ts';
import type { Proposal } from './propose-mapping.ts';

export type RecognisedProposal = Proposal & { readonly saved: { readonly name: string; readonly version: number } };

/** What is proposed for a file that a saved mapping is for, or null where none is. */
export async function recognisedProposal(
  context: VaultContext,
  file: string,
  look: LookedAt,
): Promise<RecognisedProposal | null> {
  const recognition = await recognise(context.vault.store.connection, file, look);
  const best = recognition.found === 'one' ? recognition.recognised : null;
  if (!best?.saved) return null;
  const { name, version } = best.saved;
  return {
    saved: { name, version },
    kind: best.mapping.kind,
    mapping: best.mapping,
    confidence: 1,
    reasons: [`Recognised as “${name}”, version ${version}.`],
  };
}

/**
 * Which mapping a file of the watched folder is for.
 *
 * @throws ExpectedError as a look at the file does
 */
export async function recogniseExtract(context: VaultContext, file: string): Promise<Recognition> {
  const look = await lookAtFile(file);
  return recognise(context.vault.store.connection, file, look);
}
