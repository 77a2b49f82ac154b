import { reviewerAgreement } from '#main/analysis/evidence/screening/agreement.ts';
import { addReviewResolution } from '#main/store/review-screening-records.ts';
import type { GivenOf, OutputOf } from '#shared/contract/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { ScreeningStage } from '#shared/domain/review.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { findReview, findUnit, type HeldUnit } from './held-review.ts';
import { shownDecisions } from './records.ts';
import { referencesOf } from './reference-words.ts';
import { decisionFault, refuseToScreen } from './screen.ts';

function stageInConflict({ place }: HeldUnit): ScreeningStage | null {
  if (place === 'screening-conflict') return 'title';
  return place === 'assessment-conflict' ? 'full-text' : null;
}

/** Records on which reviewers differ, with what each decided. */
export function screeningConflicts(
  { vault }: VaultContext,
  { review, offset, limit }: GivenOf<'reviews.conflicts'>,
): Result<OutputOf<'reviews.conflicts'>> {
  const { connection } = vault.store;
  const found = findReview(connection, review);
  if (!found.ok) return found;
  const open = found.value.units.filter((unit) => stageInConflict(unit) !== null);
  const shown = open.slice(offset, offset + limit);
  const references = referencesOf(connection, shown);
  return ok({
    total: open.length,
    conflicts: shown.flatMap((unit, index) => {
      const stage = stageInConflict(unit);
      const reference = references[index];
      if (stage === null || !reference) return [];
      return [{ stage, reference, decisions: shownDecisions(unit, stage, vault.user) }];
    }),
  });
}

/** Settles a record as its reviewers agreed, or opens it again. */
export function resolveConflict(
  context: VaultContext,
  { review, stage, record, decision, reason, note }: GivenOf<'reviews.resolve'>,
): Promise<Result<OutputOf<'reviews.resolve'>>> {
  const { store, writeGate, user } = context.vault;
  return writeGate.run(() => {
    const found = findReview(store.connection, review);
    if (!found.ok) return found;
    const refusal = refuseToScreen(found.value, user);
    if (refusal) return refusal;
    const unit = findUnit(found.value, record);
    if (!unit.ok) return unit;
    const fault = resolutionFault(unit.value, stage, decision) ?? reasonFault();
    if (fault !== null) return fail('BAD_INPUT', fault, 'Nothing was changed.');
    const row = { review, recordId: record, stage, decision, reason, note, at: isoTime(context), user };
    const event = doneEvent(context, 'review.resolve', `review ${review}`, { record, stage, decision });
    store.commit(event, (transaction) => addReviewResolution(transaction, row));
    const after = findReview(store.connection, review);
    if (!after.ok) return after;
    const place = after.value.unitOf.get(record)?.place ?? unit.value.place;
    return ok({ record, place, conflicts: after.value.units.filter((one) => stageInConflict(one) !== null).length });

    function reasonFault(): string | null {
      if (!found.ok || !unit.ok || decision === 'none') return null;
      const open = { ...unit.value, resolutions: [] };
      return decisionFault(found.value, open, stage, { decision, reason, note });
    }
  });
}

function resolutionFault(unit: HeldUnit, stage: ScreeningStage, decision: 'include' | 'exclude' | 'none') {
  const last = unit.resolutions.findLast((resolution) => resolution.stage === stage);
  if (decision === 'none') {
    return last && last.decision !== 'none' ? null : 'Nothing was agreed on this record that could be taken back.';
  }
  return stageInConflict(unit) === stage ? null : 'Its reviewers do not differ on this record.';
}

/** How far reviewers agree at a stage. */
export function agreementOfReviewers(
  { vault }: VaultContext,
  { review, stage }: GivenOf<'reviews.agreement'>,
): Result<OutputOf<'reviews.agreement'>> {
  const found = findReview(vault.store.connection, review);
  if (!found.ok) return found;
  const pairs = reviewerAgreement(
    found.value.units.map(({ decisions }) => decisions),
    stage,
  );
  return ok({
    pairs,
    warnings: pairs.flatMap(({ first, second, kappa, n }) => [
      ...(kappa === null
        ? [`${first} and ${second} decide always in one way, so that kappa says nothing. AC1 does.`]
        : []),
      ...(n < 50 ? [`${first} and ${second} have ${n} records in common: the intervals are wide.`] : []),
    ]),
  });
}
