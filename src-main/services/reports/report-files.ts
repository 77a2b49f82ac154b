import { buildManifest, type ReportFileKind, type ReportManifest } from '#main/report/manifest.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { engineVersion } from '#shared/domain/version.ts';
import type { VaultContext } from '../call-context.ts';
import type { MadeReport } from './made-report.ts';

export type MadeFile = {
  readonly name: string;
  readonly kind: ReportFileKind;
  readonly bytes: Uint8Array;
};

/** What the report says as plain data, beside the files to read: with it `verify` names the very figure that differs. */
export const documentFileName = 'document.json';

/** Every file of a report but its manifest. */
export function fileNamesOf(template: string): readonly string[] {
  return [`${template}.pdf`, `${template}.html`, documentFileName];
}

export async function writeFiles(context: VaultContext, { spec, document }: MadeReport): Promise<MadeFile[]> {
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
    { name: documentFileName, kind: 'document', bytes: Buffer.from(`${canonicalJson(document)}\n`, 'utf8') },
  ];
}

export function manifestOf(made: MadeReport, files: readonly MadeFile[], run: ReportManifest['run']): ReportManifest {
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
    batches: batchesOf(made.analyses),
    document: made.document,
    files,
    run,
  });
}

/** Every batch that any of the analyses read, once, in order. */
function batchesOf(analyses: readonly AnalysisResult[]): ReportManifest['batches'] {
  const batches = analyses.flatMap(({ provenance }) => provenance.batches);
  const byNumber = new Map(batches.map(({ batch, kind, fileHash }) => [batch, { batch, kind, fileHash }]));
  return [...byNumber.values()].sort((a, b) => a.batch - b.batch);
}
