import { stageWaitedFor } from '#main/analysis/evidence/screening/place.ts';
import { standingDecisions } from '#main/analysis/evidence/screening/stage-outcome.ts';
import type { Connection } from '#main/store/connection.ts';
import { findReviewRecords, listReviewSources, readReviewRecords } from '#main/store/review-reference-records.ts';
import type { GivenOf, OutputOf } from '#shared/contract/index.ts';
import type { ListedRecord, RecordView, ReviewReference, ShownDecision } from '#shared/contract/review-shapes.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import { type ScreeningStage, screeningStages } from '#shared/domain/review.ts';
import type { VaultContext } from '../call-context.ts';
import { findReview, findUnit, type HeldUnit } from './held-review.ts';
import { referenceOf, referencesOf } from './reference-words.ts';
import { searchLog } from './search-log.ts';

function listed(unit: HeldUnit, { title, year, authors, journal }: ReviewReference): ListedRecord {
  const { id, place, reason, study, records } = unit;
  return { record: id, title, year, authors, journal, place, reason, study, copies: records.length };
}

/** Units of a review by where they stand and by words of any of their records. */
export function reviewRecords(
  { vault }: VaultContext,
  { review, places, text, offset, limit }: GivenOf<'reviews.records'>,
): Result<OutputOf<'reviews.records'>> {
  const { connection } = vault.store;
  const found = findReview(connection, review);
  if (!found.ok) return found;
  const named = text === '' ? null : new Set(findReviewRecords(connection, review, text));
  const units = found.value.units.filter(
    ({ place, records }) =>
      (places.length === 0 || places.includes(place)) && (named === null || records.some((id) => named.has(id))),
  );
  const shown = units.slice(offset, offset + limit);
  const references = referencesOf(connection, shown);
  return ok({
    total: units.length,
    records: shown.flatMap((unit, index) => {
      const reference = references[index];
      return reference ? [listed(unit, reference)] : [];
    }),
  });
}

/** What reviewers decided at a stage, as far as it may be shown: while others are to decide, the own one alone. */
export function shownDecisions(unit: HeldUnit, stage: ScreeningStage, user: string): ShownDecision[] {
  const isOpen = stageWaitedFor(unit.place) === stage || isBefore(unit, stage);
  return standingDecisions(unit.decisions, stage).flatMap(({ id }) => {
    const row = unit.decisions.find((decision) => decision.id === id);
    if (!row || row.decision === 'none' || (isOpen && row.user !== user)) return [];
    return [{ stage, reviewer: row.user, decision: row.decision, reason: row.reason, note: row.note, at: row.at }];
  });
}

/** Whether a unit has not come to a stage, where it may be that some decided on it before it was sent back. */
function isBefore({ place }: HeldUnit, stage: ScreeningStage): boolean {
  return (
    stage === 'full-text' &&
    !(['assessment-conflict', 'assessed-out', 'included'] satisfies HeldUnit['place'][]).some((one) => one === place)
  );
}

function originsOf(connection: Connection, review: string, unit: HeldUnit): RecordView['origins'] {
  const sources = new Map(listReviewSources(connection, review).map((source) => [source.id, source]));
  const searches = new Map(searchLog(connection, review).map(({ search, newest }) => [search, newest]));
  return readReviewRecords(connection, unit.records).map(({ id, sourceId, row, fault }) => {
    const search = sources.get(sourceId)?.search ?? 0;
    return { record: id, source: sourceId, search, database: searches.get(search)?.database ?? '', row, fault };
  });
}

/** One unit, by any of its records. Fails with `NOT_FOUND`. */
export function reviewRecord(
  { vault }: VaultContext,
  { review, record }: GivenOf<'reviews.record'>,
): Result<RecordView> {
  const { connection } = vault.store;
  const found = findReview(connection, review);
  if (!found.ok) return found;
  const unit = findUnit(found.value, record);
  if (!unit.ok) return unit;
  const reference = referenceOf(unit.value.id, readReviewRecords(connection, unit.value.records));
  return ok({
    ...listed(unit.value, reference),
    reference,
    origins: originsOf(connection, review, unit.value),
    fullText: unit.value.fullText,
    decisions: screeningStages.flatMap((stage) => shownDecisions(unit.value, stage, vault.user)),
  });
}
