import { resolve } from 'node:path';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { writeFileAtomically } from '#main/store/files.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { caseSummarySections } from '#shared/contract/report-specs/case-summary.ts';
import { isoOfDay, londonDay, londonOffsetSeconds } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { formatDate } from '#shared/report/format.ts';
import { doneEvent, type VaultContext } from '../call-context.ts';
import { heldCase } from './held-cases.ts';
import { revealedIdentity } from './identity.ts';
import { summaryMarking } from './summary/case-summary.ts';
import { summaryDocument } from './summary/summary-document.ts';
import { caseToSum } from './summary/summary-facts.ts';

/** `31 Mar 2026, 14:05` in London. */
function localTime(nowMs: number): string {
  const seconds = Math.floor(nowMs / 1_000);
  const clock = new Date((seconds + londonOffsetSeconds(seconds)) * 1_000).toISOString().slice(11, 16);
  return `${formatDate(isoOfDay(londonDay(seconds)))}, ${clock}`;
}

/** Builds the summary in memory and writes it once, where the clinician chose. */
export async function exportCase(
  context: VaultContext,
  { case: id, file, identity: wanted }: InputOf<'cases.export'>,
): Promise<Result<OutputOf<'cases.export'>>> {
  const { vault, nowMs } = context;
  const held = heldCase(context, id);
  if (!held.ok) return held;
  const target = resolve(file);
  if (!target.toLowerCase().endsWith('.pdf')) {
    return fail('BAD_INPUT', 'A case summary is a PDF: its name ends with .pdf.', 'Nothing was written.');
  }
  const identity = wanted ? await revealedIdentity(context, id, held.value.person) : ok(null);
  if (!identity.ok) return identity;
  context.progress({ stage: 'Reading the case', done: 0, total: 2, unit: 'steps' });
  const document = summaryDocument({
    ...(await caseToSum(context, held.value)),
    identity: identity.value,
    include: caseSummarySections,
    reason: null,
    made: { by: vault.user, at: localTime(nowMs) },
    marking: summaryMarking,
    version: null,
    synthetic: vault.synthetic,
  });
  context.progress({ stage: 'Writing the PDF', done: 1, total: 2, unit: 'steps' });
  const { writePdf } = await import('#main/report/write-pdf.ts');
  const bytes = await writePdf(document);
  if (context.signal.aborted) return fail('CANCELLED', 'Writing the summary was cancelled.', 'Nothing was written.');
  const sha256 = sha256Hex(bytes);
  writeFileAtomically(target, bytes);
  await vault.writeGate.run(() =>
    vault.store.commit(
      doneEvent(context, 'case.export', `case ${id}`, { identity: wanted, sha256, bytes: bytes.length }),
      () => undefined,
    ),
  );
  return ok({ file: target, sha256, bytes: bytes.length });
}
