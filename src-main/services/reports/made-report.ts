import { reportIdOf } from '#main/report/manifest.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { FilledCaseSummarySpec } from '#shared/contract/report-specs/case-summary.ts';
import { engineVersion } from '#shared/domain/version.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import type { PassageRead } from '#shared/report/narrative/insert-narrative.ts';
import type { ReleaseBody } from './judge-counts.ts';

/** What of a report goes into the log of releases. */
export type ReportRelease = { readonly body: ReleaseBody; readonly counts: number; readonly withheld: number };

/** A report before anything of it is written. */
export type MadeReport = {
  /** With every default filled in, as the manifest records it. */
  readonly spec: Readonly<Record<string, unknown>> & { readonly template: string };
  readonly period: { readonly from: string; readonly to: string };
  readonly document: ReportDocument;
  readonly release: ReportRelease;
  /** What was asked for and is not in it, and why. */
  readonly notes?: readonly string[];
  /** Where it is of one person: it goes into the custody of the case, not into the log of releases or the list of reports. */
  readonly ofCase?: FilledCaseSummarySpec;
  /** Every analysis that it rests on, in the order they were run. */
  readonly analyses: readonly AnalysisResult[];
  /** Words of its author, and how the numbers in them stand to the report; not there where there are none. */
  readonly passages?: readonly PassageRead[];
};

/** What a report is made from beside its spec. */
export function sourceOf(analyses: MadeReport['analyses']): { readonly engine: string; readonly snapshot: string } {
  return { engine: `tidemark ${engineVersion}`, snapshot: analyses[0]?.provenance.snapshot ?? '' };
}

/** With the id that its manifest will have, so that its files hold it too. */
export function identified(made: MadeReport): MadeReport {
  const reference = reportIdOf({ spec: made.spec, ...sourceOf(made.analyses) });
  return { ...made, document: { ...made.document, reference } };
}
