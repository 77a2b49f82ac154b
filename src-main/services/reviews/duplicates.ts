import { addReviewPairs, readReviewRecords } from '#main/store/review-reference-records.ts';
import type { GivenOf, OutputOf } from '#shared/contract/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { PairVerdict } from '#shared/domain/review.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { findReview, findUnit, type HeldReview } from './held-review.ts';
import { referenceOf } from './reference-words.ts';
import { pairKey } from './review-rows.ts';

/** Pairs of records by what counts of them, those of files that were withdrawn left out. */
export function duplicatePairs(
  { vault }: VaultContext,
  { review, verdict, offset, limit }: GivenOf<'reviews.duplicates'>,
): Result<OutputOf<'reviews.duplicates'>> {
  const { connection } = vault.store;
  const found = findReview(connection, review);
  if (!found.ok) return found;
  const { rows, unitOf, asked } = found.value;
  const held = [...rows.pairs.values()].filter((pair) => unitOf.has(pair.firstId) && unitOf.has(pair.secondId));
  const pairs = verdict === 'asked' ? asked : held.filter((pair) => pair.verdict === verdict);
  const shown = pairs.slice(offset, offset + limit);
  const ids = shown.flatMap(({ firstId, secondId }) => [firstId, secondId]);
  const records = new Map(readReviewRecords(connection, ids).map((row) => [row.id, row]));
  const told = (id: number) => {
    const row = records.get(id);
    return referenceOf(id, row ? [row] : []);
  };
  return ok({
    total: pairs.length,
    pairs: shown.map(({ firstId, secondId, why, byRule, at, user, verdict: said }) => ({
      ...{ first: told(firstId), second: told(secondId), verdict: said, why, at },
      decidedBy: byRule === 1 ? null : user,
    })),
  });
}

/**
 * Pairs on which a verdict is passed. To say that two are one says it of all that are one with either; to part a record from another
 * takes it out of all that are one with it.
 */
function pairsDecided(
  { unitOf, rows }: HeldReview,
  first: number,
  second: number,
  verdict: PairVerdict,
): readonly (readonly [number, number])[] {
  const ones = unitOf.get(first)?.records ?? [];
  const others = unitOf.get(second)?.records ?? [];
  if (verdict === 'same') {
    const cross = ones.flatMap((one) => others.map((other) => [one, other] as const));
    const parted = cross.filter(([one, other]) => rows.pairs.get(pairKey(one, other))?.verdict === 'apart');
    return [[first, second], ...parted.filter(([one, other]) => pairKey(one, other) !== pairKey(first, second))];
  }
  if (verdict === 'asked' || ones !== others) return [[first, second]];
  return ones.filter((record) => record !== second).map((record) => [record, second]);
}

/** Says of two records whether they are one. What was said before is kept, and can be said again. */
export function decideDuplicate(
  context: VaultContext,
  { review, first, second, verdict, note }: GivenOf<'reviews.decideDuplicate'>,
): Promise<Result<OutputOf<'reviews.decideDuplicate'>>> {
  const { store, writeGate, user } = context.vault;
  return writeGate.run(() => {
    const found = findReview(store.connection, review);
    if (!found.ok) return found;
    const held = found.value;
    for (const record of [first, second]) {
      const unit = findUnit(held, record);
      if (!unit.ok) return unit;
    }
    if (first === second) return fail('BAD_INPUT', 'A record is one with itself.', 'Nothing was changed.');
    const at = isoTime(context);
    const pairs = pairsDecided(held, first, second, verdict).map(([one, other]) => ({
      ...{ review, firstId: Math.min(one, other), secondId: Math.max(one, other), verdict },
      ...{ byRule: 0, why: note, at, user },
    }));
    const event = doneEvent(context, 'review.decideDuplicate', `review ${review}`, { first, second, verdict });
    store.commit(event, (transaction) => addReviewPairs(transaction, pairs));
    const after = findReview(store.connection, review);
    return after.ok ? ok({ asked: after.value.asked.length }) : after;
  });
}
