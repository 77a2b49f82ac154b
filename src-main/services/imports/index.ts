import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { zero } from '#main/crypto/secret-bytes.ts';
import { sampleFile } from '#main/files/sample-file.ts';
import { lookAtTable } from '#main/files/table-look.ts';
import {
  countRejects,
  findBatch,
  holdsFileOfLength,
  holdsSameFile,
  listBatches,
  readRejects,
} from '#main/store/batch-records.ts';
import { layoutOf } from '#main/store/extract-layout.ts';
import { writeFileAtomically } from '#main/store/files.ts';
import { readKnownCodes } from '#main/store/import-sides.ts';
import type { WatchedImport } from '#main/workers/import/protocol.ts';
import { runImport } from '#main/workers/import/run-import.ts';
import { runUndo } from '#main/workers/import/run-undo.ts';
import type { Reject } from '#shared/contract/imports.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import { extractKindNamed, extractKinds } from '#shared/domain/extract-kinds/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { isoTime, type VaultContext } from '../call-context.ts';
import { csvText } from '../csv-text.ts';
import { readKeyring, unwrapPseudonymKey } from '../vault/index.ts';
import { mappingFor } from './propose-mapping.ts';

export { dropDraft, importDrafts, saveDraft } from './drafts.ts';
export { lookAtExtract } from './look-at-extract.ts';
export { mappingOfKind } from './mapping-of-kind.ts';
export { columnValues, leavePreview, previewRows, understoodRows } from './preview.ts';
export { recogniseExtract } from './recognised-proposal.ts';

const memoryForRunsBytes = 64 * 1024 ** 2;

export type ImportInput = InputOf<'imports.load'>;

const rejectsShown = 1_000;

/** Dry run: checks every row and writes nothing but, where asked, the list of located problems. */
export async function checkExtract(
  context: VaultContext,
  { rejectsFile, ...input }: InputOf<'imports.check'>,
): Promise<Result<OutputOf<'imports.check'>>> {
  const allRejects = rejectsFile !== undefined;
  const checked = await importExtract(context, input, { dryRun: true, allRejects, watched: null });
  if (!checked.ok || rejectsFile === undefined) return checked;
  writeRejects(rejectsFile, checked.value.rejects);
  return ok({ ...checked.value, rejects: checked.value.rejects.slice(0, rejectsShown) });
}

/** Loads a file as one batch. */
export function loadExtract(context: VaultContext, input: ImportInput): Promise<Result<OutputOf<'imports.load'>>> {
  return importExtract(context, input, { dryRun: false, allRejects: false, watched: null });
}

/** Loads a file of the watched folder, or takes what is held of it, with the note of what became of it. */
export function importWatched(
  context: VaultContext,
  input: ImportInput,
  watched: WatchedImport,
): Promise<Result<OutputOf<'imports.load'>>> {
  return importExtract(context, input, { dryRun: watched.hold !== null, allRejects: false, watched });
}

async function importExtract(
  context: VaultContext,
  input: ImportInput,
  options: { readonly dryRun: boolean; readonly allRejects: boolean; readonly watched: WatchedImport | null },
): Promise<Result<OutputOf<'imports.load'>>> {
  const kind = extractKindNamed(input.kind);
  if (!kind) {
    const known = extractKinds.map((candidate) => candidate.kind).join(', ');
    return fail(
      'BAD_INPUT',
      `“${input.kind}” is not a kind of extract.`,
      `Nothing was loaded. The kinds are: ${known}.`,
    );
  }
  if (input.mapping && input.mapping.kind !== input.kind) {
    return fail(
      'BAD_INPUT',
      'The mapping is for another kind of extract.',
      'Nothing was loaded. Choose its own mapping.',
    );
  }
  const sheet = input.mapping?.sheet;
  const table = lookAtTable(await sampleFile(input.file, sheet === undefined ? {} : { sheet }));
  if (!input.mapping && table.headerRows === 0) {
    return fail(
      'BAD_FILE',
      'The first row of the file does not name its columns.',
      'Nothing was loaded. Add a row with the column names and try again, or map its columns by their places.',
    );
  }
  const { encoding, delimiter } = table.sample;
  const mapping = input.mapping ? { encoding, delimiter, ...input.mapping } : mappingFor(kind, table);
  const { vault } = context;
  return vault.writeGate.run(async () => {
    const pseudonymKey = unwrapPseudonymKey(vault.keys.dataKey, readKeyring(vault.folder).body.wrappedPseudonymKey);
    try {
      const { outcome, ended } = await runImport(
        {
          job: {
            folder: vault.folder,
            file: input.file,
            fileName: basename(input.file),
            kind: kind.kind,
            mapping,
            dryRun: options.dryRun,
            user: vault.user,
            at: isoTime(context),
            allRejects: options.allRejects,
            watched: options.watched,
            memoryForRunsBytes,
            sameFile: await wasLoadedBefore(context, input.file, kind.kind, canonicalJson(mapping)),
          },
          known: readKnownCodes(vault.store.connection),
          keys: { dataKey: vault.keys.dataKey, pseudonymKey, clinicPublicKey: vault.keys.clinicPublicKey },
          progress: context.progress,
          signal: context.signal,
        },
        layoutOf(kind.kind).comesInKeyOrder,
      );
      vault.writeGate.hold(ended);
      return ok({
        kind: kind.kind,
        ...outcome,
        rejects: [...outcome.rejects],
        rejectsByCode: [...outcome.rejectsByCode],
        warnings: [...outcome.warnings],
        notes: [...outcome.notes],
      });
    } finally {
      zero(pseudonymKey);
    }
  });
}

/** Whether a batch holds this very file. It is read through only where one of the same length is there. */
async function wasLoadedBefore(context: VaultContext, file: string, kind: string, mapping: string): Promise<boolean> {
  const { connection } = context.vault.store;
  if (!holdsFileOfLength(connection, statSync(file).size, kind)) return false;
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return holdsSameFile(connection, hash.digest('hex'), kind, mapping);
}

function noBatch(batch: number): Result<never> {
  return fail(
    'NOT_FOUND',
    `There is no batch ${batch} in this vault.`,
    'Nothing was changed. List the batches to see them.',
  );
}

/** Takes a batch out again, in one transaction with its audit event. */
export async function undoImport(context: VaultContext, id: number): Promise<Result<OutputOf<'imports.undo'>>> {
  const { vault } = context;
  return vault.writeGate.run(async () => {
    const batch = findBatch(vault.store.connection, id);
    if (!batch) return noBatch(id);
    const counts = await runUndo(
      {
        folder: vault.folder,
        batch: id,
        kind: batch.kind,
        firstDay: batch.from === null ? null : dayOfIso(batch.from),
        lastDay: batch.to === null ? null : dayOfIso(batch.to),
        user: vault.user,
        at: isoTime(context),
      },
      vault.keys.dataKey,
      context.progress,
    );
    return ok({ batch: id, ...counts });
  });
}

export function listImports(context: VaultContext): OutputOf<'imports.list'> {
  return { batches: listBatches(context.vault.store.connection) };
}

export function importRejects(
  context: VaultContext,
  input: InputOf<'imports.rejects'>,
): Result<OutputOf<'imports.rejects'>> {
  const { connection } = context.vault.store;
  if (!findBatch(connection, input.batch)) return noBatch(input.batch);
  return ok({
    total: countRejects(connection, input.batch),
    rejects: readRejects(connection, input.batch, input.offset, input.limit),
  });
}

/** Writes the located problems of a batch as CSV: row, column, code and what to do. The values stay sealed in the vault. */
export function saveRejects(
  context: VaultContext,
  input: InputOf<'imports.saveRejects'>,
): Result<OutputOf<'imports.saveRejects'>> {
  const { connection } = context.vault.store;
  if (!findBatch(connection, input.batch)) return noBatch(input.batch);
  const rejects = readRejects(connection, input.batch, 0, -1);
  writeRejects(input.file, rejects);
  return ok({ file: input.file, rows: rejects.length });
}

/** Located problems as a CSV file. */
export function writeRejects(file: string, rejects: readonly Reject[]): void {
  const rows = rejects.map((reject) => [reject.row, reject.column, reject.code, reject.message]);
  writeFileAtomically(file, csvText(['row', 'column', 'code', 'message'], rows));
}
