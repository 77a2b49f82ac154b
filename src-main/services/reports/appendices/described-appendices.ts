import strobe from '#resources/reporting-guidelines/strobe.json' with { type: 'json' };
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { ChecklistAnswer, MethodUsed } from '#shared/report/appendix-blocks.ts';
import { reference } from '#shared/report/compose-document.ts';
import type { ReportSection, TableCellValue } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { guidelineSection } from './guideline-section.ts';
import { machinery } from './methods-section.ts';

/** What an analysis counts and what is missing from it, and the section that shows it where a report does not say otherwise. */
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

/**
 * Every analysis with its version and options, and the section that says how many stand behind it and who is missing.
 * @param places by method, where it is not the usual section
 */
export function analysesSection(
  analyses: readonly AnalysisResult[],
  sections: readonly ReportSection[],
  places: Readonly<Record<string, string>> = {},
): ReportSection {
  const methods = analyses.flatMap((analysis): MethodUsed[] => {
    const place = placeOf[analysis.method];
    if (place === undefined) return [];
    const section = places[analysis.method] ?? place.section;
    const isShown = sections.some(({ id }) => id === section);
    const there: TableCellValue = {
      kind: 'references',
      to: [reference(isShown ? section : 'summary')],
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

/** Sections of a report that describes routine records, by what they answer; one that is not in the report answers nothing. */
type Described = {
  /** Where the main figures stand. */
  readonly described: readonly string[];
  /** Where run charts stand, if not there. */
  readonly inTime?: readonly string[];
  /** Where it says who answered, if anybody was asked. */
  readonly asked?: readonly string[];
  /** Where further analyses stand. */
  readonly others: readonly string[];
};

/** What STROBE asks for, and where a description of routine records answers it. */
export function descriptionChecklist(
  sections: readonly ReportSection[],
  { described, inTime = described, asked = [], others }: Described,
): ReportSection {
  const there = new Set(sections.map(({ id }) => id));
  const answered = (ids: readonly string[], note?: string): ChecklistAnswer => {
    const held = ids.filter((id) => there.has(id) || id === 'analyses' || id === 'terms');
    if (held.length === 0) return { not: 'no section that answers it was asked for.' };
    return note === undefined ? { answered: held } : { answered: held, note };
  };
  const answers: Readonly<Record<string, ChecklistAnswer>> = {
    1: answered(['summary'], 'front page'),
    2: answered(['summary'], 'front page: offers of support need to know what was met and what changed'),
    3: answered(['summary'], 'front page'),
    4: answered(['method'], 'a description of routine records, of a period'),
    5: answered(['summary', 'provenance']),
    6: answered(['method']),
    7: answered(['method', 'terms']),
    8: answered(['data', 'provenance']),
    9: answered(['method'], 'what this cannot show'),
    10: answered(described, 'everybody in post is in it; no sample was drawn'),
    11: answered([...inTime, 'method']),
    12: answered(['analyses', 'method']),
    13: answered([...asked, 'analyses']),
    14: answered([...described, ...asked]),
    15: answered([...described, ...inTime.filter((id) => !described.includes(id))]),
    16: answered([...described, ...asked], 'plain counts and rates, adjusted for nothing'),
    17: answered(others),
    18: answered(['summary']),
    19: answered(['method'], 'what this cannot show'),
    20: answered(['summary', ...inTime], 'what stands under the charts'),
    21: { not: 'the report is of one force, and claims nothing of others.' },
    22: { not: 'the records do not say. Add it where the report is published.' },
  };
  return guidelineSection(strobe, answers);
}
