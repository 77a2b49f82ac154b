import { mediationSensitivity } from '#main/analysis/families/sensitivity.ts';
import type {
  FamilyArrow,
  FamilyCrossover,
  FamilyDiagram,
  FamilyImpactResult,
  FamilyIndirect,
  FamilyMediation,
} from '#shared/domain/family-impact.ts';
import { reference } from '#shared/report/compose-document.ts';
import type { Block, ReportSection, TableBlock, TableCellValue } from '#shared/report/document.ts';
import { intervalCell, numberCell } from '../added/added-part.ts';
import { diagramBlocks } from '../family-blocks.ts';
import { textCell } from '../published-cells.ts';

export function spilloverSection({ spillover }: FamilyImpactResult): ReportSection {
  const told: Block[] =
    spillover.refused === null
      ? [
          {
            kind: 'paragraph',
            text: `Exposure and distress together go with ${sharePercent(spillover.rSquared)} of the variance of work–family conflict among officers. Intervals allow for officers of one unit being alike.`,
          },
        ]
      : [];
  return {
    id: 'spillover',
    heading: 'Spillover: from work to home in one person',
    blocks: [...diagramBlocks('Spillover', spillover, 'spillover-diagram'), ...told],
  };
}

export function crossoverSection({ crossover }: FamilyImpactResult): ReportSection {
  return {
    id: 'crossover',
    heading: 'Crossover: between the two of a couple',
    blocks: [
      {
        kind: 'paragraph',
        text: 'The actor–partner model (Cook and Kenny 2005) sets how each of the two finds the relationship beside their own distress, the actor effect, and beside the other’s, the partner effect, with the other held equal.',
      },
      ...diagramBlocks('Crossover', crossover, 'crossover-diagram'),
      ...(crossover.refused === null ? crossoverTold(crossover) : []),
    ],
  };
}

function crossoverTold({ diagram, tests, k, rSquared }: FamilyCrossover): Block[] {
  return [
    effectsTable(diagram),
    {
      kind: 'paragraph',
      text: `Distress of both goes with ${sharePercent(rSquared.officer)} of the variance of how officers find the relationship, and with ${sharePercent(rSquared.partner)} of that of partners.`,
    },
    { kind: 'heading', text: 'Is it the same for both?' },
    {
      kind: 'table',
      id: 'tests',
      caption: 'Likelihood-ratio tests of the actor–partner model',
      columns: [
        { label: 'Question', align: 'start' },
        { label: 'Chi-squared', align: 'end' },
        { label: 'df', align: 'end' },
        { label: 'p', align: 'end' },
      ],
      rows: tests.map(({ words, statistic, df, p }) => ({
        cells: [textCell(words), numberCell(statistic, 2), numberCell(df, 0), pCell(p)],
      })),
      notes: [
        'A small p answers no to all but the last question, and yes to that one; a large p proves neither.',
        'The last question is that of distinguishability: whether equal means, spreads and effects of officers and partners would fit as well.',
      ],
    },
    { kind: 'heading', text: 'How the other’s distress counts beside the own' },
    {
      kind: 'paragraph',
      text: 'k is the partner effect over the actor effect (Kenny and Ledermann 2010): 1 where the two count alike, 0 where the own alone counts, −1 where they run against each other. It is not given where the own effect cannot be told from nothing.',
    },
    { kind: 'list', ordered: false, items: k.map(({ sentence }) => sentence) },
  ];
}

const whose: Readonly<Partial<Record<FamilyArrow['kind'], string>>> = { actor: 'own distress', partner: 'the other’s' };

function effectsTable({ nodes, arrows }: FamilyDiagram): TableBlock {
  const member = (id: string): string =>
    nodes.find((node) => node.id === id)?.member === 'partner' ? 'Partner' : 'Officer';
  return {
    kind: 'table',
    id: 'effects',
    caption: 'Actor and partner effects: points of the outcome that go with one point more of distress',
    columns: [
      { label: 'Outcome of, on', align: 'start' },
      { label: 'Estimate', align: 'end' },
      { label: '95% interval', align: 'end' },
      { label: 'In SDs', align: 'end' },
      { label: 'p', align: 'end' },
    ],
    rows: arrows.flatMap(({ kind, to, estimate, low, high, standardised, p }) => {
      const of = whose[kind];
      if (of === undefined) return [];
      const cells = [numberCell(estimate, 3), intervalCell(low, high, 3), numberCell(standardised, 2), pCell(p)];
      return [{ cells: [textCell(`${member(to)}, on ${of}`), ...cells] }];
    }),
    notes: [],
  };
}

export function waysSection({ mediation }: FamilyImpactResult): ReportSection {
  return {
    id: 'ways',
    heading: 'Ways from work to home',
    blocks: [
      {
        kind: 'callout',
        tone: 'limits',
        title: 'Not a chain of causes',
        text: [
          'Everything was asked at one time. A mediation model says how well a chain fits the data; it cannot show that anything was passed along it, and another order of the same boxes may fit as well.',
        ],
      },
      ...diagramBlocks('Ways from work to home', mediation, 'ways-diagram'),
      ...(mediation.refused === null ? mediationTold(mediation) : []),
    ],
  };
}

function mediationTold(mediation: FamilyMediation): Block[] {
  return [
    { kind: 'heading', text: 'Along each way' },
    waysTable(mediation),
    { kind: 'heading', text: 'What would take the links away' },
    {
      kind: 'paragraph',
      text: [
        'Something that nobody asked for, such as money worries or an illness in the family, may lie behind both ends of a link. ',
        reference('sensitivity'),
        ' says how strong it would have to be: the least share of what the model leaves open of both ends that it would have to explain (Cinelli and Hazlett 2020). A small share is easily had, and such a link should not be built on.',
      ],
    },
    sensitivityTable(mediation),
  ];
}

function wayName({ nodes }: FamilyDiagram, { id, through }: FamilyIndirect): string {
  if (id === 'all') return 'All these ways together';
  return through.map((step) => nodes.find((node) => node.id === step)?.label ?? step).join(' → ');
}

function waysTable({ diagram, indirect, total, samples }: FamilyMediation): TableBlock {
  const direct = diagram.arrows.find(({ kind }) => kind === 'direct');
  const row = (name: string, estimate: number, low: number | null, high: number | null) => ({
    cells: [textCell(name), numberCell(estimate, 3), limits(low, high)],
  });
  return {
    kind: 'table',
    id: 'ways-table',
    caption: 'Points of the partner’s distress that go with one exposure more',
    columns: [
      { label: 'Way', align: 'start' },
      { label: 'Estimate', align: 'end' },
      { label: '95% interval', align: 'end' },
    ],
    rows: [
      ...indirect.map((way) => row(wayName(diagram, way), way.estimate, way.low, way.high)),
      ...(direct === undefined
        ? []
        : [row('Beside all ways: the direct link', direct.estimate, direct.low, direct.high)]),
      { ...row('In all', total.estimate, total.low, total.high), role: 'total' },
    ],
    notes: [
      `A way is the product of its links (Ledermann, Macho and Kenny 2011); its interval is the middle 95% of ${samples.toLocaleString('en-GB')} resamples of couples. Links and the whole have least-squares intervals.`,
    ],
  };
}

function limits(low: number | null, high: number | null): TableCellValue {
  return low === null || high === null ? { kind: 'not-assessable' } : intervalCell(low, high, 3);
}

function sensitivityTable(mediation: FamilyMediation): TableBlock {
  const { nodes } = mediation.diagram;
  const label = (id: string): string => nodes.find((node) => node.id === id)?.label ?? id;
  return {
    kind: 'table',
    id: 'sensitivity',
    caption: 'How strong something unmeasured would have to be, as a share of what is left open of both ends',
    columns: [
      { label: 'Link', align: 'start' },
      { label: 'To make it zero', align: 'end' },
      { label: 'To make it unclear', align: 'end' },
    ],
    rows: mediationSensitivity(mediation).map(({ arrow, toZero, toUnclear }) => ({
      cells: [
        textCell(`${label(arrow.from)} → ${label(arrow.to)}`),
        { kind: 'share', value: toZero, decimals: 1 },
        toUnclear === 0 ? textCell('unclear already') : { kind: 'share', value: toUnclear, decimals: 1 },
      ],
    })),
    notes: [
      'Unclear: the 95% interval reaches zero. Robustness values, worked out from the links and their intervals.',
    ],
  };
}

function pCell(p: number): TableCellValue {
  return p < 0.001 ? textCell('< 0.001') : numberCell(p, 3);
}

function sharePercent(share: number): string {
  return `${(100 * share).toFixed(0)}%`;
}
