import type { ExposurePeriodResult } from '#main/analysis/exposure/exposure-period.ts';
import type { InstrumentSummary } from '#main/analysis/screening/screening-summary.ts';
import type { XmrLimits } from '#main/stats/xmr-limits.ts';
import type { Provenance } from '#shared/contract/analyses.ts';
import type { ReportSpec } from '#shared/contract/reports.ts';
import { ok, type Result } from '#shared/domain/result.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { defaultMarking } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { exposureSections } from './exposure-sections.ts';
import { methodSection, provenanceSection, summarySection } from './frame-sections.ts';
import { wellbeingSection } from './wellbeing-section.ts';

export type ReportFacts = {
  readonly spec: FilledReportSpec;
  readonly synthetic: boolean;
  readonly exposure: ExposurePeriodResult & { readonly coverage: number | null; readonly limits: XmrLimits | null };
  readonly exposureReading: readonly string[];
  readonly screening: readonly InstrumentSummary[];
  readonly screeningReading: readonly string[];
  readonly provenance: { readonly exposure: Provenance; readonly screening: Provenance };
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
};

/** The spec with every default filled in, as the manifest records it. */
export function fillReportSpec(spec: ReportSpec): FilledReportSpec {
  return {
    template: spec.template,
    title: spec.title ?? 'Exposure and wellbeing',
    from: spec.from,
    to: spec.to,
    scheme: spec.scheme ?? 'count-v1',
    threshold: spec.threshold ?? 5,
    clinicalThreshold: spec.clinicalThreshold ?? 10,
    marking: spec.marking ?? defaultMarking,
  };
}

/** The report “Exposure and wellbeing” for a period. Every cell has passed disclosure control before it is in the document. */
export function exposureAndWellbeing(facts: ReportFacts): Result<ReportDocument> {
  const { spec } = facts;
  const exposure = exposureSections(facts);
  if (!exposure.ok) return exposure;
  const wellbeing = wellbeingSection(facts);
  if (!wellbeing.ok) return wellbeing;
  return ok({
    title: spec.title,
    subtitle: `${formatDate(spec.from)} to ${formatDate(spec.to)}`,
    marking: spec.marking,
    language: 'en-GB',
    dataTo: spec.to,
    about:
      'How much potentially traumatic work this force recorded, where it fell, and how those who were screened are doing. It is written to help offer support. It is not a judgement of anyone, and no line of it may be used for discipline, promotion, vetting or posting.',
    sections: [
      summarySection(facts, exposure.value.published),
      ...exposure.value.sections,
      wellbeing.value,
      methodSection(facts),
      provenanceSection(facts),
    ],
  });
}
