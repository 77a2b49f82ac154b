import { plainDoi } from '#main/analysis/evidence/duplicates/citation.ts';
import { type ReadTable, readTable } from '#main/files/read-table.ts';
import { listReviewReferences } from '#main/store/review-reference-records.ts';
import { addReviewDecisions } from '#main/store/review-screening-records.ts';
import type { GivenOf, OutputOf } from '#shared/contract/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { screeningVerdicts } from '#shared/domain/review.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { findReview, type HeldReview } from './held-review.ts';
import { decisionFault, refuseToScreen, type Said } from './screen.ts';

const columns = ['record', 'decision', 'reason', 'note', 'reviewer'];
const rejectsShown = 1_000;

type Row = { readonly record: string; readonly reviewer: string; readonly said: Said };

/** Values of a column by row; '' where it is missing. */
function textsOf(table: ReadTable, name: string): readonly string[] {
  const column = table.columns.get(name);
  if (column?.kind !== 'categorical') return [];
  return Array.from(column.codes, (code) => column.levels[code] ?? '');
}

function rowsOf(table: ReadTable): (Row | string)[] {
  const [records = [], decisions = [], reasons = [], notes = [], reviewers = []] = columns.map((name) =>
    textsOf(table, name),
  );
  return Array.from({ length: table.rows }, (_, row) => {
    const word = (decisions[row] ?? '').toLowerCase();
    const decision = screeningVerdicts.find((verdict) => verdict === word);
    if (!decision) return `“${word}” is no decision. They are ${screeningVerdicts.join(', ')}.`;
    const reason = reasons[row] ?? '';
    const said = { decision, reason: reason === '' ? null : reason, note: (notes[row] ?? '').slice(0, 2_000) };
    return { record: records[row] ?? '', reviewer: reviewers[row] ?? '', said };
  });
}

/** The record that a file calls by its number, its DOI or its number of PubMed. */
function recordFinder(context: VaultContext, { review }: HeldReview): (name: string) => number | null {
  const byName = new Map<string, number>();
  for (const { id, doi, pmid } of listReviewReferences(context.vault.store.connection, review)) {
    if (doi !== '') byName.set(plainDoi(doi), id);
    if (pmid !== '') byName.set(`pmid:${pmid}`, id);
  }
  return (name) => {
    if (/^\d{1,12}$/.test(name)) return Number(name);
    return byName.get(plainDoi(name)) ?? byName.get(name.toLowerCase().replace(/\s+/g, '')) ?? null;
  };
}

/** Takes what whoever asks decided elsewhere from a CSV file: what can be kept is kept in one transaction, the rest is listed. */
export function loadDecisions(
  context: VaultContext,
  { review, stage, file }: GivenOf<'reviews.loadDecisions'>,
): Promise<Result<OutputOf<'reviews.loadDecisions'>>> {
  const { store, writeGate, user } = context.vault;
  return writeGate.run(async () => {
    const found = findReview(store.connection, review);
    if (!found.ok) return found;
    const held = found.value;
    const refusal = refuseToScreen(held, user);
    if (refusal) return refusal;
    const table = await readTable(file, { columns, labels: columns });
    if (!table.columns.has('record') || !table.columns.has('decision')) {
      return fail('BAD_COLUMN', 'The file has no columns “record” and “decision”.', 'Nothing was kept. Name them so.');
    }
    const find = recordFinder(context, held);
    const rejects: { row: number; message: string }[] = [];
    const at = isoTime(context);
    const rows = rowsOf(table).flatMap((row, index) => {
      const checked = typeof row === 'string' ? row : checkedRow(row);
      if (typeof checked !== 'string') return [{ review, stage, at, user, ...checked }];
      rejects.push({ row: index + 1, message: checked });
      return [];
    });
    const details = { stage, accepted: rows.length, rejected: rejects.length };
    store.commit(doneEvent(context, 'review.loadDecisions', `review ${review}`, details), (transaction) =>
      addReviewDecisions(transaction, rows),
    );
    return ok({
      ...{ read: table.rows, accepted: rows.length },
      ...{ rejects: rejects.slice(0, rejectsShown), rejected: rejects.length },
    });

    function checkedRow({ record, reviewer, said }: Row): (Said & { readonly recordId: number }) | string {
      if (reviewer !== '' && reviewer !== user) return `It is a decision of ${reviewer}, who has to load it.`;
      const recordId = find(record);
      const unit = recordId === null ? undefined : held.unitOf.get(recordId);
      if (recordId === null || !unit) return `The review has no record “${record}”.`;
      return decisionFault(held, unit, stage, said) ?? { recordId, ...said };
    }
  });
}
