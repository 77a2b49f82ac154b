import type { Connection } from '#main/store/connection.ts';
import {
  listReviewProtocols,
  listReviewRegistrations,
  type ReviewProtocolRecord,
  type ReviewRegistrationRecord,
} from '#main/store/review-records.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { type ReviewProtocol, type ReviewStatus, reviewProtocolSchema } from '#shared/domain/review.ts';
import { type ProtocolGap, protocolGaps } from '#shared/domain/review-gaps.ts';

/** A review as it is planned: its newest protocol, and the versions before. */
export type HeldProtocol = {
  readonly review: string;
  readonly status: ReviewStatus;
  readonly protocol: ReviewProtocol;
  readonly gaps: readonly ProtocolGap[];
  /** The oldest first, never empty. */
  readonly versions: readonly ReviewProtocolRecord[];
  readonly newest: ReviewProtocolRecord;
  readonly registration: ReviewRegistrationRecord | null;
};

/** Every review as it is planned, in the order in which they were begun. */
export function heldProtocols(connection: Connection): HeldProtocol[] {
  const protocols = listReviewProtocols(connection);
  const registrations = listReviewRegistrations(connection);
  return [...new Set(protocols.map(({ review }) => review))].flatMap((review) => {
    const versions = protocols.filter((protocol) => protocol.review === review);
    const newest = versions.at(-1);
    if (!newest) return [];
    const protocol = reviewProtocolSchema.parse(JSON.parse(newest.body));
    const registration = registrations.find((row) => row.review === review) ?? null;
    const status = registration ? 'registered' : 'draft';
    return [{ review, status, protocol, gaps: protocolGaps(protocol), versions, newest, registration }];
  });
}

/** Fails with `NOT_FOUND`. */
export function findProtocol(connection: Connection, review: string): Result<HeldProtocol> {
  const held = heldProtocols(connection).find((candidate) => candidate.review === review);
  return held
    ? ok(held)
    : fail(
        'NOT_FOUND',
        `There is no review “${review}”.`,
        'Nothing was done. Choose one of the list, or save its protocol.',
      );
}
