import strobe from '#resources/reporting-guidelines/strobe.json' with { type: 'json' };
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { FamilyImpactResult } from '#shared/domain/family-impact.ts';
import type { ChecklistAnswer } from '#shared/report/appendix-blocks.ts';
import { reference } from '#shared/report/compose-document.ts';
import type { ReportSection, TableBlock, TableCellValue } from '#shared/report/document.ts';
import { countCell } from '../added/added-part.ts';
import { guidelineSection } from '../appendices/guideline-section.ts';
import { machinery } from '../appendices/methods-section.ts';
import { familyThreshold } from '../family-counts.ts';
import { textCell } from '../published-cells.ts';
import type { FamilyReportFacts } from './family-report-facts.ts';

export function limitsSection({ reading, warnings }: AnalysisResult): ReportSection {
  return {
    id: 'limits',
    heading: 'What this cannot show',
    blocks: [
      {
        kind: 'callout',
        tone: 'limits',
        title: 'To bear in mind',
        text: [
          ...reading.slice(-1),
          ...warnings,
          'Most answers are what people said of themselves on one day. Whoever feels low may see both work and home in a worse light, which makes links between their own answers too strong.',
          'Exposures are those that were recorded. What an officer met that nobody wrote down is in no figure.',
          'The survey is of one force and of those who answered; nothing is claimed of other families.',
        ],
      },
    ],
  };
}

/** Every model with what it rests on, then the analysis with all of its options. */
export function analysesSection({ analysis, result }: FamilyReportFacts): ReportSection {
  const { provenance } = analysis;
  const people: TableCellValue = { kind: 'references', to: [reference('flow')], note: '' };
  return {
    id: 'analyses',
    heading: 'Analyses in full',
    blocks: [
      modelsTable(result),
      {
        kind: 'methods',
        methods: [
          {
            ...machinery(analysis),
            title: 'Families',
            counted: 'households, step by step',
            n: people,
            missing: people,
            missingMeans: 'households that fall out from one step to the next',
          },
        ],
        threshold: familyThreshold,
      },
      {
        kind: 'provenance',
        title: 'Made from',
        entries: [
          { name: 'Snapshot', value: provenance.snapshot, code: true },
          { name: 'Scheme', value: provenance.scheme ?? 'none' },
          { name: 'Batches', value: provenance.batches.map(({ batch, kind }) => `${batch} (${kind})`).join(', ') },
        ],
      },
    ],
  };
}

function modelsTable({ spillover, crossover, mediation }: FamilyImpactResult): TableBlock {
  const rested = (refused: string | null, count: number): TableCellValue =>
    refused === null ? countCell(count) : textCell('not computed');
  const samples = mediation.refused === null ? mediation.samples.toLocaleString('en-GB') : 'none';
  return {
    kind: 'table',
    id: 'models',
    caption: 'The models, what each rests on, and what was done where values are missing',
    columns: [
      { label: 'Part', align: 'start' },
      { label: 'Model', align: 'start' },
      { label: 'Rests on', align: 'end' },
      { label: 'Missing values', align: 'start' },
    ],
    rows: [
      {
        cells: [
          textCell('Spillover (officers)'),
          textCell(
            'Linear regression of work–family conflict on exposure and distress; errors by unit (CR2) with Satterthwaite’s degrees of freedom',
          ),
          rested(spillover.refused, spillover.refused === null ? spillover.officers : 0),
          textCell('officers with every value'),
        ],
      },
      {
        cells: [
          textCell('Crossover (couples)'),
          textCell('Actor–partner model by maximum likelihood; likelihood-ratio tests; k from resampled couples'),
          rested(crossover.refused, crossover.refused === null ? crossover.couples : 0),
          textCell('couples with any value, by full-information maximum likelihood'),
        ],
      },
      {
        cells: [
          textCell('Ways (couples)'),
          textCell(`Serial mediation by least squares; percentile intervals, ${samples} resamples`),
          rested(mediation.refused, mediation.refused === null ? mediation.complete : 0),
          textCell('couples with every value'),
        ],
      },
    ],
    notes: [
      'Where a figure would rest on a number too near another, fewer than ten answers are left out of it, by the order of pseudonyms alone.',
    ],
    threshold: familyThreshold,
  };
}

function answers({ children }: FamilyImpactResult): Readonly<Record<string, ChecklistAnswer>> {
  return {
    1: { answered: ['summary'], note: 'front page' },
    2: { answered: ['asked'] },
    3: { answered: ['asked'], note: 'three questions' },
    4: { answered: ['asked'], note: 'a survey at one time' },
    5: { answered: ['asked', 'people'], note: 'front page' },
    6: { answered: ['people', 'flow'] },
    7: { answered: ['measures', 'terms'] },
    8: { answered: ['measures', 'analyses'] },
    9: { answered: ['people', 'limits', 'sensitivity'] },
    10: { answered: ['people'], note: 'all who answered; no sample was drawn' },
    11: { answered: ['analyses'], note: 'no score was grouped' },
    12: { answered: ['models', 'analyses'] },
    13: { answered: ['flow'] },
    14: { answered: ['scores', 'flow'] },
    15: { answered: ['scores'] },
    16: { answered: ['spillover', 'crossover', 'ways'] },
    17: { answered: children.mean === null ? ['sensitivity'] : ['sensitivity', 'children'] },
    18: { answered: ['summary'] },
    19: { answered: ['limits', 'people'] },
    20: { answered: ['meaning', 'limits'] },
    21: { answered: ['limits'], note: 'one force; nothing is claimed of others' },
    22: { not: 'the records do not say. Add it where the report is published.' },
  };
}

export function strobeSection(result: FamilyImpactResult): ReportSection {
  const isThere = (id: string): boolean => id !== 'sensitivity' || result.mediation.refused === null;
  const entries = Object.entries(answers(result)).map(([number, answer]): [string, ChecklistAnswer] => [
    number,
    'not' in answer ? answer : { ...answer, answered: answer.answered.filter(isThere) },
  ]);
  return guidelineSection(strobe, Object.fromEntries(entries));
}
