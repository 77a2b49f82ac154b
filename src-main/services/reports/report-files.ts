import { documentFacts } from '#main/report/document-facts.ts';
import { buildManifest, type ReportFileKind, type ReportManifest } from '#main/report/manifest.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { type ReportFormat, reportFormats } from '#shared/contract/reports.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import type { CallContext } from '../call-context.ts';
import { type MadeReport, sourceOf } from './made-report.ts';
import { tablesScript } from './tables-script.ts';

export type MadeFile = {
  readonly name: string;
  readonly kind: ReportFileKind;
  readonly bytes: Uint8Array;
};

/**
 * What the report says, place by place and as it is printed, beside the files to read: with it `verify` names the very figure that
 * differs.
 */
export const factsFileName = 'facts.json';

/** The same tables for whoever has R and no Tidemark. */
const tablesFileName = 'tables.R';

type Writer = { readonly stage: string; readonly write: (document: ReportDocument) => Promise<Uint8Array> };

// The document libraries are large, and most sessions build no report.
const writers: Readonly<Record<ReportFormat, Writer>> = {
  pdf: {
    stage: 'Writing the PDF',
    write: async (document) => (await import('#main/report/write-pdf.ts')).writePdf(document),
  },
  docx: {
    stage: 'Writing the Word file',
    write: async (document) => (await import('#main/report/write-docx.ts')).writeDocx(document),
  },
  html: {
    stage: 'Writing the HTML',
    write: async (document) => Buffer.from((await import('#main/report/write-html.ts')).writeHtml(document), 'utf8'),
  },
};

/** Every file that a report can have but its manifest. */
export function fileNamesOf(template: string): readonly string[] {
  return [...reportFormats.map((kind) => `${template}.${kind}`), factsFileName, tablesFileName];
}

/** The files of a report but its manifest, the forms to read in their own order whatever order they were asked for in. */
export async function writeFiles(
  context: CallContext,
  { spec, document }: Pick<MadeReport, 'spec' | 'document'>,
  formats: readonly ReportFormat[] = reportFormats,
): Promise<MadeFile[]> {
  const files: MadeFile[] = [];
  const wanted = reportFormats.filter((format) => formats.includes(format));
  for (const [index, kind] of wanted.entries()) {
    const { stage, write } = writers[kind];
    context.progress({ stage, done: index + 1, total: wanted.length + 1, unit: 'steps' });
    files.push({ name: `${spec.template}.${kind}`, kind, bytes: await write(document) });
  }
  const facts = `${canonicalJson(documentFacts(document))}\n`;
  return [
    ...files,
    { name: factsFileName, kind: 'facts', bytes: Buffer.from(facts, 'utf8') },
    { name: tablesFileName, kind: 'script', bytes: Buffer.from(tablesScript(document), 'utf8') },
  ];
}

export function manifestOf(made: MadeReport, files: readonly MadeFile[], run: ReportManifest['run']): ReportManifest {
  return buildManifest({
    title: made.document.title,
    marking: made.document.marking,
    spec: made.spec,
    ...sourceOf(made.analyses),
    // Batch numbers and file hashes are part of what is compared; who ran it and when is not.
    results: made.analyses.map((analysis, at) => ({
      name: nameOf(made.analyses, at),
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

/** The method, with its number where a report runs one several times. */
function nameOf(analyses: readonly AnalysisResult[], at: number): string {
  const method = analyses[at]?.method ?? '';
  const same = analyses.filter((analysis) => analysis.method === method);
  if (same.length === 1) return method;
  return `${method} ${analyses.slice(0, at + 1).filter((analysis) => analysis.method === method).length}`;
}

/** Every batch that any of the analyses read, once, in order. */
function batchesOf(analyses: readonly AnalysisResult[]): ReportManifest['batches'] {
  const batches = analyses.flatMap(({ provenance }) => provenance.batches);
  const byNumber = new Map(batches.map(({ batch, kind, fileHash }) => [batch, { batch, kind, fileHash }]));
  return [...byNumber.values()].sort((a, b) => a.batch - b.batch);
}
