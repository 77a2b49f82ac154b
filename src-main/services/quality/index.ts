import { findBatch } from '#main/store/batch-records.ts';
import { writeFileAtomically } from '#main/store/files.ts';
import { countNotes, readNotes } from '#main/store/quality-counts.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { dayOfIso, londonDay } from '#shared/domain/dates.ts';
import { outcomeKinds } from '#shared/domain/pilot.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { VaultContext } from '../call-context.ts';
import { csvText } from '../csv-text.ts';
import { outcomeRefusal } from '../pilots/index.ts';

/** How far the data can be trusted: freshness, coverage, missing fields, duplicates, codes, volumes. */
export async function dataQuality(
  context: VaultContext,
  { asOf }: InputOf<'quality.get'>,
): Promise<Result<OutputOf<'quality.get'>>> {
  const asOfDay = asOf === undefined ? null : dayOfIso(asOf);
  if (asOf !== undefined && asOfDay === null) {
    return fail('BAD_SPEC', `${asOf} is not a day that exists.`, 'Nothing was done. Write it as 2026-03-31.');
  }
  const closed = outcomeRefusal(context.vault, outcomeKinds);
  if (closed) return closed;
  const today = londonDay(Math.floor(context.nowMs / 1_000));
  return ok(await context.vault.analysis.quality({ asOfDay, today }, context.progress, context.signal));
}

function noBatch(batch: number): Result<never> {
  return fail('NOT_FOUND', `There is no batch ${batch} in this vault.`, 'Choose one from the list of batches.');
}

export function batchNotes(
  context: VaultContext,
  { batch, code, offset, limit }: InputOf<'quality.notes'>,
): Result<OutputOf<'quality.notes'>> {
  const { connection } = context.vault.store;
  if (!findBatch(connection, batch)) return noBatch(batch);
  return ok({
    total: countNotes(connection, batch, code),
    notes: readNotes(connection, batch, code, { offset, limit }),
  });
}

/** Writes located notes as CSV: row, column, code and what to do. The values stay in the vault. */
export function saveNotes(
  context: VaultContext,
  { batch, code, file }: InputOf<'quality.saveNotes'>,
): Result<OutputOf<'quality.saveNotes'>> {
  const { connection } = context.vault.store;
  if (!findBatch(connection, batch)) return noBatch(batch);
  const notes = readNotes(connection, batch, code, { offset: 0, limit: -1 });
  const rows = notes.map((note) => [note.row, note.column, note.code, note.message]);
  writeFileAtomically(file, csvText(['row', 'column', 'code', 'message'], rows));
  return ok({ file, rows: notes.length });
}
