import { basename } from 'node:path';
import { formatOf } from '#main/files/file-format.ts';
import {
  addReviewPairs,
  addReviewSource,
  addReviewWithdrawal,
  listReviewReferences,
  listReviewSources,
} from '#main/store/review-reference-records.ts';
import type { ReadPair } from '#main/workers/references/protocol.ts';
import { runReferences } from '#main/workers/references/run-references.ts';
import type { GivenOf, OutputOf } from '#shared/contract/index.ts';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { mappingOfKind } from '../imports/index.ts';
import { findReview, type HeldReview } from './held-review.ts';
import { pairKey } from './review-rows.ts';
import { searchLog } from './search-log.ts';
import { reviewView } from './show-reviews.ts';

const faultsShown = 1_000;

type Imported = OutputOf<'reviews.importReferences'>;

/** Takes a file of references into a review, in one transaction: every record of it, and what is the same as what. */
export function importReferences(
  context: VaultContext,
  { review, search, file }: GivenOf<'reviews.importReferences'>,
): Promise<Result<Imported>> {
  const { store, writeGate, user } = context.vault;
  const { connection } = store;
  return writeGate.run(async () => {
    const found = findReview(connection, review);
    if (!found.ok) return found;
    if (!searchLog(connection, review).some((entry) => entry.search === search)) {
      return fail('NOT_FOUND', `The log has no search ${search}.`, 'Nothing was kept. Enter the search first.');
    }
    const format = await formatOf(file);
    const isTable = format === 'csv' || format === 'xlsx';
    const { columns = {}, ...shape } = isTable ? await mappingOfKind(file, 'studies') : {};
    if (isTable && columns['title'] === undefined) {
      return fail('BAD_FILE', 'No column of the file is a title.', 'Nothing was kept. Name a column “title”.');
    }
    const held = listReviewReferences(connection, review);
    const { sha256, references, pairs } = await runReferences(
      { file, shape, columns: isTable ? columns : null, held },
      (done, total) => context.progress({ stage: 'Reading the references', done, total, unit: 'bytes' }),
      context.signal,
    );
    if (references.length === 0) {
      return fail('BAD_FILE', 'The file has no references.', 'Nothing was kept. Export the search again.');
    }
    if (isHeld(context, found.value, sha256)) {
      return fail(
        'BAD_INPUT',
        'The review has the references of this file already.',
        'Nothing was kept a second time.',
      );
    }
    const at = isoTime(context);
    const source = { review, search, fileName: basename(file), fileHash: sha256, format, at, user };
    const newPairs = pairs.filter(
      ({ firstId, secondId }) => firstId < 0 || secondId < 0 || !found.value.rows.pairs.has(pairKey(firstId, secondId)),
    );
    const added = store.commit(
      (value: { readonly source: number }) =>
        doneEvent(context, 'review.import', `review ${review}`, {
          ...{ search, source: value.source, records: references.length, file: sha256 },
        }),
      (transaction) => {
        const { source: sourceId, ids } = addReviewSource(transaction, source, references);
        const idOfRow = new Map(references.map(({ row }, index) => [-row, ids[index] ?? 0]));
        const rows = newPairs.map((pair) => pairRow(pair, (id) => idOfRow.get(id) ?? id));
        addReviewPairs(
          transaction,
          rows.map((row) => ({ review, byRule: 1, at, user, ...row })),
        );
        return { source: sourceId };
      },
    );
    const faulty = references.flatMap(({ row, title, fault }) => (fault === null ? [] : [{ row, title, fault }]));
    return ok({
      ...{ source: added.source, format, read: references.length },
      ...{ faulty: faulty.slice(0, faultsShown), faultyCount: faulty.length },
      merged: newPairs.filter(({ verdict }) => verdict === 'same').length,
      asked: newPairs.filter(({ verdict }) => verdict === 'asked').length,
    });
  });
}

function pairRow({ firstId, secondId, verdict, why }: ReadPair, idOf: (id: number) => number) {
  const ids = [idOf(firstId), idOf(secondId)];
  return { firstId: Math.min(...ids), secondId: Math.max(...ids), verdict, why };
}

function isHeld({ vault }: VaultContext, { review, rows }: HeldReview, fileHash: string): boolean {
  return listReviewSources(vault.store.connection, review).some(
    (source) => source.fileHash === fileHash && !rows.withdrawn.has(source.id),
  );
}

/** Takes the records of a file out again; they stay in the store and count nowhere. */
export function withdrawImport(
  context: VaultContext,
  { review, source, reason }: GivenOf<'reviews.withdrawImport'>,
): Promise<Result<ReviewView>> {
  const { store, writeGate, user } = context.vault;
  return writeGate.run(() => {
    const found = findReview(store.connection, review);
    if (!found.ok) return found;
    if (!listReviewSources(store.connection, review).some(({ id }) => id === source)) {
      return fail('NOT_FOUND', `The review has no file ${source}.`, 'Nothing was changed. Choose one of its list.');
    }
    if (found.value.rows.withdrawn.has(source)) {
      return fail('BAD_INPUT', 'The records of this file were taken out already.', 'Nothing was changed.');
    }
    const row = { sourceId: source, reason, at: isoTime(context), user };
    store.commit(doneEvent(context, 'review.withdrawImport', `review ${review}`, { source }), (transaction) =>
      addReviewWithdrawal(transaction, row),
    );
    return reviewView(context, review);
  });
}
