import strobe from '#resources/reporting-guidelines/strobe.json' with { type: 'json' };
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { ChecklistAnswer, MethodUsed } from '#shared/report/appendix-blocks.ts';
import { reference } from '#shared/report/compose-document.ts';
import type { ReportSection, TableCellValue } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { machinery } from '../appendices/methods-section.ts';
import { methodSection } from '../frame-sections.ts';
import { scheme } from './quarterly-counts.ts';
import type { QuarterlyFacts } from './quarterly-facts.ts';

/** How the report counts, what it is compared with, and what that cannot show. */
export function quarterlyMethod({ spec, quarters }: QuarterlyFacts): ReportSection {
  const { id, heading, blocks } = methodSection({ spec: { ...spec, scheme } });
  const { now, before, yearBefore } = quarters;
  return {
    id,
    heading,
    blocks: [
      {
        kind: 'definitions',
        items: [
          {
            term: 'Compared with',
            meaning: `${now.name} is set beside ${before.name}, the quarter before, and ${yearBefore.name}, the same quarter of the year before: what comes back every year is then the same in both.`,
          },
          {
            term: 'Run chart',
            meaning:
              'Months in their order with their mean and limits. A month outside the limits, seven on one side of the mean, seven that rise or fall in a row, or two of three near a limit is a signal (NHS England, Making Data Count); one high month alone is not.',
          },
        ],
      },
      ...blocks,
    ],
  };
}

/** The section that shows the numbers of an analysis, what they count and what is missing from them. */
const placeOf: Readonly<
  Record<
    string,
    { readonly title: string; readonly section: string; readonly counted: string; readonly missing: string }
  >
> = {
  'exposure-period': {
    title: 'Exposure',
    section: 'exposure',
    counted: 'exposures and people in post on the last day',
    missing: 'exposure rows whose code has no rule: one less the coverage',
  },
  'exposure-trend': {
    title: 'Exposure by kind, month by month',
    section: 'exposure',
    counted: 'exposures of people in post on the day',
    missing: 'months for which no exposures are held',
  },
  'screening-summary': {
    title: 'Screening',
    section: 'wellbeing',
    counted: 'people who answered',
    missing: 'those who were invited and did not answer',
  },
  absence: {
    title: 'Absence',
    section: 'absence',
    counted: 'people in post at any time',
    missing: 'absences of people whom the people extract does not hold',
  },
  indicators: {
    title: 'Indicators',
    section: 'indicators',
    counted: 'what each of them names',
    missing: 'months that cannot be measured or are withheld',
  },
  'support-uptake': {
    title: 'Support',
    section: 'support',
    counted: 'people offered or referred',
    missing: 'steps that the extract never names',
  },
  'peer-network': {
    title: 'Peer network',
    section: 'peer-network',
    counted: 'volunteers and people who asked',
    missing: 'what its section says',
  },
  'family-impact': {
    title: 'Families',
    section: 'families',
    counted: 'households and couples',
    missing: 'households of which one member answered',
  },
  engagement: {
    title: 'Engagement',
    section: 'plan',
    counted: 'people asked and people who answered',
    missing: 'people who did not answer',
  },
};

function titleOf(title: string, { spec }: AnalysisResult): string {
  const [from, to] = [spec['from'], spec['to']].map((day) => (typeof day === 'string' ? formatDate(day) : null));
  return from == null || to == null ? title : `${title}, ${from} to ${to}`;
}

/** Every analysis with its version and options, and the section that says how many stand behind it and who is missing. */
export function analysesSection(
  analyses: readonly AnalysisResult[],
  sections: readonly ReportSection[],
): ReportSection {
  const methods = analyses.flatMap((analysis): MethodUsed[] => {
    const place = placeOf[analysis.method];
    if (place === undefined) return [];
    const isShown = sections.some(({ id }) => id === place.section);
    const there: TableCellValue = {
      kind: 'references',
      to: [reference(isShown ? place.section : 'summary')],
      note: '',
    };
    return [
      {
        ...machinery(analysis),
        title: titleOf(place.title, analysis),
        counted: place.counted,
        ...{ n: there, missing: there, missingMeans: place.missing },
      },
    ];
  });
  return { id: 'analyses', heading: 'Analyses in full', blocks: [{ kind: 'methods', methods }] };
}

/** What STROBE asks for, and where it is answered; a section that is not in the report answers nothing. */
export function quarterlyChecklist(sections: readonly ReportSection[]): ReportSection {
  const there = new Set(sections.map(({ id }) => id));
  const answered = (ids: readonly string[], note?: string): ChecklistAnswer => {
    const held = ids.filter((id) => there.has(id) || id === 'analyses' || id === 'terms');
    if (held.length === 0) return { not: 'no section that answers it was asked for.' };
    return note === undefined ? { answered: held } : { answered: held, note };
  };
  const answers: Readonly<Record<string, ChecklistAnswer>> = {
    1: answered(['summary'], 'front page'),
    2: answered(['summary'], 'offers of support need to know what has changed'),
    3: answered(['summary'], 'front page'),
    4: answered(['method'], 'a description of routine records, quarter beside quarter'),
    5: answered(['summary', 'provenance']),
    6: answered(['method']),
    7: answered(['method', 'terms']),
    8: answered(['data', 'provenance']),
    9: answered(['method'], 'what this cannot show'),
    10: answered(['exposure', 'absence'], 'everybody in post is in it; no sample was drawn'),
    11: answered(['indicators', 'method']),
    12: answered(['analyses', 'method']),
    13: answered(['wellbeing', 'analyses']),
    14: answered(['exposure', 'wellbeing', 'absence']),
    15: answered(['exposure', 'indicators', 'absence']),
    16: answered(['exposure', 'wellbeing'], 'plain counts and rates, adjusted for nothing'),
    17: answered(['support', 'peer-network', 'families', 'plan']),
    18: answered(['summary']),
    19: answered(['method'], 'what this cannot show'),
    20: answered(['summary', 'indicators'], 'what stands under the charts'),
    21: { not: 'the report is of one force, and claims nothing of others.' },
    22: { not: 'the records do not say. Add it where the report is published.' },
  };
  return {
    id: 'checklist',
    heading: 'Reporting checklist',
    blocks: [
      {
        kind: 'paragraph',
        text: `What ${strobe.guideline}, the guideline for reports of ${strobe.of}, asks for, and where it is answered here.`,
      },
      {
        kind: 'checklist',
        guideline: strobe.guideline,
        items: strobe.items.map(({ number, asks }) => ({
          number,
          asks,
          answer: answers[number] ?? { not: 'nothing was written for it.' },
        })),
        notes: ['Items are in words of our own; the guideline itself is among the references.'],
      },
    ],
  };
}
