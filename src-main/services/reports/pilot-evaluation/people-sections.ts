import type {
  PilotAdverseEvents,
  PilotComparison,
  PilotCount,
  PilotEvaluationResult,
} from '#shared/domain/pilot-evaluation-result.ts';
import type { Block, ReportSection, TableBlock } from '#shared/report/document.ts';
import { countCell, numberCell, shareCell } from '../added/added-part.ts';
import { textCell } from '../published-cells.ts';
import { comparisonName } from './comparison-name.ts';

/** Who took part is told from so many people on; what their scores did, and what went wrong, from ten. */
export const leastTakingPart = 5;

/** Who came into the pilot, who is in the figures, and who is missing. */
export function peopleSection(result: PilotEvaluationResult): ReportSection {
  const { recruitment, comparisons } = result;
  const { withheld } = recruitment;
  return {
    id: 'people',
    heading: 'Who took part',
    blocks: [
      ...countTables(leastTakingPart, [
        ['Enrolled, by arm', 'Arm', recruitment.arms],
        ['Eligible and not enrolled, by reason', 'Reason', recruitment.notEnrolled],
        ['Withdrew, by arm', 'Arm', recruitment.withdrawn],
      ]),
      ...comparisons.flatMap((comparison) => flowBlocks(comparison, comparisons.length > 1)),
      ...(withheld === null ? [] : [{ kind: 'paragraph' as const, tone: 'small' as const, text: withheld }]),
    ],
  };
}

function countTables(
  threshold: number,
  tables: readonly (readonly [caption: string, what: string, counts: readonly PilotCount[]])[],
): TableBlock[] {
  return tables
    .filter(([, , counts]) => counts.length > 0)
    .map(([caption, what, counts]) => ({
      kind: 'table',
      caption,
      columns: [
        { label: what, align: 'start' },
        { label: 'People', align: 'end' },
      ],
      rows: counts.map((each) => ({ cells: [textCell(each.what), countCell(each.count)] })),
      notes: [],
      threshold,
    }));
}

function flowBlocks(comparison: PilotComparison, several: boolean): Block[] {
  const { evaluation } = comparison;
  if ('refused' in evaluation || evaluation.flow.length === 0) return [];
  const steps = evaluation.flow[0]?.steps.map(({ step }) => step) ?? [];
  const arms = { offered: 'Offered the pilot', comparison: 'Comparison' } as const;
  return [
    {
      kind: 'table',
      caption: `From those allocated to those in the main estimate${several ? `: ${comparisonName(comparison)}` : ''}`,
      columns: [
        { label: 'Step, each within the one before', align: 'start' },
        ...evaluation.flow.map(({ arm }) => ({ label: arms[arm], align: 'end' as const })),
      ],
      rows: steps.map((step) => ({
        cells: [
          textCell(step),
          ...evaluation.flow.map((arm) => countCell(arm.steps.find((each) => each.step === step)?.count ?? null)),
        ],
      })),
      notes: [],
      threshold: leastTakingPart,
    },
  ];
}

/** What people had of the pilot, and what went wrong. */
export function deliverySection(result: PilotEvaluationResult): ReportSection {
  const { comparisons, adverseEvents, minimum } = result;
  return {
    id: 'delivery',
    heading: 'What was delivered, and what went wrong',
    blocks: [
      ...deliveryBlocks(comparisons),
      { kind: 'heading', text: 'Adverse events' },
      ...('refused' in adverseEvents
        ? [{ kind: 'paragraph' as const, text: adverseEvents.refused }]
        : adverseBlocks(adverseEvents, minimum)),
    ],
  };
}

function deliveryBlocks(comparisons: readonly PilotComparison[]): Block[] {
  const delivered = comparisons.flatMap((comparison) =>
    comparison.delivery === null ? [] : [{ name: comparisonName(comparison), delivery: comparison.delivery }],
  );
  if (delivered.length === 0) {
    return [{ kind: 'paragraph', text: 'The pilot has no sessions, or none is recorded.' }];
  }
  return [
    {
      kind: 'table',
      caption: 'Sessions of those who were offered them',
      columns: [
        { label: 'Who', align: 'start' },
        { label: 'People', align: 'end' },
        { label: 'Planned each', align: 'end' },
        { label: 'Had each', align: 'end' },
        { label: 'With enough', align: 'end' },
        { label: 'Within the shift', align: 'end' },
      ],
      rows: delivered.map(({ name, delivery }) => ({
        cells: [
          textCell(name),
          countCell(delivery.people),
          numberCell(delivery.plannedEach, 1),
          numberCell(delivery.sessionsEach, 1),
          countCell(delivery.byDose.enough),
          shareCell(delivery.withinShift),
        ],
      })),
      notes: delivered
        .slice(0, 1)
        .map(
          ({ delivery }) =>
            `Enough is ${Math.round(100 * delivery.enoughShare)}% of the sessions planned for a person. Who comes often differs from who does not: no figure of delivery is an effect.`,
        ),
      threshold: leastTakingPart,
    },
  ];
}

function adverseBlocks(events: PilotAdverseEvents, threshold: number): Block[] {
  const { categories, seriousness, counts, people, withheld } = events;
  if (categories.length === 0) return [{ kind: 'paragraph', text: 'No adverse event is recorded.' }];
  return [
    {
      kind: 'table',
      caption: 'Adverse events, each of one person, category and seriousness counted once',
      columns: [
        { label: 'Category', align: 'start' },
        ...[...seriousness, 'All'].map((label) => ({ label, align: 'end' as const })),
      ],
      rows: counts.map((row, at) => ({
        cells: [textCell(categories[at] ?? 'All'), ...row.map(countCell)],
        ...(at === categories.length ? { role: 'total' as const } : {}),
      })),
      notes: [],
      threshold,
    },
    ...countTables(threshold, [['People with an adverse event, by arm', 'Arm', people]]),
    ...(withheld === null ? [] : [{ kind: 'paragraph' as const, tone: 'small' as const, text: withheld }]),
  ];
}
