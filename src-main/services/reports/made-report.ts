import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { ReportDocument } from '#shared/report/document.ts';
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
  /** Every analysis that it rests on, in the order they were run. */
  readonly analyses: readonly AnalysisResult[];
};
