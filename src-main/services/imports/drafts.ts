import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { addDraft, changeDraft, listDrafts, removeDraft } from '#main/store/import-drafts.ts';
import type { Draft, DraftBody } from '#shared/contract/import-drafts.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { isoTime, type VaultContext } from '../call-context.ts';

/** By which a file is told from a changed one without reading it through. */
type FileMark = { readonly sizeBytes: number; readonly modifiedMs: number };
type Kept = { readonly mark: FileMark | null; readonly body: DraftBody };

function markOf(file: string): FileMark | null {
  const status = statSync(file, { throwIfNoEntry: false });
  return status?.isFile() ? { sizeBytes: status.size, modifiedMs: status.mtimeMs } : null;
}

function stateOf(file: string, before: FileMark | null): Draft['fileState'] {
  const now = markOf(file);
  if (!now) return 'gone';
  return now.sizeBytes === before?.sizeBytes && now.modifiedMs === before.modifiedMs ? 'same' : 'changed';
}

function noDraft(): Result<never> {
  return fail('NOT_FOUND', 'That import was finished or forgotten.', 'Nothing was changed. Choose the file again.');
}

/** Keeps how far an import has come. The file is compared with how it was when its step `look` was kept last. */
export function saveDraft(
  context: VaultContext,
  { id, file, body }: InputOf<'imports.saveDraft'>,
): Promise<Result<OutputOf<'imports.saveDraft'>>> {
  const { vault } = context;
  const { connection } = vault.store;
  return vault.writeGate.run(() => {
    const before = id === null ? null : listDrafts(connection, vault.user).find((draft) => draft.id === id);
    if (before === undefined) return noDraft();
    const looked = before === null || body.step === 'look';
    const mark = looked ? markOf(file) : (JSON.parse(before.body) as Kept).mark;
    const draft = { file, body: JSON.stringify({ mark, body } satisfies Kept), savedAt: isoTime(context) };
    if (before === null) return ok({ id: addDraft(connection, vault.user, draft) });
    changeDraft(connection, vault.user, { id: before.id, ...draft });
    return ok({ id: before.id });
  });
}

export function importDrafts({ vault }: VaultContext): OutputOf<'imports.drafts'> {
  const drafts = listDrafts(vault.store.connection, vault.user).map(({ id, file, savedAt, body: text }) => {
    const { mark, body } = JSON.parse(text) as Kept;
    return { id, file, fileName: basename(file), savedAt, body, fileState: stateOf(file, mark) };
  });
  return { drafts };
}

export function dropDraft(
  { vault }: VaultContext,
  { id }: InputOf<'imports.dropDraft'>,
): Promise<Result<OutputOf<'imports.dropDraft'>>> {
  return vault.writeGate.run(() => {
    removeDraft(vault.store.connection, vault.user, id);
    return ok({});
  });
}
