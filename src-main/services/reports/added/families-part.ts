import { diagramFinding, diagramSpec, dyadCorrelations } from '#shared/charts/family-diagram.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type {
  FamilyArrow,
  FamilyCrossover,
  FamilyImpactResult,
  FamilyMediation,
  FamilyRefused,
  FamilyScores,
  FamilySpillover,
} from '#shared/domain/family-impact.ts';
import type { Block, TableBlock, TableRow } from '#shared/report/document.ts';
import { type FamilyCount, familyThreshold } from '../family-counts.ts';
import { textCell } from '../published-cells.ts';
import { type AddedPart, countCell, intervalCell, limitedReading, numberCell, withheldCell } from './added-part.ts';

const members = { officer: 'Officer', partner: 'Partner', parent: 'Parent', adult_child: 'Adult child' } as const;

/** Every count of the answer that is printed, null where it is withheld there. */
export function familyCounts(result: FamilyImpactResult): FamilyCount[] {
  const { flow, scores, differences, spillover, crossover, mediation, children } = result;
  return [
    ...flow.map(({ step, count }) => ({ of: step, count })),
    ...scores.map(({ member, measure, n }) => ({ of: `${member} answered ${measure.name}`, count: n })),
    ...differences
      .filter(({ kind, estimate }) => kind === 'within couples' && estimate !== null)
      .map(({ measure, n }) => ({ of: `both answered ${measure.name}`, count: n })),
    ...(crossover.refused === null ? [{ of: 'couples of crossover', count: crossover.couples }] : []),
    ...(spillover.refused === null ? [{ of: 'officers of spillover', count: spillover.officers }] : []),
    ...(mediation.refused === null ? [{ of: 'couples of mediation', count: mediation.complete }] : []),
    ...(children.mean === null ? [] : [{ of: `answered ${children.measure.name}`, count: children.households }]),
  ];
}

/** What a wave of the family survey found: who is in it, the scores, the path diagrams and the reading. */
export function familiesPart(analysis: AnalysisResult): AddedPart {
  const result = analysis.result as unknown as FamilyImpactResult;
  const withheld = familyCounts(result).filter(({ count }) => count === null).length;
  return {
    analyses: [analysis],
    withheld,
    counts: { workforce: [], clinical: [] },
    section: {
      id: 'families',
      heading: 'Families',
      blocks: [
        {
          kind: 'paragraph',
          text: 'What families who agreed to answer said, and how strain at work goes with life at home. Nothing here is about one household.',
        },
        flowTable(result),
        scoresTable(result.scores),
        ...diagramBlocks('Spillover', result.spillover),
        ...diagramBlocks('Crossover', result.crossover),
        ...diagramBlocks('Ways from work to home', result.mediation),
        ...limitedReading(analysis, withheld),
      ],
    },
  };
}

function flowTable({ flow, wave }: FamilyImpactResult): TableBlock {
  return {
    kind: 'table',
    caption: `Who is in the figures of wave ${wave}`,
    columns: [
      { label: 'Step, each within the one before', align: 'start' },
      { label: 'Households', align: 'end' },
    ],
    rows: flow.map(({ words, count }) => ({ cells: [textCell(words), countCell(count)] })),
    notes: [],
    threshold: familyThreshold,
  };
}

function scoresTable(scores: readonly FamilyScores[]): TableBlock {
  return {
    kind: 'table',
    caption: 'Scores, and how reliable each measure is here',
    columns: [
      { label: 'Who and what', align: 'start' },
      { label: 'Answered', align: 'end' },
      { label: 'Mean', align: 'end' },
      { label: 'SD', align: 'end' },
      { label: 'Alpha', align: 'end' },
    ],
    rows: scores.map(
      ({ member, measure, n, mean, sd, reliability }): TableRow => ({
        cells: [
          textCell(`${members[member]}, ${measure.name}`),
          countCell(n),
          numberCell(mean, 1),
          numberCell(sd, 1),
          reliability === null ? { kind: 'not-assessable' } : numberCell(reliability.alpha, 2),
        ],
      }),
    ),
    notes: ['Alpha near 1 means that the items of a measure agree with each other in these answers.'],
    threshold: familyThreshold,
  };
}

type Part = FamilySpillover | FamilyCrossover | FamilyMediation | FamilyRefused;

function diagramBlocks(name: string, part: Part): Block[] {
  if (part.refused !== null) return [{ kind: 'paragraph', text: part.refused }];
  const { diagram } = part;
  const title = diagramFinding(name, diagram);
  const correlations = 'correlations' in part ? dyadCorrelations(part) : [];
  return [
    {
      kind: 'figure',
      title,
      caption: `${name}: points of the measures with 95% intervals; dashed where the interval holds zero. What goes with what, not what brings it about.`,
      description: `A path diagram of ${diagram.nodes.length} boxes and ${diagram.arrows.length} arrows. ${diagram.arrows.map(({ sentence }) => sentence).join(' ')}`,
      chart: diagramSpec(diagram, correlations),
      data: {
        columns: [
          { label: 'Link', align: 'start' },
          { label: 'Estimate', align: 'end' },
          { label: '95% interval', align: 'end' },
          { label: 'In SDs', align: 'end' },
        ],
        rows: diagram.arrows.map((arrow) => arrowRow(arrow)),
        notes: [],
      },
    },
  ];
}

function arrowRow({ sentence, estimate, low, high, standardised }: FamilyArrow): TableRow {
  return {
    cells: [
      textCell(sentence),
      numberCell(estimate, 2),
      intervalCell(low, high, 2),
      standardised === null ? withheldCell : numberCell(standardised, 2),
    ],
  };
}
