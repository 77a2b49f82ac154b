import { addReviewFullTexts, addReviewStudy } from '#main/store/review-screening-records.ts';
import type { GivenOf, OutputOf } from '#shared/contract/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { ReviewPlace } from '#shared/domain/review.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { flowOf } from './flow-of-review.ts';
import { findReview, findUnit, type HeldReview } from './held-review.ts';

const keptPlaces: ReadonlySet<ReviewPlace> = new Set([
  'to-retrieve',
  'not-retrieved',
  'to-assess',
  'assessment-conflict',
  'assessed-out',
  'included',
]);

function flowAfter({ vault }: VaultContext, { review }: HeldReview): Result<OutputOf<'reviews.flow'>> {
  const after = findReview(vault.store.connection, review);
  return after.ok ? ok(flowOf(vault.store.connection, after.value)) : after;
}

/** Says of records that were kept whether their full texts are sought, here, or not to be had. All of them or none. */
export function setFullText(
  context: VaultContext,
  { review, records, state, note }: GivenOf<'reviews.fullText'>,
): Promise<Result<OutputOf<'reviews.fullText'>>> {
  const { store, writeGate, user } = context.vault;
  return writeGate.run(() => {
    const found = findReview(store.connection, review);
    if (!found.ok) return found;
    const different = [...new Set(records)];
    for (const record of different) {
      const unit = findUnit(found.value, record);
      if (!unit.ok) return unit;
      if (!keptPlaces.has(unit.value.place)) {
        return fail(
          'BAD_INPUT',
          `Record ${record} was not kept by its title and abstract.`,
          'Nothing was changed. Full texts are sought of records that were kept.',
        );
      }
    }
    const at = isoTime(context);
    const rows = different.map((recordId) => ({ review, recordId, state, note, at, user }));
    const event = doneEvent(context, 'review.fullText', `review ${review}`, { records: rows.length, state });
    store.commit(event, (transaction) => addReviewFullTexts(transaction, rows));
    const flow = flowAfter(context, found.value);
    return flow.ok ? ok({ changed: rows.length, flow: flow.value }) : flow;
  });
}

/** Says which study a report is of. */
export function setStudy(
  context: VaultContext,
  { review, record, study }: GivenOf<'reviews.study'>,
): Promise<Result<OutputOf<'reviews.study'>>> {
  const { store, writeGate, user } = context.vault;
  return writeGate.run(() => {
    const found = findReview(store.connection, review);
    if (!found.ok) return found;
    const unit = findUnit(found.value, record);
    if (!unit.ok) return unit;
    const row = { review, recordId: record, study, at: isoTime(context), user };
    store.commit(doneEvent(context, 'review.study', `review ${review}`, { record }), (transaction) =>
      addReviewStudy(transaction, row),
    );
    const flow = flowAfter(context, found.value);
    return flow.ok ? ok({ record, study, flow: flow.value }) : flow;
  });
}
