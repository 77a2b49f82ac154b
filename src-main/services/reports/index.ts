import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { manifestFileName, sha256Hex } from '#main/report/manifest.ts';
import { writeFileAtomically } from '#main/store/files.ts';
import { addReportRecord, listReportRecords } from '#main/store/report-records.ts';
import { storeError } from '#main/store/store-error.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import type { ReportSpec } from '#shared/contract/report-spec.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import { recordCaseRead, recordCaseSummary } from '../cases/index.ts';
import { signatureFileName } from '../signing/index.ts';
import type { MadeReport } from './made-report.ts';
import { makeReport } from './make-report.ts';
import { quotesTold, withheldQuotes } from './narrative.ts';
import { agreementTo, contentHash } from './release/agreement.ts';
import { leavingOf } from './release/leaving.ts';
import { signIntoLog, signOutsideLog } from './release/sign-into-log.ts';
import { fileNamesOf, type MadeFile, writeFiles } from './report-files.ts';

export { eventsAs, peopleAs } from './counts-to-release.ts';
export { removeDraft, reportDrafts, saveDraft } from './drafts.ts';
export { judgeTogether, type ReleaseBody } from './judge-counts.ts';
export { lookAtRequest, reportRequests } from './release/requests.ts';
export { formatsOf, writeFiles } from './report-files.ts';
export { compareKept } from './verify/compare-kept.ts';
export { judgeSignature } from './verify/judge-signature.ts';
export { readKept } from './verify/kept-report.ts';
export { verifyReport } from './verify-report.ts';

export async function previewReport(
  context: VaultContext,
  spec: ReportSpec,
): Promise<Result<OutputOf<'reports.preview'>>> {
  const made = await makeReport(context, spec);
  if (!made.ok) return made;
  if (made.value.ofCase !== undefined) await recordCaseRead(context, made.value.ofCase.case);
  return ok({ document: { ...made.value.document }, leaving: leavingOf(context, made.value) });
}

/**
 * Builds the report and writes it with its manifest into a folder that is new, empty, or holds an earlier build of it. Where
 * the vault asks for two people, nothing is written until another person has agreed to exactly this, for this purpose.
 */
export async function buildReport(
  context: VaultContext,
  { spec, folder: askedFolder, purpose = '', formats }: InputOf<'reports.build'>,
): Promise<Result<OutputOf<'reports.build'>>> {
  const folder = resolve(askedFolder);
  const usable = usableFolder(folder, spec.template);
  if (!usable.ok) return usable;
  const made = await makeReport(context, spec);
  if (!made.ok) return made;
  const withheldNow = withheldQuotes(made.value);
  if (withheldNow) return withheldNow;
  if (made.value.ofCase !== undefined && purpose.trim() !== '') return reasonStandsAlready;
  const agreement =
    made.value.ofCase === undefined
      ? await agreementTo(context, made.value, { spec, purpose: purpose.trim() })
      : ok({ kind: 'agreed', request: null } as const);
  if (!agreement.ok) return agreement;
  const { kind, request } = agreement.value;
  const { counts, withheld } = made.value.release;
  const quotes = quotesTold(made.value);
  const about = { title: made.value.document.title, ...(quotes === null ? {} : { quotes }) };
  const told = { folder, ...about, hash: contentHash(made.value), request, counts, withheld };
  if (kind === 'waiting') return ok({ ...told, state: 'waiting', signedBy: null, files: [] });
  const files = await writeFiles(context, made.value, formats);
  if (context.signal.aborted) return fail('CANCELLED', 'Building the report was cancelled.', 'Nothing was written.');
  // What may leave is in its log before it can.
  const { ofCase } = made.value;
  const signed =
    ofCase === undefined
      ? await signIntoLog(context, { ...told, made: made.value, purpose }, files)
      : await signOutsideLog(context, made.value, files);
  const built: Built = { ...told, made: made.value, manifestHash: signed.manifestHash };
  if (ofCase !== undefined) await recordCaseSummary(context, ofCase, built);
  removeOthers(folder, spec.template, files);
  writeInto(folder, files, signed.text, signed.signature);
  await recordBuild(context, built, signed.manifest.report.id);
  return ok({
    ...told,
    state: 'written',
    signedBy: signed.signedBy,
    files: [
      ...signed.manifest.files.map(({ name, sha256, bytes }) => ({ name, sha256, bytes })),
      fileOf(signatureFileName, signed.signature),
      fileOf(manifestFileName, signed.text),
    ],
  });
}

const reasonStandsAlready = fail(
  'BAD_INPUT',
  'The summary of a case has its reason among its options, and no purpose beside it.',
  'Nothing was written. Say why in “reason”, and leave the purpose out.',
);

function fileOf(name: string, text: string): OutputOf<'reports.build'>['files'][number] {
  return { name, sha256: sha256Hex(text), bytes: Buffer.byteLength(text) };
}

type Built = {
  readonly made: MadeReport;
  readonly title: string;
  readonly folder: string;
  readonly manifestHash: string;
};

async function recordBuild(context: VaultContext, built: Built, reportId: string): Promise<void> {
  const { made, title, folder, manifestHash } = built;
  const { vault } = context;
  const { from, to } = made.period;
  await vault.writeGate.run(() =>
    vault.store.commit(
      doneEvent(context, 'report.build', reportId, { title, manifest: manifestHash }),
      (transaction) => {
        // Whoever sees the list of reports has no business with a case.
        if (made.ofCase !== undefined) return;
        addReportRecord(transaction, {
          ...{ title, from, to, folder, manifestHash },
          builtAt: isoTime(context),
          builtBy: vault.user,
        });
      },
    ),
  );
}

/** Whether a report of that template may be written there: the folder is new, empty, or holds an earlier build of it. */
export function usableFolder(folder: string, template: string): Result<null> {
  if (!existsSync(folder)) return ok(null);
  const known: ReadonlySet<string> = new Set([...fileNamesOf(template), signatureFileName, manifestFileName]);
  try {
    if (readdirSync(folder).every((name) => known.has(name))) return ok(null);
  } catch {
    return fail('BAD_INPUT', 'The report cannot go there: that is not a folder.', 'Nothing was written.');
  }
  return fail(
    'BAD_INPUT',
    'That folder holds other files.',
    'Nothing was written. Choose a new or empty folder for the report.',
  );
}

/** Takes away the forms that an earlier build wrote and this one does not: they would be of another report. */
function removeOthers(folder: string, template: string, files: readonly MadeFile[]): void {
  for (const name of fileNamesOf(template)) {
    if (!files.some((file) => file.name === name)) rmSync(join(folder, name), { force: true });
  }
}

/** @param signature the text of the file beside the manifest; null where nobody signs */
export function writeInto(
  folder: string,
  files: readonly MadeFile[],
  manifest: string,
  signature: string | null,
): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw storeError(error);
  }
  for (const file of files) writeFileAtomically(join(folder, file.name), file.bytes);
  if (signature === null) rmSync(join(folder, signatureFileName), { force: true });
  else writeFileAtomically(join(folder, signatureFileName), signature);
  // The manifest last: a folder without one is no report.
  writeFileAtomically(join(folder, manifestFileName), manifest);
}

export function listReports(context: VaultContext): Result<OutputOf<'reports.list'>> {
  return ok({
    reports: listReportRecords(context.vault.store.connection).map(({ manifestHash: _, ...record }) => ({
      ...record,
      present: existsSync(join(record.folder, manifestFileName)),
    })),
  });
}
