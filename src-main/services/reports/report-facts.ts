import type { ExposurePeriodResult } from '#main/analysis/exposure/exposure-period.ts';
import type { InstrumentSummary } from '#main/analysis/screening/screening-summary.ts';
import type { XmrLimits } from '#main/stats/control-charts/xmr-limits.ts';
import type { AddedSection, PeriodReportSpec } from '#shared/contract/report-spec.ts';
import { defaultMarking } from '#shared/report/document.ts';

/** What the report is written from: the analyses' results, each with its reading and provenance. */
export type ReportFacts = {
  readonly spec: FilledReportSpec;
  readonly synthetic: boolean;
  readonly exposure: ExposurePeriodResult & { readonly coverage: number | null; readonly limits: XmrLimits | null };
  readonly exposureReading: readonly string[];
  readonly screening: readonly InstrumentSummary[];
  readonly screeningReading: readonly string[];
};

export type FilledReportSpec = {
  readonly template: 'exposure-and-wellbeing';
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly scheme: string;
  readonly threshold: number;
  readonly clinicalThreshold: number;
  readonly marking: string;
  readonly version: string;
  /** Not there where none was asked for. */
  readonly sections?: readonly AddedSection[];
};

/** The spec with every default filled in, as the manifest records it. */
export function fillReportSpec(spec: PeriodReportSpec): FilledReportSpec {
  return {
    template: spec.template,
    title: spec.title ?? 'Exposure and wellbeing',
    from: spec.from,
    to: spec.to,
    scheme: spec.scheme ?? 'count-v1',
    threshold: spec.threshold ?? 5,
    clinicalThreshold: spec.clinicalThreshold ?? 10,
    marking: spec.marking ?? defaultMarking,
    version: spec.version ?? '1.0',
    ...(spec.sections === undefined || spec.sections.length === 0 ? {} : { sections: spec.sections }),
  };
}
