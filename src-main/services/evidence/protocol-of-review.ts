import type { Connection } from '#main/store/connection.ts';
import { listReviewProtocols } from '#main/store/review-records.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { type ReviewProtocol, reviewProtocolSchema } from '#shared/domain/review.ts';

/** The newest protocol of a review. Fails with `NOT_FOUND`. */
export function protocolOfReview(connection: Connection, review: string): Result<ReviewProtocol> {
  const newest = listReviewProtocols(connection)
    .filter((protocol) => protocol.review === review)
    .at(-1);
  return newest
    ? ok(reviewProtocolSchema.parse(JSON.parse(newest.body)))
    : fail(
        'NOT_FOUND',
        `There is no review “${review}”.`,
        'Nothing was done. Choose one of the list, or save its protocol.',
      );
}
