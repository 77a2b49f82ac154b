import type { PilotEconomics } from '#shared/domain/pilot-evaluation.ts';
import type {
  GuidelineItem,
  PilotEvaluationResult,
  PilotEvaluationTold,
} from '#shared/domain/pilot-evaluation-result.ts';
import type { ChecklistAnswer } from '#shared/report/appendix-blocks.ts';
import type { Block, ReportSection, RichText } from '#shared/report/document.ts';
import { textCell } from '../published-cells.ts';
import { comparisonName } from './comparison-name.ts';

type Told = { readonly name: string; readonly evaluation: PilotEvaluationTold };

/** The comparisons that could be told. */
export function toldOf({ comparisons }: PilotEvaluationResult): readonly Told[] {
  return comparisons.flatMap((comparison) =>
    'refused' in comparison.evaluation ? [] : [{ name: comparisonName(comparison), evaluation: comparison.evaluation }],
  );
}

export function costSection(result: PilotEvaluationResult): ReportSection {
  const costed = toldOf(result).flatMap(({ name, evaluation: { economics } }) =>
    economics === null ? [] : [{ name, economics }],
  );
  return {
    id: 'cost',
    heading: 'What it cost',
    blocks:
      costed.length === 0
        ? [{ kind: 'paragraph', text: 'No costs of the pilot are recorded, so nothing is said of them.' }]
        : costed.flatMap(({ name, economics }) => costBlocks(name, economics)),
  };
}

function pounds(value: number | null): string {
  return value === null ? 'not told' : `£${Math.round(value).toLocaleString('en-GB')}`;
}

function range(low: number | null, high: number | null): string {
  if (low === null && high === null) return '';
  return ` (${pounds(low)} to ${high === null ? 'no end' : pounds(high)})`;
}

function costBlocks(name: string, economics: PilotEconomics): Block[] {
  const { costGbp, perPersonGbp, perImprovementGbp, perImprovementLowGbp, perImprovementHighGbp } = economics;
  const { daysAvoided, daysAvoidedGbp } = economics;
  return [
    {
      kind: 'table',
      caption: `Costs: ${name}`,
      columns: [
        { label: 'What', align: 'start' },
        { label: 'Cost', align: 'end' },
      ],
      rows: [
        { cells: [textCell('All costs that are recorded'), textCell(pounds(costGbp))] },
        { cells: [textCell('For each person offered the pilot'), textCell(pounds(perPersonGbp))] },
        {
          cells: [
            textCell('For each further person who improved reliably'),
            textCell(`${pounds(perImprovementGbp)}${range(perImprovementLowGbp, perImprovementHighGbp)}`),
          ],
        },
        ...(daysAvoided === null
          ? []
          : [
              {
                cells: [
                  textCell('Days of absence avoided, of all who were offered it'),
                  textCell(
                    `${daysAvoided.estimate.toFixed(1)} (${daysAvoided.low.toFixed(1)} to ${daysAvoided.high.toFixed(1)})`,
                  ),
                ],
              },
            ]),
        ...(daysAvoidedGbp === null
          ? []
          : [
              {
                cells: [
                  textCell('Worth of those days'),
                  textCell(`${pounds(daysAvoidedGbp.estimate)}${range(daysAvoidedGbp.low, daysAvoidedGbp.high)}`),
                ],
              },
            ]),
      ],
      notes: [],
    },
    { kind: 'list', ordered: false, items: economics.words },
  ];
}

/** How far the design can be believed, and what it cannot say. */
export function limitsSection(result: PilotEvaluationResult, warnings: readonly string[]): ReportSection {
  const [told] = toldOf(result);
  const limits: readonly RichText[] = [...(told?.evaluation.limits ?? []), ...warnings];
  return {
    id: 'limits',
    heading: 'How far this can be believed',
    blocks: [
      ...(told === undefined
        ? []
        : [
            {
              kind: 'paragraph' as const,
              text: `On the scientific methods scale of Maryland, from 1 to 5, this design is level ${told.evaluation.standards.maryland.level}: ${told.evaluation.standards.maryland.words}`,
            },
            {
              kind: 'table' as const,
              caption: 'The five questions of EMMIE',
              columns: [
                { label: 'Question', align: 'start' as const },
                { label: 'What this pilot says', align: 'start' as const },
              ],
              rows: told.evaluation.standards.emmie.map(({ dimension, words }) => ({
                cells: [textCell(dimension), textCell(words)],
              })),
              notes: [],
            },
          ]),
      { kind: 'callout', tone: 'limits', title: 'To bear in mind', text: limits },
    ],
  };
}

/** Where the report answers each item of the guideline for its design. */
export function guidelineSection({ guideline }: PilotEvaluationResult): ReportSection {
  return {
    id: 'checklist',
    heading: 'Reporting checklist',
    blocks: [
      {
        kind: 'checklist',
        guideline: guideline.name,
        items: guideline.items.map((item) => ({ number: item.item, asks: item.asks, answer: answerOf(item) })),
        notes: [`Items are in words of our own. ${guideline.source}`],
      },
    ],
  };
}

const sectionsBy = { plan: ['plan'], result: ['people', 'effect'] } as const;

function answerOf({ answeredBy, where }: GuidelineItem): ChecklistAnswer {
  if (answeredBy === 'authors') return { not: `for whoever publishes it to say: ${where}` };
  return { answered: sectionsBy[answeredBy], note: where };
}
