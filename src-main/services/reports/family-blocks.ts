import { diagramFinding, diagramSpec, dyadCorrelations } from '#shared/charts/family-diagram.ts';
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
import { countCell, intervalCell, numberCell, withheldCell } from './added/added-part.ts';
import { familyThreshold } from './family-counts.ts';
import { textCell } from './published-cells.ts';

export const members = {
  officer: 'Officer',
  partner: 'Partner',
  parent: 'Parent',
  adult_child: 'Adult child',
} as const;

/** How many households there are at each step, from those that answered to complete couples. */
export function flowTable({ flow, wave }: FamilyImpactResult): TableBlock {
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

/** Scores of each kind of member, with alpha. */
export function scoresTable(scores: readonly FamilyScores[]): TableBlock {
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

/** A path diagram with its numbers, or why there is none; with an id, it can be referred to. */
export function diagramBlocks(name: string, part: Part, id?: string): Block[] {
  if (part.refused !== null) return [{ kind: 'paragraph', text: part.refused }];
  const { diagram } = part;
  const title = diagramFinding(name, diagram);
  const correlations = 'correlations' in part ? dyadCorrelations(part) : [];
  return [
    {
      kind: 'figure',
      ...(id === undefined ? {} : { id }),
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
