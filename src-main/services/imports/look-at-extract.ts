import { basename } from 'node:path';
import { sampleFile } from '#main/files/sample-file.ts';
import { lookAtTable } from '#main/files/table-look.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import type { VaultContext } from '../call-context.ts';
import { propose } from './propose/index.ts';
import { recognisedProposal } from './recognised-proposal.ts';

const rowsShown = 20;
const cellCharactersShown = 1_000;

/** Step one of the way in: what a file looks like, and what it might be. A saved mapping that knows the file comes first. */
export async function lookAtExtract(
  context: VaultContext,
  { file, ...known }: InputOf<'imports.look'>,
): Promise<OutputOf<'imports.look'>> {
  const table = lookAtTable(await sampleFile(file, known), known);
  const { sample } = table;
  const { encoding, delimiter } = sample;
  const { rowsAbove, headerRows } = table;
  const recognised = await recognisedProposal(context, file, table);
  const [best, ...others] = propose(table, file);
  const proposal = recognised ??
    best ?? {
      kind: null,
      mapping: null,
      confidence: 0,
      reasons: ['Its columns are not those of a known extract.'],
    };
  const sameKind = best !== undefined && proposal.kind === best.kind;
  return {
    file,
    fileName: basename(file),
    sizeBytes: sample.sizeBytes,
    format: sample.format,
    encoding,
    delimiter,
    header: table.headerRows > 0,
    sheets: [...sample.sheets],
    sheet: sample.sheet,
    rowsAbove,
    headerRows,
    columns: [...table.columns],
    rows: table.rows.slice(0, rowsShown).map((row) => row.map((cell) => cell.slice(0, cellCharactersShown))),
    kind: proposal.kind,
    mapping: proposal.mapping,
    confidence: proposal.confidence,
    reasons: [...proposal.reasons],
    columnReasons: sameKind ? [...best.columnReasons] : [],
    valueProposals: sameKind ? [...best.valueProposals] : [],
    alternatives: [...(recognised && best && best.kind !== recognised.kind ? [best] : []), ...others].map(
      ({ kind, mapping, confidence, reasons }) => ({
        kind,
        mapping,
        confidence,
        reasons: [...reasons],
      }),
    ),
    recognised: recognised?.saved ?? null,
    warnings: [...table.warnings],
  };
}
