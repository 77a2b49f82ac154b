import type { ReportDocument, ReportSection } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { closingSections } from './closing-sections.ts';
import { codesSection } from './codes-section.ts';
import { coverageSection } from './coverage-section.ts';
import { batchesSection, extractsSection } from './extracts-sections.ts';
import { faultsSection } from './faults-section.ts';
import type { JudgedRows, StatementFacts } from './statement-facts.ts';
import { questionsSection, shortSection, statementSection } from './statement-sections.ts';

/** The data-quality statement as a document. @param judged every count of it as it may be shown */
export function dataQualityReport(facts: StatementFacts, judged: JudgedRows): ReportDocument {
  const { spec } = facts;
  const body: readonly ReportSection[] = [
    shortSection(facts, judged),
    extractsSection(facts, judged),
    coverageSection(facts),
    codesSection(facts, judged),
    faultsSection(facts, judged),
    questionsSection(facts),
    statementSection(facts),
    batchesSection(facts, judged),
  ];
  return {
    title: spec.title,
    subtitle: `What is held on ${formatDate(spec.to)}, and how far it can be trusted`,
    marking: spec.marking,
    version: spec.version,
    language: 'en-GB',
    dataTo: spec.to,
    about:
      'Which extracts figures rest on, how much of the force they cover, what is wrong with them and what that does, and what cannot be answered with them. It is about data and groups of people, never about one person.',
    sections: [...body, ...closingSections(facts, judged, body)],
  };
}
