import type { Difference } from '#main/report/compare-manifests.ts';
import { manifestFileName, pooledTemplate, type ReportManifest } from '#main/report/manifest.ts';
import { listBatches } from '#main/store/batch-records.ts';
import { listReportRecords } from '#main/store/report-records.ts';
import type { InputOf } from '#shared/contract/index.ts';
import { reportSpecSchema } from '#shared/contract/report-spec.ts';
import { caseSummarySchema } from '#shared/contract/report-specs/case-summary.ts';
import type { Verdict } from '#shared/contract/reports.ts';
import { type AppError, ExpectedError, ok, type Result } from '#shared/domain/result.ts';
import type { VaultContext } from '../call-context.ts';
import { recordCaseRead, summaryWasMade } from '../cases/index.ts';
import { ownFingerprints } from '../signing/index.ts';
import type { MadeReport } from './made-report.ts';
import { makeReport } from './make-report.ts';
import { formatsOf, manifestOf, writeFiles } from './report-files.ts';
import { compareKept, notRunAgain } from './verify/compare-kept.ts';
import { judgeSignature } from './verify/judge-signature.ts';
import { type KeptReport, readKept } from './verify/kept-report.ts';

/**
 * Builds the report that a manifest describes again and compares results, document, signature and the files in its folder, figure
 * by figure where they differ. What cannot be run again here is said with its reason, and never taken for equal.
 */
export async function verifyReport(
  context: VaultContext,
  { folder, key }: InputOf<'reports.verify'>,
): Promise<Result<Verdict>> {
  const read = readKept(folder);
  if (!read.ok) return read;
  const kept = read.value;
  const standing = standingOf(context, kept);
  const expected = { named: key ?? null, own: ownFingerprints(context), isKnown: standing.isKnown };
  const found = { kept, judged: judgeSignature(kept, expected), others: standing.differences };
  const made = await madeAgain(context, kept);
  if ('code' in made) {
    return saysWhyNot.has(made.code)
      ? ok(notRunAgain(found, `${made.message} ${made.hint}`))
      : { ok: false, error: made };
  }
  if (made.ofCase !== undefined) await recordCaseRead(context, made.ofCase.case);
  const written = await writeFiles(context, made, formatsOf(kept.manifest));
  const manifest = manifestOf(made, written, kept.manifest.run);
  return ok(compareKept(found, { manifest, document: made.document }));
}

/** Why a report cannot be run again; anything else, such as a role that may not, or a stop, is no finding about the report. */
const saysWhyNot: ReadonlySet<AppError['code']> = new Set([
  'BAD_FILE',
  'BAD_SPEC',
  'BAD_INPUT',
  'DISCLOSURE',
  'NOT_FOUND',
  'REFUSED_MODEL',
]);

/** The report built again, or why it was not. */
async function madeAgain(
  context: VaultContext,
  { manifest: { report }, hash }: KeptReport,
): Promise<MadeReport | AppError> {
  const spec = reportSpecSchema.safeParse(report.spec);
  if (!spec.success) return unknownSpec(report);
  try {
    const made = await makeReport(context, spec.data, hash);
    return made.ok ? made.value : made.error;
  } catch (error) {
    if (error instanceof ExpectedError) return error.error;
    throw error;
  }
}

function unknownSpec({ spec }: ReportManifest['report']): AppError {
  const [message, hint] =
    spec['template'] === pooledTemplate
      ? [
          'The report was pooled from bundles of several forces, which no vault holds.',
          'Name those bundles instead of a vault, on the command line: verify REPORT BUNDLE...',
        ]
      : [
          'The manifest’s options are not ones that this version can run.',
          'Verify the report with the Tidemark that made it.',
        ];
  return { code: 'BAD_FILE', message, hint, params: {} };
}

/** Whether the vault wrote exactly this manifest, and what is to be said where it did not. */
type Standing = { readonly isKnown: boolean; readonly differences: readonly Difference[] };

/**
 * The vault remembers the hash of each manifest that it wrote, wherever the folder lies now; a report of another vault is simply
 * not known to it, and where it holds none of its data either that is said before all that follows from it.
 */
function standingOf(context: VaultContext, { manifest: { run, batches, report }, folder, hash }: KeptReport): Standing {
  const { connection } = context.vault.store;
  const ofCase = caseSummarySchema.safeParse(report.spec);
  if (ofCase.success) {
    if (summaryWasMade(context, ofCase.data.case, hash)) return { isKnown: true, differences: [] };
    const what = 'This vault has no record of having written that manifest.';
    return { isKnown: false, differences: [{ where: manifestFileName, what }] };
  }
  const records = listReportRecords(connection);
  const isKnown = records.some(({ manifestHash }) => manifestHash === hash);
  if (isKnown) return { isKnown, differences: [] };
  const wrote = records.some((record) => record.folder === folder || record.builtAt === run.builtAt);
  const differences: Difference[] = wrote
    ? [{ where: manifestFileName, what: 'The manifest is not the one that this vault wrote.' }]
    : [];
  const held = new Set(listBatches(connection).map(({ batch, fileHash }) => `${batch} ${fileHash}`));
  if (!wrote && batches.length > 0 && !batches.some(({ batch, fileHash }) => held.has(`${batch} ${fileHash}`))) {
    const what = `This is not the vault that the report was made from: it holds none of its batches (${batches.length} in the manifest).`;
    differences.push({ where: 'vault', what });
  }
  return { isKnown, differences };
}
