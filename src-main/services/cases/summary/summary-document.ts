import glossary from '#resources/glossary.json' with { type: 'json' };
import type { CaseSummarySection } from '#shared/contract/report-specs/case-summary.ts';
import type { ReportDocument, ReportSection } from '#shared/report/document.ts';
import { termsUsed } from '#shared/report/terms-used.ts';
import { exposureSection, reasonsSection, safetySection, scoresSection } from './course-sections.ts';
import { absenceSection, contactsSection, decisionsSection } from './life-sections.ts';
import { methodSection, summaryReferences } from './method-section.ts';
import { personSection, sightSection } from './opening-sections.ts';
import type { SummaryFacts } from './summary-facts.ts';

const sections: Readonly<Record<CaseSummarySection, (view: SummaryFacts['view']) => ReportSection>> = {
  safety: safetySection,
  reasons: reasonsSection,
  exposure: exposureSection,
  scores: scoresSection,
  absence: absenceSection,
  contacts: contactsSection,
  decisions: decisionsSection,
};

/** A case as a document for restricted use: by pseudonym, unless an identity is given. */
export function summaryDocument(facts: SummaryFacts): ReportDocument {
  const { view, identity, include, dataTo, marking, version, made } = facts;
  const body: readonly ReportSection[] = [
    personSection(facts),
    ...include.map((section) => sections[section](view)),
    sightSection,
    methodSection(facts),
  ];
  const byWhom = made === null ? 'Made' : `Made by ${made.by} on ${made.at}`;
  return {
    title: `Case ${view.case}: summary`,
    subtitle: identity === null ? `Pseudonym ${view.person}` : 'With the identity of the person',
    marking,
    ...(version === null ? {} : { version }),
    language: 'en-GB',
    dataTo,
    about: `${byWhom} for the clinicians of occupational health who hold the case. Not for line managers, and not for discipline, promotion, vetting or posting.`,
    sections: [
      ...body,
      { id: 'terms', heading: 'Terms', blocks: [{ kind: 'glossary', terms: termsUsed(body, glossary.terms) }] },
      { id: 'references', heading: 'References', blocks: [{ kind: 'references', items: summaryReferences }] },
    ],
  };
}
