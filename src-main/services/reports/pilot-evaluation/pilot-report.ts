import glossary from '#resources/glossary.json' with { type: 'json' };
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { PilotView } from '#shared/contract/pilots.ts';
import type { PilotEvaluationResult } from '#shared/domain/pilot-evaluation-result.ts';
import { designWords } from '#shared/domain/pilot-words.ts';
import type { Block, ReportDocument, ReportSection } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { termsUsed } from '#shared/report/terms-used.ts';
import { machinery } from '../appendices/methods-section.ts';
import { syntheticNote } from '../frame-sections.ts';
import { costSection, guidelineSection, limitsSection, toldOf } from './closing-sections.ts';
import { effectSection } from './effect-sections.ts';
import { deliverySection, peopleSection } from './people-sections.ts';
import { deviationsSection, planSection } from './plan-sections.ts';

export type FilledPilotSpec = {
  readonly template: 'pilot-evaluation';
  readonly pilot: string;
  readonly title: string;
  readonly marking: string;
  readonly version: string;
};

export type PilotReportFacts = {
  readonly spec: FilledPilotSpec;
  readonly view: PilotView;
  readonly analysis: AnalysisResult;
  readonly result: PilotEvaluationResult;
  readonly synthetic: boolean;
};

/** The evaluation report of a pilot. Its result was made safe where it was worked out; its counts are judged beside earlier releases. */
export function pilotReport(facts: PilotReportFacts): ReportDocument {
  const { spec, view, analysis, result } = facts;
  const body: readonly ReportSection[] = [
    shortSection(facts),
    planSection(view, result.plan),
    deviationsSection(result.plan),
    peopleSection(result),
    deliverySection(result),
    effectSection(result),
    costSection(result),
    limitsSection(result, analysis.warnings),
    guidelineSection(result),
    methodSection(facts),
  ];
  return {
    title: spec.title,
    subtitle: `${designWords[result.design]}; outcomes to ${formatDate(result.to)}`,
    marking: spec.marking,
    version: spec.version,
    language: 'en-GB',
    dataTo: result.to,
    about:
      'What a pilot set out to do, what was done, and what it did for the people it was offered to, by a plan that was locked before its outcomes could be read. It is about groups, never about one person, and no line of it may be used for discipline, promotion, vetting or posting.',
    sections: [
      ...body,
      { id: 'terms', heading: 'Terms', blocks: [{ kind: 'glossary', terms: termsUsed(body, glossary.terms) }] },
    ],
  };
}

function shortSection({ synthetic, result }: PilotReportFacts): ReportSection {
  const { deviations } = result.plan;
  const blocks: Block[] = [
    ...(synthetic ? [syntheticNote] : []),
    { kind: 'callout', tone: 'finding', title: 'What was found', text: foundWords(result) },
    {
      kind: 'paragraph',
      text:
        deviations.length === 0
          ? 'No deviation from the locked plan is recorded.'
          : `${deviations.length} ${deviations.length === 1 ? 'deviation' : 'deviations'} from the locked plan ${deviations.length === 1 ? 'is' : 'are'} recorded, each with its reason.`,
    },
  ];
  return { id: 'summary', heading: 'In short', blocks };
}

/** The main findings alone: the rest stands in the sections, each with its limits. */
function foundWords(result: PilotEvaluationResult): readonly string[] {
  const told = toldOf(result);
  const refused = result.comparisons.flatMap(({ evaluation }) => ('refused' in evaluation ? [evaluation.refused] : []));
  return [
    ...told.flatMap(({ evaluation: { primary, change, economics, standards } }) => [
      primary.absolute.words,
      ...('refused' in change || change.improvement === null ? [] : [change.improvement.words]),
      ...(economics?.words.slice(0, 1) ?? []),
      `Strength of the design: ${standards.maryland.level} of 5 on the scale of Maryland. ${standards.maryland.words}`,
    ]),
    ...refused,
  ];
}

function methodSection({ analysis }: PilotReportFacts): ReportSection {
  const { provenance } = analysis;
  return {
    id: 'analyses',
    heading: 'How it was worked out',
    blocks: [
      {
        kind: 'methods',
        methods: [
          {
            ...machinery(analysis),
            title: 'Evaluation of the pilot',
            counted: 'people, by step and arm',
            // Who is in the figures and who is missing stands step by step under “Who took part”.
            n: { kind: 'text', text: 'by step, under “Who took part”' },
            missing: { kind: 'text', text: 'by arm, under “What it did”' },
            missingMeans: 'people of an arm without a score in the wave of the primary outcome',
          },
        ],
      },
      {
        kind: 'provenance',
        title: 'Made from',
        entries: [
          { name: 'Snapshot', value: provenance.snapshot, code: true },
          { name: 'Engine', value: provenance.engine },
          { name: 'Method', value: `${analysis.method} version ${analysis.version}` },
          {
            name: 'Batches',
            value: provenance.batches.map(({ batch, kind }) => `${batch} (${kind})`).join(', '),
          },
        ],
      },
    ],
  };
}
