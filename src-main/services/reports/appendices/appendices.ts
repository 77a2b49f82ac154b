import glossary from '#resources/glossary.json' with { type: 'json' };
import strobe from '#resources/reporting-guidelines/strobe.json' with { type: 'json' };
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { Citation } from '#shared/report/appendix-blocks.ts';
import type { ReportSection } from '#shared/report/document.ts';
import { termsUsed } from '#shared/report/terms-used.ts';
import type { JudgedCounts } from '../judge-counts.ts';
import type { ReportFacts } from '../report-facts.ts';
import { checklistSection } from './checklist-section.ts';
import { methodsSection } from './methods-section.ts';

/** What the text of the report rests on, in the order of the alphabet. */
export const cited: readonly Citation[] = [
  strobe.citation,
  {
    text: 'Weiss DS, Brunet A, Best SR and others (2010). Frequency and severity approaches to indexing exposure to trauma: the Critical Incident History Questionnaire for police officers. Journal of Traumatic Stress 23(6): 734–743.',
    doi: '10.1002/jts.20576',
  },
  {
    text: 'Wilson EB (1927). Probable inference, the law of succession, and statistical inference. Journal of the American Statistical Association 22(158): 209–212.',
    doi: null,
  },
];

export type ReportBody = {
  /** Every section so far. */
  readonly sections: readonly ReportSection[];
  /** Ids of those that came from other places. */
  readonly added: readonly string[];
  readonly analyses: readonly AnalysisResult[];
};

/** What stands at the end of a report of a period so that it can be checked: analyses, checklist, terms, references. */
export function appendices(facts: ReportFacts, judged: JudgedCounts, body: ReportBody): readonly ReportSection[] {
  const methods = methodsSection(facts, judged, body.analyses);
  const terms = termsUsed([...body.sections, methods], glossary.terms);
  return [
    methods,
    checklistSection(body.added),
    { id: 'terms', heading: 'Terms', blocks: [{ kind: 'glossary', terms }] },
    { id: 'references', heading: 'References', blocks: [{ kind: 'references', items: cited }] },
  ];
}
