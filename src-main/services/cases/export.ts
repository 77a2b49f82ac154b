import { resolve } from 'node:path';
import { sha256Hex } from '#main/crypto/hash-chain.ts';
import { lastReveal } from '#main/store/case-records.ts';
import { writeFileAtomically } from '#main/store/files.ts';
import type { CaseView } from '#shared/contract/cases.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { isoOfDay, londonDay, londonOffsetSeconds } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { formatDate } from '#shared/report/format.ts';
import { doneEvent, type VaultContext } from '../call-context.ts';
import { caseFacts } from './case-view.ts';
import { withOpener } from './clinic.ts';
import { heldCase } from './held-cases.ts';
import { type IdentityField, identityOf } from './identity.ts';
import { summaryDocument } from './summary-document.ts';

/** How long ago a clinician may have revealed an identity that a summary is to hold. */
const revealedWithinMs = 3_600_000;

/** `31 Mar 2026, 14:05` in London. */
function localTime(nowMs: number): string {
  const seconds = Math.floor(nowMs / 1_000);
  const clock = new Date((seconds + londonOffsetSeconds(seconds)) * 1_000).toISOString().slice(11, 16);
  return `${formatDate(isoOfDay(londonDay(seconds)))}, ${clock}`;
}

async function identityFor(
  context: VaultContext,
  id: number,
  person: string,
): Promise<Result<readonly IdentityField[]>> {
  const { vault, nowMs } = context;
  const at = lastReveal(vault.store.connection, id, vault.user);
  if (at === null || nowMs - Date.parse(at) > revealedWithinMs) {
    return fail(
      'BAD_INPUT',
      'The identity can only be part of a summary when you have revealed it within the last hour.',
      'Nothing was written. Reveal it with a reason, or leave it out.',
    );
  }
  const fields = await withOpener(vault, (opener) => identityOf(context, opener, person));
  return fields ? ok(fields) : fail('NOT_FOUND', 'No identity is held for this person.', 'Nothing was written.');
}

function dataTo({ timeline, signals }: CaseView, today: string): string {
  const days = [
    ...(timeline?.events ?? []).map(({ day }) => day),
    ...(timeline?.scores ?? []).map(({ day }) => day),
    ...signals.map(({ asOf }) => asOf),
  ].sort();
  return days.at(-1) ?? today;
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
  const identity = wanted ? await identityFor(context, id, held.value.person) : ok(null);
  if (!identity.ok) return identity;
  context.progress({ stage: 'Reading the case', done: 0, total: 2, unit: 'steps' });
  const view = await caseFacts(context, held.value);
  const document = summaryDocument({
    view,
    identity: identity.value,
    madeBy: vault.user,
    madeAt: localTime(nowMs),
    dataTo: dataTo(view, isoOfDay(londonDay(Math.floor(nowMs / 1_000)))),
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
