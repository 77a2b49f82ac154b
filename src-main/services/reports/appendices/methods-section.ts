import type { InstrumentSummary } from '#main/analysis/screening/screening-summary.ts';
import { mayPublishDerived } from '#main/disclosure/derived-figures.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { MethodUsed } from '#shared/report/appendix-blocks.ts';
import { reference } from '#shared/report/compose-document.ts';
import type { ReportSection, TableCellValue } from '#shared/report/document.ts';
import type { JudgedCounts } from '../judge-counts.ts';
import { shown } from '../published-cells.ts';
import type { ReportFacts } from '../report-facts.ts';

const withheld: TableCellValue = { kind: 'withheld', reason: 'derived' };

/** Analyses of other places, and the section that shows their numbers. */
const sectionOf: Readonly<Record<string, { readonly title: string; readonly section: string }>> = {
  'family-impact': { title: 'Families', section: 'families' },
  'support-uptake': { title: 'Support', section: 'support' },
  'peer-network': { title: 'Peer network', section: 'peer-network' },
  engagement: { title: 'Engagement', section: 'plan' },
};

function optionsOf(analysis: AnalysisResult): MethodUsed['options'] {
  return Object.entries(analysis.spec).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
  }));
}

type Machinery = Pick<MethodUsed, 'method' | 'version' | 'engine' | 'options'>;

export function machinery(analysis: AnalysisResult): Machinery {
  const { method, version, provenance } = analysis;
  return { method, version, engine: provenance.engine, options: optionsOf(analysis) };
}

function exposureUsed(analysis: AnalysisResult, { exposure }: ReportFacts, judged: JudgedCounts): MethodUsed {
  const mayTell = exposure.coverage !== null && judged.events({}).value !== null;
  return {
    ...machinery(analysis),
    title: 'Exposure',
    counted: 'people in post on the last day',
    n: shown(judged.people({})),
    missing: mayTell ? { kind: 'share', value: 1 - (exposure.coverage ?? 1), decimals: 1 } : withheld,
    missingMeans: 'exposure rows whose code has no rule, as a share of all',
  };
}

function screeningUsed(analysis: AnalysisResult, summary: InstrumentSummary, judged: JudgedCounts): MethodUsed {
  const answered = judged.screened(summary.instrument, 'answered');
  const invited = judged.screened(summary.instrument, 'invited');
  const countsPublished = [answered.value !== null, invited.value !== null];
  const mayTell = mayPublishDerived({ people: summary.invited, countsPublished });
  return {
    ...machinery(analysis),
    title: `Screening, ${summary.instrument}`,
    counted: 'people who answered',
    n: shown(answered),
    missing: mayTell ? { kind: 'share', value: 1 - summary.completed / summary.invited, decimals: 0 } : withheld,
    missingMeans: 'those who were invited and did not answer, as a share of the invited',
  };
}

function addedUsed(analysis: AnalysisResult): MethodUsed[] {
  const place = sectionOf[analysis.method];
  if (place === undefined) return [];
  const there: TableCellValue = { kind: 'references', to: [reference(place.section)], note: '' };
  return [
    {
      ...machinery(analysis),
      title: place.title,
      counted: 'what its section says',
      n: there,
      missing: there,
      missingMeans: 'those it names',
    },
  ];
}

/** Every analysis with its method, options, n and what is missing; its numbers have passed disclosure control. */
export function methodsSection(
  facts: ReportFacts,
  judged: JudgedCounts,
  analyses: readonly AnalysisResult[],
): ReportSection {
  const methods = analyses.flatMap((analysis) => {
    if (analysis.method === 'exposure-period') return [exposureUsed(analysis, facts, judged)];
    if (analysis.method === 'screening-summary') {
      return facts.screening.map((summary) => screeningUsed(analysis, summary, judged));
    }
    return addedUsed(analysis);
  });
  return {
    id: 'analyses',
    heading: 'Analyses in full',
    blocks: [{ kind: 'methods', methods, threshold: facts.spec.clinicalThreshold }],
  };
}
