import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { ReportDocument, ReportSection } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { appendices } from './appendices/appendices.ts';
import { exposureSections } from './exposure-sections.ts';
import { methodSection, provenanceSection, summarySection } from './frame-sections.ts';
import type { JudgedCounts } from './judge-counts.ts';
import type { ReportFacts } from './report-facts.ts';
import { wellbeingSection } from './wellbeing-section.ts';

type RestOfReport = { readonly sections: readonly ReportSection[]; readonly analyses: readonly AnalysisResult[] };

/**
 * The report “Exposure and wellbeing” for a period. Every cell has passed disclosure control before it is in the document.
 *
 * @param rest sections of other places, judged already, and every analysis that the report rests on
 */
export function exposureAndWellbeing(
  facts: ReportFacts,
  judged: JudgedCounts,
  { sections, analyses }: RestOfReport,
): ReportDocument {
  const { spec } = facts;
  const exposure = exposureSections(facts, judged);
  const body = [
    summarySection(facts, exposure.published),
    ...exposure.sections,
    wellbeingSection(facts, judged),
    ...sections,
    methodSection(facts),
    provenanceSection(facts, analyses),
  ];
  return {
    title: spec.title,
    subtitle: `${formatDate(spec.from)} to ${formatDate(spec.to)}`,
    marking: spec.marking,
    language: 'en-GB',
    dataTo: spec.to,
    version: spec.version,
    about:
      'How much potentially traumatic work this force recorded, where it fell, and how those who were screened are doing. It is written to help offer support. It is not a judgement of anyone, and no line of it may be used for discipline, promotion, vetting or posting.',
    sections: [
      ...body,
      ...appendices(facts, judged, { sections: body, added: sections.map(({ id }) => id), analyses }),
    ],
  };
}
