import { listReviewSources, listReviewWithdrawals } from '#main/store/review-reference-records.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import type { ReviewSource, ReviewSummary, ReviewView } from '#shared/contract/review-shapes.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { ReviewFlow } from '#shared/domain/review-flow.ts';
import type { VaultContext } from '../call-context.ts';
import { flowOf, recordsBySearch, recordsBySource } from './flow-of-review.ts';
import { gapsOfProtocol } from './gaps-of-protocol.ts';
import { heldProtocols } from './held-protocol.ts';
import { findReview, type HeldReview, withRecords } from './held-review.ts';
import { searchLog, shownSearch } from './search-log.ts';

function summaryOf({ review, protocol, status, newest, registration, units, rows }: HeldReview): ReviewSummary {
  return {
    ...{ review, title: protocol.title, status, kind: protocol.kind },
    ...{ version: newest.version, hash: newest.bodyHash, savedAt: newest.at, savedBy: newest.user },
    registeredAt: registration?.at ?? null,
    records: rows.records.filter(({ sourceId }) => !rows.withdrawn.has(sourceId)).length,
    included: units.filter(({ place }) => place === 'included').length,
  };
}

export function reviewList({ vault }: VaultContext): OutputOf<'reviews.list'> {
  const { connection } = vault.store;
  return { reviews: heldProtocols(connection).map((planned) => summaryOf(withRecords(connection, planned))) };
}

function sourcesOf({ vault }: VaultContext, held: HeldReview): ReviewSource[] {
  const { connection } = vault.store;
  const withdrawals = new Map(listReviewWithdrawals(connection, held.review).map((row) => [row.sourceId, row]));
  const counts = recordsBySource(held);
  const faulty = new Map<number, number>();
  for (const { sourceId, hasFault } of held.rows.records) {
    faulty.set(sourceId, (faulty.get(sourceId) ?? 0) + hasFault);
  }
  return listReviewSources(connection, held.review).map(({ id, search, fileName, fileHash, format, at, user }) => {
    const withdrawal = withdrawals.get(id);
    return {
      ...{ source: id, search, fileName, fileHash, format, at, by: user },
      records: counts.get(id) ?? 0,
      faulty: faulty.get(id) ?? 0,
      withdrawn: withdrawal ? { at: withdrawal.at, by: withdrawal.user, reason: withdrawal.reason } : null,
    };
  });
}

/** A review as it stands. Fails with `NOT_FOUND`. */
export function reviewView(context: VaultContext, review: string): Result<ReviewView> {
  const { vault } = context;
  const { connection } = vault.store;
  const found = findReview(connection, review);
  if (!found.ok) return found;
  const held = found.value;
  const { protocol, versions, registration } = held;
  const records = recordsBySearch(connection, held);
  return ok({
    ...summaryOf(held),
    protocol,
    gaps: gapsOfProtocol(context, held),
    versions: versions.map(({ version, bodyHash, reason, at, user }) => ({
      ...{ version, hash: bodyHash, reason, at, by: user },
    })),
    registration: registration && {
      ...{ at: registration.at, by: registration.user, hash: registration.protocolHash },
      version: versions.find(({ id }) => id === registration.protocolId)?.version ?? 0,
      registeredIn: registration.registeredIn,
    },
    searches: searchLog(connection, review).map((logged) => shownSearch(logged, records.get(logged.search) ?? 0)),
    sources: sourcesOf(context, held),
    flow: flowOf(connection, held),
    duplicatesAsked: held.asked.length,
    mayScreen: protocol.reviewers.includes(vault.user),
  });
}

/** The flow of records as it stands. Fails with `NOT_FOUND`. */
export function reviewFlowNow({ vault }: VaultContext, review: string): Result<ReviewFlow> {
  const found = findReview(vault.store.connection, review);
  return found.ok ? ok(flowOf(vault.store.connection, found.value)) : found;
}
