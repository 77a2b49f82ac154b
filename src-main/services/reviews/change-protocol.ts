import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { addReviewProtocol, addReviewRegistration } from '#main/store/review-records.ts';
import type { GivenOf } from '#shared/contract/index.ts';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { fail, type Result } from '#shared/domain/result.ts';
import type { ReviewProtocol } from '#shared/domain/review.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { gapsOfProtocol } from './gaps-of-protocol.ts';
import { findProtocol, heldProtocols } from './held-protocol.ts';
import { type HeldReview, withRecords } from './held-review.ts';
import { reviewView } from './show-reviews.ts';

const unchanged = 'Nothing was changed.';

/** Saves a protocol as the next version of its review: freely until it is registered, with a reason from then on. */
export function saveProtocol(
  context: VaultContext,
  { protocol, reason }: GivenOf<'reviews.save'>,
): Promise<Result<ReviewView>> {
  const { store, writeGate, user } = context.vault;
  const { review } = protocol;
  return writeGate.run(() => {
    const planned = heldProtocols(store.connection).find((candidate) => candidate.review === review);
    // What was left out and what is `undefined` is the same protocol.
    const body = canonicalJson(JSON.parse(JSON.stringify(protocol)));
    const bodyHash = sha256Hex(body);
    if (planned?.newest.bodyHash === bodyHash) {
      return fail('BAD_INPUT', `The protocol of ${review} says that already.`, `${unchanged} Change something first.`);
    }
    const isAmendment = planned !== undefined && planned.registration !== null;
    if (isAmendment) {
      const refusal = refuseAmendment(withRecords(store.connection, planned), protocol, reason);
      if (refusal) return refusal;
    }
    const version = (planned?.newest.version ?? 0) + 1;
    const row = { review, version, body, bodyHash, reason: isAmendment ? (reason ?? null) : null };
    const event = doneEvent(context, 'review.save', `review ${review}`, { version, hash: bodyHash });
    store.commit(event, (transaction) => addReviewProtocol(transaction, { ...row, at: isoTime(context), user }));
    return reviewView(context, review);
  });
}

function refuseAmendment(held: HeldReview, protocol: ReviewProtocol, reason: string | undefined): Result<never> | null {
  const { review } = held;
  if (reason === undefined) {
    return fail(
      'BAD_INPUT',
      `The protocol of ${review} is registered, and a change of it is an amendment.`,
      `${unchanged} Say why it is changed.`,
    );
  }
  const codes = new Set(protocol.exclusion.map(({ code }) => code));
  const used = held.units.flatMap((unit) => [...unit.decisions, ...unit.resolutions].map((said) => said.reason));
  const lost = used.find((code) => code !== null && !codes.has(code));
  return lost === undefined
    ? null
    : fail(
        'BAD_INPUT',
        `Records were excluded for the reason “${lost}”, which the protocol no longer has.`,
        `${unchanged} Keep the reason; its words may be changed.`,
      );
}

/** Registers a complete protocol. What it lacks is named in the failure, and by field in `params`. */
export function registerProtocol(
  context: VaultContext,
  { review, hash, registeredIn }: GivenOf<'reviews.register'>,
): Promise<Result<ReviewView>> {
  const { store, writeGate, user } = context.vault;
  return writeGate.run(() => {
    const found = findProtocol(store.connection, review);
    if (!found.ok) return found;
    const { registration, newest } = found.value;
    const gaps = gapsOfProtocol(context, found.value);
    if (registration) return fail('BAD_INPUT', `The protocol of ${review} is registered already.`, unchanged);
    if (newest.bodyHash !== hash) {
      return fail('BAD_INPUT', 'This is not the protocol that you read.', `${unchanged} Read it again.`);
    }
    if (gaps.length > 0) {
      return fail(
        'BAD_INPUT',
        `The protocol of ${review} is not complete: ${gaps.map(({ field, words }) => `${words} (${field})`).join('; ')}.`,
        `${unchanged} Say what is missing, save the protocol and register it then.`,
        Object.fromEntries(gaps.map(({ field, words }) => [field, words])),
      );
    }
    const row = { review, protocolId: newest.id, protocolHash: hash, registeredIn, at: isoTime(context), user };
    const details = { version: newest.version, hash };
    store.commit(doneEvent(context, 'review.register', `review ${review}`, details), (transaction) =>
      addReviewRegistration(transaction, row),
    );
    return reviewView(context, review);
  });
}
