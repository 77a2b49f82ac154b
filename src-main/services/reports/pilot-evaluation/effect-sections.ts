import type {
  PilotEstimate,
  PilotMissing,
  PilotRefused,
  PilotReliableChange,
} from '#shared/domain/pilot-evaluation.ts';
import type {
  PilotComparison,
  PilotEvaluationResult,
  PilotEvaluationTold,
} from '#shared/domain/pilot-evaluation-result.ts';
import type { Block, ReportSection, TableBlock, TableRow } from '#shared/report/document.ts';
import { formatInterval, formatNumber } from '#shared/report/format.ts';
import { countCell } from '../added/added-part.ts';
import { textCell } from '../published-cells.ts';
import { comparisonName } from './comparison-name.ts';
import { leastTakingPart } from './people-sections.ts';

/** What the pilot did, comparison by comparison. */
export function effectSection(result: PilotEvaluationResult): ReportSection {
  const { comparisons, minimum } = result;
  return {
    id: 'effect',
    heading: 'What it did',
    blocks: comparisons.flatMap((comparison) => [
      ...(comparisons.length > 1 ? [{ kind: 'heading' as const, text: comparisonName(comparison) }] : []),
      ...effectBlocks(comparison, minimum),
    ]),
  };
}

function effectBlocks({ evaluation, doseResponse }: PilotComparison, threshold: number): Block[] {
  if ('refused' in evaluation)
    return [{ kind: 'callout', tone: 'caution', title: 'No effect can be told', text: [evaluation.refused] }];
  const { primary, further, change, missing, secondaries, subgroups, clustering } = evaluation;
  const rows = [
    { label: 'Main estimate', found: primary as PilotEstimate | PilotRefused },
    ...further.map(({ name, found }) => ({ label: name, found })),
  ];
  return [
    effectFigure(evaluation),
    estimatesTable('The main estimate, and what stands beside it', rows),
    {
      kind: 'list',
      ordered: false,
      items: [
        primary.absolute.words,
        ...standardisedWords(primary),
        ...further.map(({ name, question }) => `${name}: ${question}`),
      ],
    },
    ...(clustering === null
      ? []
      : [
          {
            kind: 'paragraph' as const,
            text: `People of one team or area are alike: intraclass correlation ${formatNumber(clustering.icc, 3)} (${formatInterval(clustering.iccLow, clustering.iccHigh, 3)}), on average ${formatNumber(clustering.averageSize, 1)} people in each, design effect ${formatNumber(clustering.designEffect, 2)}.`,
          },
        ]),
    { kind: 'heading', text: 'Reliable change of single people' },
    ...('refused' in change ? [{ kind: 'paragraph' as const, text: change.refused }] : changeBlocks(change, threshold)),
    { kind: 'heading', text: 'Who is missing, and what that could do' },
    ...('refused' in missing ? [{ kind: 'paragraph' as const, text: missing.refused }] : missingBlocks(missing)),
    ...(secondaries.length === 0
      ? []
      : [
          { kind: 'heading' as const, text: 'Secondary outcomes' },
          estimatesTable(
            'Secondary outcomes, p adjusted by Holm',
            secondaries.map(({ outcome, found, adjustedP }) => ({ label: outcome, found, p: adjustedP })),
          ),
        ]),
    ...subgroupBlocks(subgroups),
    ...(doseResponse === null
      ? []
      : [
          estimatesTable('Change of the outcome with each further session, to explore only', [
            { label: 'Each further session', found: doseResponse.found },
          ]),
        ]),
  ];
}

function standardisedWords({ standardised }: PilotEvaluationTold['primary']): string[] {
  if (standardised === null) return [];
  const { estimate, low, high, words } = standardised;
  return [`In standard deviations ${formatNumber(estimate, 2)} (${formatInterval(low, high, 2)}). ${words}`];
}

function effectFigure({ outcome, primary, further }: PilotEvaluationTold): Block {
  const { absolute } = primary;
  const rows = [{ name: 'Main estimate', found: primary as PilotEstimate | PilotRefused }, ...further].map(
    ({ name, found }) => ({
      label: name,
      estimate: 'refused' in found ? null : found.estimate,
      low: 'refused' in found ? null : found.low,
      high: 'refused' in found ? null : found.high,
      text: 'refused' in found ? 'none' : estimateWords(found),
    }),
  );
  const title =
    absolute.direction === 'cannot be told'
      ? `Whether ${outcome} differs cannot be told: the interval holds no difference`
      : `${outcome} is ${absolute.direction} with the pilot, by ${formatNumber(Math.abs(primary.estimate), 1)}`;
  const bounds =
    absolute.threshold === null
      ? {}
      : {
          bounds: {
            low: -absolute.threshold,
            high: absolute.threshold,
            label: 'less than one person’s reliable change',
          },
        };
  return {
    kind: 'figure',
    id: 'effect-figure',
    title,
    caption: `${outcome}: with the pilot less without it, with 95% intervals.`,
    description: `${title}. ${rows.map(({ label, text }) => `${label}: ${text}`).join('; ')}.`,
    chart: { kind: 'intervals', measure: `difference in ${outcome}`, ratio: false, reference: 0, rows, ...bounds },
    data: {
      columns: [
        { label: 'Estimate', align: 'start' },
        { label: 'Difference and 95% interval', align: 'end' },
      ],
      rows: rows.map(({ label, text }) => ({ cells: [textCell(label), textCell(text)] })),
      notes: [],
    },
  };
}

function estimateWords({ estimate, low, high }: PilotEstimate): string {
  return `${formatNumber(estimate, 2)} (${formatInterval(low, high, 2)})`;
}

type EstimateRow = { readonly label: string; readonly found: PilotEstimate | PilotRefused; readonly p?: number | null };

/** @param notes how each was found, where it is not by its own method */
function estimatesTable(caption: string, rows: readonly EstimateRow[], notes?: readonly string[]): TableBlock {
  return {
    kind: 'table',
    caption,
    columns: [
      { label: 'What', align: 'start' },
      { label: 'Difference', align: 'end' },
      { label: '95% interval', align: 'end' },
      { label: 'p', align: 'end' },
    ],
    rows: rows.map(({ label, found, p }): TableRow => {
      if ('refused' in found) {
        const none = { kind: 'not-assessable' } as const;
        return { cells: [textCell(label), none, none, none] };
      }
      return {
        cells: [
          textCell(label),
          { kind: 'number', value: found.estimate, decimals: 2 },
          { kind: 'interval', low: found.low, high: found.high, decimals: 2 },
          textCell(pWords(p === undefined ? found.p : p)),
        ],
      };
    }),
    notes: notes ?? rows.map(({ label, found }) => `${label}: ${'refused' in found ? found.refused : found.method}`),
  };
}

function pWords(p: number | null): string {
  if (p === null) return 'not adjusted';
  return p < 0.001 ? '< 0.001' : formatNumber(p, 3);
}

function changeBlocks(change: PilotReliableChange, threshold: number): Block[] {
  const arms = { offered: 'Offered the pilot', comparison: 'Comparison' } as const;
  return [
    {
      kind: 'table',
      caption: `People who changed by ${formatNumber(change.threshold, 1)} points or more`,
      columns: [
        { label: 'Arm', align: 'start' },
        { label: 'Before and after', align: 'end' },
        { label: 'Improved', align: 'end' },
        { label: 'Deteriorated', align: 'end' },
      ],
      rows: change.arms.map(({ arm, n, improved, deteriorated }) => ({
        cells: [textCell(arms[arm]), countCell(n), countCell(improved), countCell(deteriorated)],
      })),
      notes: [change.rule, ...change.withheld],
      threshold,
    },
    {
      kind: 'list',
      ordered: false,
      items: [change.improvement, change.deterioration].flatMap((risk) => (risk === null ? [] : [risk.words])),
    },
  ];
}

function missingBlocks(missing: PilotMissing): Block[] {
  return [
    { kind: 'paragraph', text: missing.words },
    {
      kind: 'table',
      caption: 'Who answered when',
      columns: [
        { label: 'Answered', align: 'start' },
        { label: 'Arm', align: 'start' },
        { label: 'People', align: 'end' },
      ],
      rows: missing.patterns.map(({ arm, answered, people }) => ({
        cells: [
          textCell(answered.length === 0 ? 'never' : answered.join(', ')),
          textCell(arm === 'offered' ? 'Offered the pilot' : 'Comparison'),
          countCell(people),
        ],
      })),
      notes: [],
      threshold: leastTakingPart,
    },
    ...(missing.deltas.length === 0
      ? []
      : [
          estimatesTable(
            'If missing scores were worse than those of people alike who answered',
            missing.deltas.map(({ delta, missingOf, found }) => ({
              label: `${formatNumber(delta, 1)} points worse, ${missingOf}`,
              found,
            })),
            ['Mean-score method with robust errors: the limit of multiple imputation.'],
          ),
        ]),
  ];
}

function subgroupBlocks(subgroups: PilotEvaluationTold['subgroups']): Block[] {
  if (subgroups.length === 0) return [];
  return [
    { kind: 'heading', text: 'Subgroups, to explore only' },
    ...subgroups.flatMap((subgroup): Block[] =>
      'refused' in subgroup
        ? [{ kind: 'paragraph', text: `${subgroup.subgroup}: ${subgroup.refused}` }]
        : [
            estimatesTable(
              `By ${subgroup.subgroup}; that the effect is the same in all: p ${pWords(subgroup.interactionP)}`,
              subgroup.levels.map(({ level, found }) => ({ label: level, found })),
            ),
          ],
    ),
  ];
}
