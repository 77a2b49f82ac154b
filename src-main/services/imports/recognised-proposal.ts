import { sampleFile } from '#main/files/sample-file.ts';
import { lookAtTable, type TableLook } from '#main/files/table-look.ts';
import type { Mapping } from '#shared/contract/mapping.ts';
import type { VaultContext } from '../call-context.ts';
import { type LookedAt, type Recognition, recognise } from '../mappings/index.ts';

export type RecognisedProposal = {
  readonly saved: { readonly name: string; readonly version: number };
  readonly kind: string;
  readonly mapping: Mapping;
  readonly confidence: number;
  readonly reasons: readonly string[];
};

function lookedAt({ sample, columns, rowsAbove, headerRows }: TableLook): LookedAt {
  const { encoding, delimiter, sheet, sheets } = sample;
  return { columns: columns.map((name) => ({ name })), encoding, delimiter, sheet, sheets, rowsAbove, headerRows };
}

/** What is proposed for a file that a saved mapping is for, or null where none is. */
export async function recognisedProposal(
  context: VaultContext,
  file: string,
  table: TableLook,
): Promise<RecognisedProposal | null> {
  const recognition = await recognise(context.vault.store.connection, file, lookedAt(table));
  const best = recognition.found === 'one' ? recognition.recognised : null;
  if (!best?.saved) return null;
  const { name, version } = best.saved;
  return {
    saved: { name, version },
    kind: best.mapping.kind,
    mapping: best.mapping,
    confidence: 1,
    reasons: [`Recognised as “${name}”, version ${version}.`],
  };
}

/**
 * Which mapping a file of the watched folder is for.
 *
 * @throws ExpectedError as a look at the file does
 */
export async function recogniseExtract(context: VaultContext, file: string): Promise<Recognition> {
  const table = lookAtTable(await sampleFile(file));
  return recognise(context.vault.store.connection, file, lookedAt(table));
}
