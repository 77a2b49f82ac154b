import { appraisalToolNamed } from '#main/analysis/evidence/appraisal-tools.ts';
import type { Connection } from '#main/store/connection.ts';
import { type EvidenceKind, type NewestDocument, newestDocuments } from '#main/store/evidence-records.ts';
import type { HeldAppraisal, HeldEvidence, HeldGuidance } from '#shared/contract/evidence-studies.ts';
import { appraisalSchema, overallJudgement } from '#shared/domain/evidence/appraisal.ts';
import { gradeSchema } from '#shared/domain/evidence/grade.ts';
import { guidanceSchema } from '#shared/domain/evidence/guidance.ts';
import { reviewOutcomeSchema } from '#shared/domain/evidence/outcome.ts';
import { studySchema } from '#shared/domain/evidence/study.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { protocolOfReview } from './protocol-of-review.ts';

function keptOf({ version, bodyHash, at, user }: NewestDocument) {
  return { version, hash: bodyHash, at, by: user };
}

/** What a review holds of its studies as it stands. Fails with `NOT_FOUND`. */
export function heldEvidence(connection: Connection, review: string): Result<HeldEvidence> {
  const protocol = protocolOfReview(connection, review);
  if (!protocol.ok) return protocol;
  const documents = newestDocuments(connection, review);
  const of = (kind: EvidenceKind): NewestDocument[] => documents.filter((document) => document.kind === kind);
  const appraisals = of('appraisal').map(appraisalOf);
  return ok({
    studies: of('study').map((held) => ({ ...keptOf(held), study: studySchema.parse(JSON.parse(held.body)) })),
    outcomes: of('outcome').map((held) => ({
      ...keptOf(held),
      outcome: reviewOutcomeSchema.parse(JSON.parse(held.body)),
    })),
    appraisals,
    disagreements: disagreementsOf(appraisals),
    grades: of('grade').map((held) => ({ ...keptOf(held), grade: gradeSchema.parse(JSON.parse(held.body)) })),
    guidance: of('guidance').map(guidanceOf),
  });
}

function appraisalOf(held: NewestDocument): HeldAppraisal {
  const appraisal = appraisalSchema.parse(JSON.parse(held.body));
  const tool = appraisalToolNamed(appraisal.tool);
  const overall = tool === null ? null : overallJudgement(tool, appraisal);
  return { ...keptOf(held), appraiser: held.user, appraisal, overall };
}

function guidanceOf(held: NewestDocument): HeldGuidance {
  return { ...keptOf(held), review: held.review, guidance: guidanceSchema.parse(JSON.parse(held.body)) };
}

/** What all reviews advise. */
export function heldGuidance(connection: Connection): HeldGuidance[] {
  return newestDocuments(connection)
    .filter(({ kind }) => kind === 'guidance')
    .map(guidanceOf);
}

function disagreementsOf(appraisals: readonly HeldAppraisal[]): HeldEvidence['disagreements'] {
  const byPlace = new Map<string, Set<string>>();
  for (const { appraisal, overall } of appraisals) {
    const place = JSON.stringify([appraisal.study, appraisal.tool]);
    if (overall !== null) byPlace.set(place, (byPlace.get(place) ?? new Set()).add(overall));
  }
  return [...byPlace].flatMap(([place, judgements]) => {
    const [study, tool] = JSON.parse(place) as [string, string];
    return judgements.size < 2 ? [] : [{ study, tool, judgements: [...judgements].sort() }];
  });
}
