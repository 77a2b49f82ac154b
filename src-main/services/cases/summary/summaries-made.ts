import { addCaseSummary, caseSummariesOf } from '#main/store/case-summary-records.ts';
import type { CaseView } from '#shared/contract/cases.ts';
import type { FilledCaseSummarySpec } from '#shared/contract/report-specs/case-summary.ts';
import { doneEvent, isoTime, type VaultContext } from '../../call-context.ts';
import { recordEvent } from '../../vault/index.ts';
import { contexts, openContent, sealContent, withOpener } from '../clinic.ts';
import { summaryContentSchema } from '../contents.ts';

/** Enters that a case was read, by its number and without its pseudonym. */
export async function recordCaseRead({ vault, nowMs }: VaultContext, id: number): Promise<void> {
  await recordEvent(vault, nowMs, { action: 'case.read', object: `case ${id}`, outcome: 'done' });
}

/** Enters that a summary is about to be written to a folder; why, where to and what it holds is sealed. */
export async function recordCaseSummary(
  context: VaultContext,
  { reason, identity, include, case: caseId }: FilledCaseSummarySpec,
  { folder, manifestHash }: { readonly folder: string; readonly manifestHash: string },
): Promise<void> {
  const { vault } = context;
  const box = sealContent(vault, { reason, folder, identity, include }, contexts.summary);
  await vault.writeGate.run(() =>
    vault.store.commit(
      doneEvent(context, 'case.export', `case ${caseId}`, { identity, manifest: manifestHash }),
      (transaction) =>
        addCaseSummary(transaction, { caseId, at: isoTime(context), user: vault.user, manifestHash, box }),
    ),
  );
}

/** The summaries that were made of a case, oldest first; a reason that this key does not open is null. */
export async function summariesMade({ vault }: VaultContext, id: number): Promise<CaseView['summaries']> {
  const records = caseSummariesOf(vault.store.connection, id);
  if (records.length === 0) return [];
  return withOpener(vault, (opener) =>
    records.map(({ at, user, box }) => {
      const content = openContent(opener, box, contexts.summary, summaryContentSchema);
      return { at, user, reason: content?.reason ?? null, identity: content?.identity ?? false };
    }),
  );
}

/** Whether a summary of a case was written with that manifest. */
export function summaryWasMade({ vault }: VaultContext, id: number, manifestHash: string): boolean {
  return caseSummariesOf(vault.store.connection, id).some((record) => record.manifestHash === manifestHash);
}
