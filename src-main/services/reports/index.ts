import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import {
  buildManifest,
  compareFiles,
  compareManifests,
  manifestFileName,
  manifestText,
  type ReportManifest,
  readManifest,
  sha256Hex,
} from '#main/report/manifest.ts';
import { writeFileAtomically } from '#main/store/files.ts';
import { addReleaseRecord, listReleaseRecords } from '#main/store/release-records.ts';
import { addReportRecord, listReportRecords } from '#main/store/report-records.ts';
import { storeError } from '#main/store/store-error.ts';
import type { InputOf, OutputOf } from '#shared/contract/index.ts';
import { type ReportSpec, reportSpecSchema } from '#shared/contract/report-spec.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { engineVersion } from '#shared/domain/version.ts';
import { doneEvent, isoTime, type VaultContext } from '../call-context.ts';
import type { MadeReport } from './made-report.ts';
import { makeReport } from './make-report.ts';

type MadeFile = { readonly name: string; readonly kind: 'pdf' | 'html'; readonly bytes: Uint8Array };

async function writeFiles(context: VaultContext, { spec, document }: MadeReport): Promise<MadeFile[]> {
  // The document libraries are large, and most sessions build no report.
  const [{ writePdf }, { writeHtml }] = await Promise.all([
    import('#main/report/write-pdf.ts'),
    import('#main/report/write-html.ts'),
  ]);
  context.progress({ stage: 'Writing the PDF', done: 1, total: 3, unit: 'steps' });
  const pdf = await writePdf(document);
  context.progress({ stage: 'Writing the HTML', done: 2, total: 3, unit: 'steps' });
  const html = Buffer.from(writeHtml(document), 'utf8');
  return [
    { name: `${spec.template}.pdf`, kind: 'pdf', bytes: pdf },
    { name: `${spec.template}.html`, kind: 'html', bytes: html },
  ];
}

function manifestOf(made: MadeReport, files: readonly MadeFile[], run: ReportManifest['run']): ReportManifest {
  return buildManifest({
    title: made.document.title,
    marking: made.document.marking,
    spec: made.spec,
    engine: `tidemark ${engineVersion}`,
    snapshot: made.analyses[0]?.provenance.snapshot ?? '',
    // Batch numbers and file hashes are part of what is compared; who ran it and when is not.
    results: made.analyses.map((analysis) => ({
      name: analysis.method,
      method: analysis.method,
      version: analysis.version,
      spec: analysis.spec,
      value: { result: analysis.result, provenance: analysis.provenance },
    })),
    document: made.document,
    files,
    run,
  });
}

export async function previewReport(
  context: VaultContext,
  spec: ReportSpec,
): Promise<Result<OutputOf<'reports.preview'>>> {
  const made = await makeReport(context, spec);
  return made.ok ? ok({ document: { ...made.value.document } }) : made;
}

/** Builds the report and writes it with its manifest into a folder that is new, empty, or holds an earlier build of it. */
export async function buildReport(
  context: VaultContext,
  { spec, folder: askedFolder, purpose }: InputOf<'reports.build'>,
): Promise<Result<OutputOf<'reports.build'>>> {
  const folder = resolve(askedFolder);
  const usable = usableFolder(folder, spec.template);
  if (!usable.ok) return usable;
  const made = await makeReport(context, spec);
  if (!made.ok) return made;
  const files = await writeFiles(context, made.value);
  const { vault } = context;
  const head = vault.store.auditHead();
  const manifest = manifestOf(made.value, files, {
    builtBy: vault.user,
    builtAt: isoTime(context),
    auditHead: `${head.sequence}:${head.hash}`,
  });
  const text = manifestText(manifest);
  if (context.signal.aborted) return fail('CANCELLED', 'Building the report was cancelled.', 'Nothing was written.');
  const title = made.value.document.title;
  const manifestHash = sha256Hex(text);
  const built: Built = { made: made.value, title, folder, purpose: purpose ?? '', manifestHash };
  // What may leave is in the log before it can.
  await recordRelease(context, built, manifest.report.id);
  writeInto(folder, files, text);
  await recordBuild(context, built, manifest.report.id);
  return ok({
    folder,
    title,
    files: [
      ...manifest.files.map(({ name, sha256, bytes }) => ({ name, sha256, bytes })),
      { name: manifestFileName, sha256: sha256Hex(text), bytes: Buffer.byteLength(text) },
    ],
  });
}

type Built = {
  readonly made: MadeReport;
  readonly title: string;
  readonly folder: string;
  readonly purpose: string;
  readonly manifestHash: string;
};

/** Enters in the log of releases what a report holds. */
async function recordRelease(context: VaultContext, built: Built, reportId: string): Promise<void> {
  const { made, title, purpose, manifestHash } = built;
  const { vault } = context;
  const { counts, withheld, body } = made.release;
  const record = { kind: 'report', title, purpose, manifestHash, counts, withheld } as const;
  await vault.writeGate.run(() =>
    vault.store.commit(
      doneEvent(context, 'release.record', reportId, { manifest: manifestHash, counts, withheld }),
      (transaction) =>
        addReleaseRecord(
          transaction,
          { ...record, releasedAt: isoTime(context), releasedBy: vault.user, marking: made.document.marking },
          JSON.stringify(body),
        ),
    ),
  );
}

async function recordBuild(context: VaultContext, built: Built, reportId: string): Promise<void> {
  const { made, title, folder, manifestHash } = built;
  const { vault } = context;
  const { from, to } = made.period;
  await vault.writeGate.run(() =>
    vault.store.commit(doneEvent(context, 'report.build', reportId, { title, manifest: manifestHash }), (transaction) =>
      addReportRecord(transaction, {
        ...{ title, from, to, folder, manifestHash },
        builtAt: isoTime(context),
        builtBy: vault.user,
      }),
    ),
  );
}

export function listReleases(context: VaultContext): Result<OutputOf<'releases.list'>> {
  return ok({ releases: listReleaseRecords(context.vault.store.connection) });
}

function usableFolder(folder: string, template: ReportSpec['template']): Result<null> {
  if (!existsSync(folder)) return ok(null);
  const known: ReadonlySet<string> = new Set([`${template}.pdf`, `${template}.html`, manifestFileName]);
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

function writeInto(folder: string, files: readonly MadeFile[], manifest: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw storeError(error);
  }
  for (const file of files) writeFileAtomically(join(folder, file.name), file.bytes);
  // The manifest last: a folder without one is no report.
  writeFileAtomically(join(folder, manifestFileName), manifest);
}

/** Builds the report that a manifest describes again and compares results, document and the files in its folder. */
export async function verifyReport(
  context: VaultContext,
  askedFolder: string,
): Promise<Result<OutputOf<'reports.verify'>>> {
  const folder = resolve(askedFolder);
  const file = join(folder, manifestFileName);
  if (!existsSync(file)) {
    return fail(
      'BAD_FILE',
      'There is no manifest.json in that folder.',
      'Choose the folder that the report was built in.',
    );
  }
  const manifest = readManifest(readFileSync(file, 'utf8'));
  if (!manifest.ok) return manifest;
  const spec = reportSpecSchema.safeParse(manifest.value.report.spec);
  if (!spec.success) {
    return fail('BAD_FILE', 'The manifest’s spec is not one that this version can re-run.', 'Nothing was changed.');
  }
  const made = await makeReport(context, spec.data, sha256Hex(readFileSync(file, 'utf8')));
  if (!made.ok) return made;
  const again = await writeFiles(context, made.value);
  const compared = compareManifests(manifest.value, manifestOf(made.value, again, manifest.value.run));
  const onDisk = compareFiles(manifest.value, filesFound(folder, manifest.value));
  const recorded = recordedDifference(context, folder, readFileSync(file, 'utf8'));
  const differences = [...compared.differences, ...onDisk.differences, ...recorded];
  return ok({
    equal: differences.length === 0,
    compared: compared.compared + onDisk.compared,
    differences,
  });
}

function filesFound(folder: string, manifest: ReportManifest): Map<string, Uint8Array> {
  const names = manifest.files.map((file) => file.name).filter((name) => existsSync(join(folder, name)));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** The vault remembers the hash of each manifest it wrote; a report of another vault is simply not known to it. */
function recordedDifference(context: VaultContext, folder: string, text: string): { where: string; what: string }[] {
  const known = listReportRecords(context.vault.store.connection).filter((record) => record.folder === folder);
  const latest = known[0];
  if (!latest || latest.manifestHash === sha256Hex(text)) return [];
  return [{ where: manifestFileName, what: 'the manifest is not the one this vault wrote there' }];
}

export function listReports(context: VaultContext): Result<OutputOf<'reports.list'>> {
  return ok({
    reports: listReportRecords(context.vault.store.connection).map(({ manifestHash: _, ...record }) => ({
      ...record,
      present: existsSync(join(record.folder, manifestFileName)),
    })),
  });
}
