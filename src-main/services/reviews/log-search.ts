import { addReviewSearch } from '#main/store/review-records.ts';
import type { GivenOf } from '#shared/contract/index.ts';
import type { ReviewSearch } from '#shared/contract/review-shapes.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { recordsBySearch } from './flow-of-review.ts';
import { findReview } from './held-review.ts';
import { searchLog, shownSearch } from './search-log.ts';

/** Enters a search, or corrects an entry; what it said before stays in the log. */
export function logSearch(context: VaultContext, given: GivenOf<'reviews.search'>): Promise<Result<ReviewSearch>> {
  const { store, writeGate, user } = context.vault;
  const { review, source, database, platform, on, query, hits, note } = given;
  return writeGate.run(() => {
    const found = findReview(store.connection, review);
    if (!found.ok) return found;
    const log = searchLog(store.connection, review);
    const entry = log.find(({ search }) => search === given.search);
    if (given.search !== null && !entry) {
      return fail('NOT_FOUND', `The log has no search ${given.search}.`, 'Nothing was changed. Choose one of the log.');
    }
    const search = entry?.search ?? log.length + 1;
    const version = (entry?.newest.version ?? 0) + 1;
    const row = { review, search, version, source, database, platform, searchedOn: on, query, hits, note };
    const event = doneEvent(context, 'review.search', `review ${review}`, { search, version, hits });
    store.commit(event, (transaction) => addReviewSearch(transaction, { ...row, at: isoTime(context), user }));
    const entered = searchLog(store.connection, review).find((candidate) => candidate.search === search);
    if (!entered) throw new Error('a search that was entered is not in the log');
    return ok(shownSearch(entered, recordsBySearch(store.connection, found.value).get(search) ?? 0));
  });
}
