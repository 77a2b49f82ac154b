import { buildManifest, type ReportFileKind, type ReportManifest } from '#main/report/manifest.ts';
import { writeFormats } from '#main/workers/report/write-formats.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { type ReportFormat, reportFormats } from '#shared/contract/reports.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { documentFacts } from '#shared/report/document-facts.ts';
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

const formatWords: Readonly<Record<ReportFormat, string>> = { pdf: 'PDF', docx: 'Word file', html: 'HTML' };

/** A script is made to travel, and be run by others: the rows of one person stay in the files that are marked. */
function hasTables(template: string): boolean {
  return template !== 'case-summary';
}

/** Every file that a report can have but its manifest. */
export function fileNamesOf(template: string): readonly string[] {
  return [
    ...reportFormats.map((kind) => `${template}.${kind}`),
    factsFileName,
    ...(hasTables(template) ? [tablesFileName] : []),
  ];
}

/** The files of a report but its manifest, the forms to read in their own order whatever order they were asked for in. */
/** The forms that a report was written in. */
export function formatsOf({ files }: ReportManifest): readonly ReportFormat[] {
  return reportFormats.filter((format) => files.some(({ kind }) => kind === format));
}

export async function writeFiles(
  context: CallContext,
  { spec, document }: Pick<MadeReport, 'spec' | 'document'>,
  formats: readonly ReportFormat[] = reportFormats,
): Promise<MadeFile[]> {
  const wanted = reportFormats.filter((format) => formats.includes(format));
  const waiting = new Set(wanted);
  const tell = (): void => {
    const stage = `Writing the ${[...waiting].map((format) => formatWords[format]).join(', ')}`;
    const total = wanted.length + 1;
    if (waiting.size > 0) context.progress({ stage, done: total - waiting.size, total, unit: 'steps' });
  };
  tell();
  const written = (format: ReportFormat): void => {
    waiting.delete(format);
    tell();
  };
  const documents = await writeFormats(document, wanted, written, context.signal);
  const facts = `${canonicalJson(documentFacts(document))}\n`;
  return [
    ...documents.map(({ format, bytes }) => ({ name: `${spec.template}.${format}`, kind: format, bytes })),
    { name: factsFileName, kind: 'facts', bytes: Buffer.from(facts, 'utf8') },
    ...(hasTables(spec.template)
      ? [{ name: tablesFileName, kind: 'script' as const, bytes: Buffer.from(tablesScript(document), 'utf8') }]
      : []),
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
