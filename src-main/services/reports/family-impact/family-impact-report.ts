import glossary from '#resources/glossary.json' with { type: 'json' };
import type { FamilyFlowStep, FamilyImpactResult } from '#shared/domain/family-impact.ts';
import type { KeyFigure, ReportDocument, ReportSection } from '#shared/report/document.ts';
import { formatDate, formatNumber } from '#shared/report/format.ts';
import { termsUsed } from '#shared/report/terms-used.ts';
import { sheetFindings } from '../family-summary/sheet-findings.ts';
import { syntheticNote } from '../frame-sections.ts';
import { analysesSection, limitsSection, strobeSection } from './closing-sections.ts';
import type { FamilyReportFacts } from './family-report-facts.ts';
import { crossoverSection, spilloverSection, waysSection } from './link-sections.ts';
import { askedSection, measuresSection, peopleSection } from './people-sections.ts';
import { familyReferences } from './references.ts';

/** The report on families as a document. Every cell has passed disclosure control before it is in it. */
export function familyImpactReport(facts: FamilyReportFacts): ReportDocument {
  const { spec, analysis, result } = facts;
  const body: readonly ReportSection[] = [
    shortSection(facts),
    askedSection(facts),
    peopleSection(result),
    measuresSection(result),
    spilloverSection(result),
    crossoverSection(result),
    waysSection(result),
    meaningSection,
    limitsSection(analysis),
    analysesSection(facts),
    strobeSection(result),
  ];
  return {
    title: spec.title,
    subtitle: `Family survey, wave ${result.wave}; last answer on ${formatDate(analysis.asOf)}`,
    marking: spec.marking,
    version: spec.version,
    language: 'en-GB',
    dataTo: analysis.asOf,
    about:
      'How exposure and strain at work go with how officers and those at home are doing, among families who agreed to answer: a survey at one time. It is written to help offer support to families. It judges no officer, no partner and no child, and no line of it may be used for discipline, promotion, vetting or posting.',
    sections: [
      ...body,
      { id: 'terms', heading: 'Terms', blocks: [{ kind: 'glossary', terms: termsUsed(body, glossary.terms) }] },
      { id: 'references', heading: 'References', blocks: [{ kind: 'references', items: familyReferences }] },
    ],
  };
}

function shortSection({ result, synthetic }: FamilyReportFacts): ReportSection {
  return {
    id: 'summary',
    heading: 'In short',
    blocks: [
      ...(synthetic ? [syntheticNote] : []),
      {
        kind: 'key-figures',
        figures: [
          familiesFigure(result),
          {
            value: householdsAt(result, 'complete couples') ?? 'withheld',
            label: 'complete couples',
            note: 'both answered all that is compared',
          },
        ],
      },
      { kind: 'callout', tone: 'finding', title: 'What was found', text: sheetFindings(result) },
      {
        kind: 'paragraph',
        text: 'These are links: what goes with what among those who answered. They do not show that one thing brings the other about, and they say nothing of any one household.',
      },
    ],
  };
}

type Step = FamilyFlowStep['step'];

function householdsAt({ flow }: FamilyImpactResult, step: Step): string | null {
  const count = flow.find((one) => one.step === step)?.count ?? null;
  return count === null ? null : formatNumber(count);
}

/** As far along as may be told. */
const steps: readonly { readonly step: Step; readonly note: string }[] = [
  { step: 'each couple once', note: 'agreed, and have not withdrawn' },
  { step: 'not withdrawn', note: 'agreed, and have not withdrawn' },
  { step: 'agreed before answering', note: 'and agreed before they did' },
  { step: 'households', note: 'before consent is looked at' },
];

function familiesFigure(result: FamilyImpactResult): KeyFigure {
  const label = 'families answered';
  for (const { step, note } of steps) {
    const value = householdsAt(result, step);
    if (value !== null) return { value, label, note };
  }
  return { value: 'withheld', label };
}

/** The same for every wave: what a reader may do with links, and may not. */
const meaningSection: ReportSection = {
  id: 'meaning',
  heading: 'What it means',
  blocks: [
    {
      kind: 'list',
      ordered: false,
      items: [
        'A clear link is a reason to offer: to ask officers and those at home how they are, to tell families what there is, and to make it easy to come.',
        'A link that is not clear is no proof that there is none. With few couples only strong ones can be seen.',
        'A link between work and home does not say which came first. What helps at home may help at work as much as the other way.',
        'Whether an offer helps is another question. It is answered by trying it with a plan, and by asking families again.',
      ],
    },
    {
      kind: 'callout',
      tone: 'caution',
      title: 'An offer of support, not a verdict',
      text: [
        'Nothing here may be laid beside the name of an officer, a partner or a child. Families answered so that they are seen together, never one by one.',
      ],
    },
  ],
};
