import { stageWaitedFor } from '#main/analysis/evidence/screening/place.ts';
import { decisionsPerHour } from '#main/analysis/evidence/screening/screening-rate.ts';
import { standingDecisions } from '#main/analysis/evidence/screening/stage-outcome.ts';
import { addReviewDecisions } from '#main/store/review-screening-records.ts';
import type { GivenOf, OutputOf } from '#shared/contract/index.ts';
import type { ScreeningProgress } from '#shared/contract/review-screening.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { ScreeningStage } from '#shared/domain/review.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { findReview, findUnit, type HeldReview, type HeldUnit } from './held-review.ts';
import { referencesOf } from './reference-words.ts';

const unchanged = 'Nothing was changed.';

/** What a reviewer says of a record at a stage. */
export type Said = Pick<GivenOf<'reviews.decide'>, 'decision' | 'reason' | 'note'>;

/** Refuses whoever does not screen this review, and a review that is not registered. */
export function refuseToScreen({ review, protocol, registration }: HeldReview, user: string): Result<never> | null {
  if (!registration) {
    return fail(
      'BAD_INPUT',
      `The protocol of ${review} is not registered.`,
      `${unchanged} Register it first, so that nobody can fit it to what was found.`,
    );
  }
  if (protocol.reviewers.includes(user)) return null;
  return fail(
    'FORBIDDEN',
    `You are not one of the reviewers of ${review}.`,
    `${unchanged} Its protocol names them: ${protocol.reviewers.join(', ')}.`,
  );
}

function hasDecided({ decisions }: HeldUnit, stage: ScreeningStage, user: string): boolean {
  return standingDecisions(decisions, stage).some((decision) => decision.user === user);
}

function waitsFor(unit: HeldUnit, stage: ScreeningStage, user: string): boolean {
  return stageWaitedFor(unit.place) === stage && !hasDecided(unit, stage, user);
}

/** How far a reviewer is at a stage. */
export function progressOf(held: HeldReview, stage: ScreeningStage, user: string, nowMs: number): ScreeningProgress {
  const own = held.units.flatMap(({ decisions }) =>
    decisions.filter((decision) => decision.user === user && decision.stage === stage),
  );
  const times = own.map(({ at }) => Date.parse(at)).sort((a, b) => a - b);
  return {
    decided: held.units.filter((unit) => hasDecided(unit, stage, user)).length,
    remaining: held.units.filter((unit) => waitsFor(unit, stage, user)).length,
    perHour: decisionsPerHour(times, nowMs),
  };
}

/** The records that wait for whoever asks, in order. */
export function nextRecords(
  { vault, nowMs }: VaultContext,
  { review, stage, limit }: GivenOf<'reviews.next'>,
): Result<OutputOf<'reviews.next'>> {
  const { connection } = vault.store;
  const found = findReview(connection, review);
  if (!found.ok) return found;
  const held = found.value;
  const refusal = refuseToScreen(held, vault.user);
  if (refusal) return refusal;
  const units = held.units.filter((unit) => waitsFor(unit, stage, vault.user)).slice(0, limit);
  return ok({
    records: referencesOf(connection, units),
    inclusion: held.protocol.inclusion,
    exclusion: held.protocol.exclusion,
    progress: progressOf(held, stage, vault.user, nowMs),
  });
}

/** Why a decision cannot be kept, in words; null where it can. */
export function decisionFault(
  { protocol }: HeldReview,
  unit: HeldUnit,
  stage: ScreeningStage,
  { decision, reason }: Said,
): string | null {
  if (!unit.isReadable) return 'It has no title, and nobody can judge it.';
  if (stage === 'full-text' && !isHere(unit)) return 'Its full text is not here, or its title was not kept.';
  const isSettled = unit.resolutions.findLast((resolution) => resolution.stage === stage);
  if (isSettled && isSettled.decision !== 'none') return 'It was settled between its reviewers.';
  if (reason !== null && decision !== 'exclude') return 'A reason is given where a record is excluded.';
  if (reason !== null && !protocol.exclusion.some(({ code }) => code === reason)) {
    return `The protocol has no reason “${reason}”. It has ${protocol.exclusion.map(({ code }) => code).join(', ')}.`;
  }
  if (stage === 'full-text' && decision === 'exclude' && reason === null) {
    return 'A full text is excluded for a reason of the protocol.';
  }
  return null;
}

function isHere({ place }: HeldUnit): boolean {
  return place === 'to-assess' || place === 'assessment-conflict' || place === 'assessed-out' || place === 'included';
}

/** Keeps what whoever asks decides on a record; their last decision counts. */
export function decideOnRecord(
  context: VaultContext,
  { review, stage, record, ...said }: GivenOf<'reviews.decide'>,
): Promise<Result<OutputOf<'reviews.decide'>>> {
  const { store, writeGate, user } = context.vault;
  return writeGate.run(() => {
    const found = findReview(store.connection, review);
    if (!found.ok) return found;
    const refusal = refuseToScreen(found.value, user);
    if (refusal) return refusal;
    const unit = findUnit(found.value, record);
    if (!unit.ok) return unit;
    const fault = decisionFault(found.value, unit.value, stage, said);
    if (fault !== null) return fail('BAD_INPUT', `The decision cannot be kept. ${fault}`, unchanged);
    if (said.decision === 'none' && !hasDecided(unit.value, stage, user)) {
      return fail('BAD_INPUT', 'You have not decided on this record.', unchanged);
    }
    const row = { review, recordId: record, stage, ...said, at: isoTime(context), user };
    // Not what was decided: whoever reads the log may still have to decide.
    const event = doneEvent(context, 'review.decide', `review ${review}`, { record, stage });
    store.commit(event, (transaction) => addReviewDecisions(transaction, [row]));
    const after = findReview(store.connection, review);
    return after.ok ? ok({ record, progress: progressOf(after.value, stage, user, context.nowMs) }) : after;
  });
}
