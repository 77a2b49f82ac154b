import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { compareFacts } from '#main/report/compare-facts.ts';
import { compareFiles, compareManifests, type Difference } from '#main/report/compare-manifests.ts';
import { manifestFileName, type ReportManifest, readManifest, sha256Hex } from '#main/report/manifest.ts';
import { listReportRecords } from '#main/store/report-records.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { reportSpecSchema } from '#shared/contract/report-spec.ts';
import { caseSummarySchema } from '#shared/contract/report-specs/case-summary.ts';
import { reportFormats } from '#shared/contract/reports.ts';
import { type AppError, ExpectedError, fail, ok, type Result } from '#shared/domain/result.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { documentFacts, readFacts } from '#shared/report/document-facts.ts';
import type { VaultContext } from '../call-context.ts';
import { recordCaseRead, summaryWasMade } from '../cases/index.ts';
import type { MadeReport } from './made-report.ts';
import { makeReport } from './make-report.ts';
import { factsFileName, manifestOf, writeFiles } from './report-files.ts';

type Verdict = OutputOf<'reports.verify'>;

/**
 * Builds the report that a manifest describes again and compares results, document and the files in its folder, figure by
 * figure where they differ. What cannot be run again here is said with its reason, and never taken for equal.
 */
export async function verifyReport(context: VaultContext, askedFolder: string): Promise<Result<Verdict>> {
  const folder = resolve(askedFolder);
  const file = join(folder, manifestFileName);
  if (!existsSync(file)) {
    return fail(
      'BAD_FILE',
      'There is no manifest.json in that folder.',
      'Choose the folder that the report was built in.',
    );
  }
  const text = readFileSync(file, 'utf8');
  const manifest = readManifest(text);
  if (!manifest.ok) return manifest;
  const found = filesFound(folder, manifest.value);
  const onDisk = compareFiles(manifest.value, found);
  const recorded = recordedDifference(context, manifest.value, folder, text);
  const asFound = [...onDisk.differences, ...recorded];
  const made = await madeAgain(context, manifest.value, text);
  if ('code' in made) {
    if (!saysWhyNot.has(made.code)) return { ok: false, error: made };
    const notRerun = [{ where: 'report', what: `${made.message} ${made.hint}` }];
    return ok({ equal: false, compared: onDisk.compared, differences: asFound, notRerun });
  }
  if (made.ofCase !== undefined) await recordCaseRead(context, made.ofCase.case);
  const formats = reportFormats.filter((format) => manifest.value.files.some(({ kind }) => kind === format));
  const again = manifestOf(made, await writeFiles(context, made, formats), manifest.value.run);
  const compared = compareManifests(manifest.value, again);
  const figures = figuresThatDiffer(found, made.document);
  const differences = [...figures, ...compared.differences, ...asFound];
  return ok({
    equal: differences.length === 0 && compared.notRerun.length === 0,
    compared: compared.compared + onDisk.compared,
    differences,
    notRerun: [...compared.notRerun],
  });
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
  { report }: ReportManifest,
  text: string,
): Promise<MadeReport | AppError> {
  const spec = reportSpecSchema.safeParse(report.spec);
  if (!spec.success) {
    return {
      code: 'BAD_FILE',
      message: 'The manifest’s options are not ones that this version can run.',
      hint: 'Verify the report with the Tidemark that made it.',
      params: {},
    };
  }
  try {
    const made = await makeReport(context, spec.data, sha256Hex(text));
    return made.ok ? made.value : made.error;
  } catch (error) {
    if (error instanceof ExpectedError) return error.error;
    throw error;
  }
}

/** What the facts beside the report say otherwise than the same report made now; none where there are none to read. */
function figuresThatDiffer(found: ReadonlyMap<string, Uint8Array>, made: ReportDocument): readonly Difference[] {
  const bytes = found.get(factsFileName);
  if (bytes === undefined) return [];
  const kept = readFacts(Buffer.from(bytes).toString('utf8'));
  // Whatever somebody made of the file: that it was changed is a difference of its own.
  return kept === null ? [] : compareFacts(kept, documentFacts(made), 'the report');
}

function filesFound(folder: string, manifest: ReportManifest): Map<string, Uint8Array> {
  const names = manifest.files.map((file) => file.name).filter((name) => existsSync(join(folder, name)));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/**
 * The vault remembers the hash of each manifest that it wrote, wherever the folder lies now; a report of another vault is
 * simply not known to it.
 */
function recordedDifference(
  context: VaultContext,
  { run, report }: ReportManifest,
  folder: string,
  text: string,
): readonly Difference[] {
  const ofCase = caseSummarySchema.safeParse(report.spec);
  if (ofCase.success) {
    if (summaryWasMade(context, ofCase.data.case, sha256Hex(text))) return [];
    return [{ where: manifestFileName, what: 'This vault has no record of having written that manifest.' }];
  }
  const records = listReportRecords(context.vault.store.connection);
  if (records.some(({ manifestHash }) => manifestHash === sha256Hex(text))) return [];
  const known = records.find((record) => record.folder === folder || record.builtAt === run.builtAt);
  return known ? [{ where: manifestFileName, what: 'The manifest is not the one that this vault wrote.' }] : [];
}
