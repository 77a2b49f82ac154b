import type { Connection } from '#main/store/connection.ts';
import { type NewestDocument, newestDocuments } from '#main/store/evidence-records.ts';
import type { LoopTurnView } from '#shared/contract/plan.ts';
import { guidanceSchema } from '#shared/domain/evidence/guidance.ts';
import { studySchema } from '#shared/domain/evidence/study.ts';
import type { GuidanceLink } from '#shared/domain/plan-parts.ts';
import type { VaultContext } from '../call-context.ts';

/** The review that a pilot entered as a study; null where it entered none. */
export function studyOfPilot({ vault }: VaultContext, pilot: string): LoopTurnView['study'] {
  const isOfPilot = ({ kind, body }: NewestDocument): boolean =>
    kind === 'study' && studySchema.parse(JSON.parse(body)).ownPilot?.pilot === pilot;
  const found = newestDocuments(vault.store.connection).find(isOfPilot);
  return found ? { review: found.review, study: found.item } : null;
}

/** What a statement of guidance advises; null where the review has none of that code. */
export function adviceOf(connection: Connection, { review, guidance }: GuidanceLink): string | null {
  const found = newestDocuments(connection, review).find(({ kind, item }) => kind === 'guidance' && item === guidance);
  return found ? guidanceSchema.parse(JSON.parse(found.body)).what : null;
}
