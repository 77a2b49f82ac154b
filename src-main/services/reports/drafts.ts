import {
  addReportDraft,
  findReportDraft,
  listReportDrafts,
  removeReportDraft,
  replaceReportDraft,
} from '#main/store/report-draft-records.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { reportSpecSchema } from '#shared/contract/report-spec.ts';
import { outcomeKinds } from '#shared/domain/pilot.ts';
import { ExpectedError, fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { outcomeRefusal } from '../pilots/index.ts';

const mostDrafts = 200;

export function reportDrafts({ vault }: VaultContext): Result<OutputOf<'reports.drafts'>> {
  const records = listReportDrafts(vault.store.connection);
  // What somebody else wrote may quote what whoever asks must not see yet.
  const closed = records.length > 0 ? outcomeRefusal(vault, outcomeKinds) : null;
  if (closed) return closed;
  const drafts = records.map(({ id, spec, ...draft }) => {
    const parsed = reportSpecSchema.safeParse(JSON.parse(spec));
    return { draft: id, ...draft, spec: parsed.success ? parsed.data : null };
  });
  return ok({ drafts });
}

/**
 * Keeps a new draft, or the next version of one.
 * @returns BAD_SPEC where there are no words; BAD_INPUT where somebody saved or removed it after the version that this goes on from, or where there are too many
 */
export async function saveDraft(
  context: VaultContext,
  { name, spec, over }: InputOf<'reports.saveDraft'>,
): Promise<Result<OutputOf<'reports.saveDraft'>>> {
  const { vault } = context;
  if (!('narrative' in spec) || spec.narrative === undefined) {
    return fail('BAD_SPEC', 'A draft keeps words beside a report, and there are none.', 'Nothing was saved.');
  }
  const version = (over?.version ?? 0) + 1;
  const kept = { name: name.trim(), template: spec.template, spec: JSON.stringify(spec), version };
  const record = { ...kept, savedAt: isoTime(context), savedBy: vault.user };
  if (over === null && listReportDrafts(vault.store.connection).length >= mostDrafts) {
    return fail('BAD_INPUT', `There are ${mostDrafts} drafts already.`, 'Nothing was saved. Remove one first.');
  }
  const event = doneEvent(context, 'report.draft', over === null ? 'new' : String(over.draft), { version });
  const draft = await vault.writeGate.run(() =>
    vault.store.commit(event, (transaction) => {
      if (over === null) return addReportDraft(transaction, record);
      if (!replaceReportDraft(transaction, { id: over.draft, ...record })) throw changedMeanwhile(context, over.draft);
      return over.draft;
    }),
  );
  return ok({ draft, version });
}

export async function removeDraft(
  context: VaultContext,
  { draft, version }: InputOf<'reports.removeDraft'>,
): Promise<Result<OutputOf<'reports.removeDraft'>>> {
  const { vault } = context;
  await vault.writeGate.run(() =>
    vault.store.commit(doneEvent(context, 'report.removeDraft', String(draft), { version }), (transaction) => {
      if (!removeReportDraft(transaction, draft, version)) throw changedMeanwhile(context, draft);
    }),
  );
  return ok({});
}

function changedMeanwhile({ vault }: VaultContext, draft: number): ExpectedError {
  const now = findReportDraft(vault.store.connection, draft);
  if (now === null) {
    return new ExpectedError(
      'NOT_FOUND',
      'That draft has been removed.',
      'Nothing was changed, and what you wrote is still here. Save it as a new draft.',
    );
  }
  return new ExpectedError(
    'BAD_INPUT',
    `${now.savedBy} saved “${now.name}” on ${now.savedAt.slice(0, 10)} at ${now.savedAt.slice(11, 16)} UTC, after you opened it.`,
    'Nothing was overwritten, and what you wrote is still here. Save it as a new draft, so that both are kept, or open theirs.',
    { version: now.version, savedBy: now.savedBy, savedAt: now.savedAt },
  );
}
