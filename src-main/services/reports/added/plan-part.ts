import type { PlannedAction } from '#main/services/plan/index.ts';
import { breakWords } from '#shared/domain/plan-loop.ts';
import type { Block, ReportSection, TableBlock, TableCellValue } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { textCell } from '../published-cells.ts';
import type { AddedPart, Measures } from './added-part.ts';
import {
  type AskedActivity,
  decisionsTable,
  engagementBlocks,
  engagementCounts,
  engagementWithheld,
} from './engagement-blocks.ts';

export type { AskedActivity } from './engagement-blocks.ts';

const nothing: TableCellValue = { kind: 'empty' };

/**
 * What is to be done and where the loop is broken, then who was asked, what they said and what was done about it.
 * @param day on which it was judged what is overdue, ISO
 */
export function planPart(actions: readonly PlannedAction[], asked: readonly AskedActivity[], day: string): AddedPart {
  const countsOf = (measures: Measures) =>
    asked
      .filter(({ activity }) => (activity.audience === 'families') === (measures === 'clinical'))
      .flatMap(({ analysis }) => engagementCounts(analysis));
  return {
    analyses: asked.map(({ analysis }) => analysis),
    withheld: asked.reduce((sum, { analysis }) => sum + engagementWithheld(analysis), 0),
    counts: { workforce: countsOf('workforce'), clinical: countsOf('clinical') },
    section: sectionOf([...actionBlocks(actions, day), ...askedBlocks(asked, engagementBlocks)]),
    withoutCounts: sectionOf([...actionBlocks(actions, day), ...askedBlocks(asked, () => [besideEarlier])]),
  };
}

const besideEarlier: Block = {
  kind: 'paragraph',
  text: 'How many were asked and what they answered is withheld: beside reports that were released before, a small number could be worked out from it.',
};

function sectionOf(blocks: readonly Block[]): ReportSection {
  return {
    id: 'plan',
    heading: 'The plan',
    blocks: [
      ...blocks,
      {
        kind: 'callout',
        tone: 'caution',
        title: 'Words as they were typed',
        text: [
          'Titles, posts, statements and decisions are printed as the force typed them. Read them for names of people before this report is passed on.',
        ],
      },
    ],
  };
}

function actionBlocks(actions: readonly PlannedAction[], day: string): Block[] {
  if (actions.length === 0) return [{ kind: 'paragraph', text: 'The plan holds no action yet.' }];
  const broken = actions.filter(({ turn }) => turn.breaks.length > 0);
  return [
    {
      kind: 'paragraph',
      text: `Actions as they stood when this report was made; what is overdue was judged on ${formatDate(day)}.`,
    },
    actionsTable(actions),
    { kind: 'heading', text: 'Where the loop is broken' },
    broken.length === 0
      ? { kind: 'paragraph', text: 'Nowhere: every action that goes on has its reason, its sign-off and its target.' }
      : {
          kind: 'list',
          ordered: false,
          items: broken.map(
            ({ turn }) => `${turn.action} ${turn.title}: ${turn.breaks.map((found) => breakWords[found]).join(' ')}`,
          ),
        },
  ];
}

function actionsTable(actions: readonly PlannedAction[]): TableBlock {
  return {
    kind: 'table',
    caption: 'Actions of the plan',
    columns: [
      { label: 'Action', align: 'start' },
      { label: 'Status', align: 'start' },
      { label: 'Owner', align: 'start' },
      { label: 'Due', align: 'start' },
      { label: 'To move', align: 'start' },
      { label: 'Target', align: 'end' },
      { label: 'Signed off', align: 'start' },
    ],
    rows: actions.map(({ summary, turn }) => ({
      cells: [
        textCell(`${summary.action} ${summary.title}`),
        textCell(summary.isOverdue ? `${summary.status}, overdue` : summary.status),
        summary.owner === null ? textCell('no owner') : textCell(summary.owner),
        summary.due === null ? textCell('on no day') : { kind: 'date', iso: summary.due },
        turn.indicator === null ? textCell('no indicator') : textCell(turn.indicator.title),
        typeof turn.indicator?.target === 'number' ? numberAsSet(turn.indicator.target) : nothing,
        textCell(summary.isSigned ? 'yes' : 'no'),
      ],
    })),
    notes: ['Signed off: whether the newest version is, by somebody who saved none of its versions.'],
  };
}

/** With as many decimals as it was set with, three at most. */
function numberAsSet(value: number): TableCellValue {
  const decimals = [0, 1, 2].find((places) => Number(value.toFixed(places)) === value) ?? 3;
  return { kind: 'number', value, decimals };
}

function askedBlocks(asked: readonly AskedActivity[], figures: (one: AskedActivity) => readonly Block[]): Block[] {
  if (asked.length === 0) {
    return [
      { kind: 'heading', text: 'What people said' },
      { kind: 'paragraph', text: 'No survey, group or meeting at which people were asked ended in this period.' },
    ];
  }
  return asked.flatMap((one) => [
    { kind: 'heading', text: one.activity.title },
    {
      kind: 'paragraph',
      text: `A ${one.activity.kind} of ${one.activity.audience}, ${formatDate(one.activity.from)} to ${formatDate(one.activity.to)}.`,
    },
    ...figures(one),
    ...decisionsTable(one),
  ]);
}
