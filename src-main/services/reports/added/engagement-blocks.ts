import type { CountToRelease } from '#main/disclosure/released-counts.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { ActivityView } from '#shared/contract/engagement.ts';
import type { EngagementResult, GroupReach, Reach } from '#shared/domain/engagement-result.ts';
import type { Block, TableBlock, TableCellValue } from '#shared/report/document.ts';
import { textCell } from '../published-cells.ts';
import { countCell, intervalCell, limitedReading, numberCell, printed, shareCell, withheldCell } from './added-part.ts';

/** Something at which people were asked, and what `engagement` answers of it. */
export type AskedActivity = { readonly activity: ActivityView; readonly analysis: AnalysisResult };

const empty: TableCellValue = { kind: 'empty' };

function resultOf({ result }: AnalysisResult): EngagementResult {
  return result as unknown as EngagementResult;
}

/** Whoever agreed follows from the share and who answered, so that they are counted as printed. */
export function engagementCounts(analysis: AnalysisResult): CountToRelease[] {
  const { activity, from, to, response, reach, items, themes } = resultOf(analysis);
  const count = (of: string, value: number | null): CountToRelease[] =>
    value === null ? [] : [printed(`engagement|${activity}|${of}`, { from, to }, value)];
  const { responded } = response;
  return [
    ...count('invited', response.invited),
    ...count('answered', responded),
    ...reach.flatMap(({ by, groups }) =>
      groups.flatMap(({ group, ...own }) => [
        ...count(`${by}=${group} invited`, own.invited),
        ...count(`${by}=${group} answered`, own.responded),
        ...count(`${by}=${group} in post`, own.workforce),
      ]),
    ),
    ...items.flatMap(({ item, top }) =>
      count(`agree|${item}`, top === null || responded === null ? null : Math.round(top.share * responded)),
    ),
    ...themes.flatMap(({ theme, people }) => count(`named|${theme}`, people)),
  ];
}

/** How many figures of it are withheld, a group, a statement or a theme each. */
export function engagementWithheld(analysis: AnalysisResult): number {
  const { response, reach, items, themes } = resultOf(analysis);
  const few = [response, ...items, ...themes].filter(({ reason }) => reason !== null).length;
  return few + reach.reduce((sum, { withheldGroups }) => sum + withheldGroups, 0);
}

/** Who was reached beside the workforce, what they agree with and what they named, as the analysis withholds it. */
export function engagementBlocks({ analysis }: AskedActivity): Block[] {
  const result = resultOf(analysis);
  return [
    ...limitedReading(analysis, engagementWithheld(analysis)),
    ...result.reach.map((reach) => reachTable(reach, result.minimum)),
    ...(result.items.length === 0 ? [] : [itemsTable(result)]),
    ...(result.themes.length === 0 ? [] : [themesTable(result)]),
  ];
}

function reachTable({ by, groups }: Reach, threshold: number): TableBlock {
  return {
    kind: 'table',
    caption: `Who was reached, by ${by}`,
    columns: [
      { label: 'Group', align: 'start' },
      { label: 'Asked', align: 'end' },
      { label: 'Answered', align: 'end' },
      { label: 'Rate', align: 'end' },
      { label: 'Of those who answered', align: 'end' },
      { label: 'Of the workforce', align: 'end' },
      { label: 'Ratio', align: 'end' },
      { label: '95% interval', align: 'end' },
    ],
    rows: groups.map((own) => ({ cells: [textCell(own.group), ...reachCells(own)] })),
    notes: ['Ratio: the share of those who answered over that of the workforce in post; 1 is as the workforce is.'],
    threshold,
  };
}

/** A group that is shown may have nothing to be compared with. */
function reachCells(own: GroupReach): TableCellValue[] {
  const { invited, responded, rate, ofRespondents, ofWorkforce, ratio, reason } = own;
  if (reason !== null) return [countCell(null), countCell(null), ...Array.from({ length: 5 }, () => withheldCell)];
  return [
    countCell(invited),
    countCell(responded),
    shareCell(rate?.share ?? null),
    ofRespondents === null ? empty : shareCell(ofRespondents),
    ofWorkforce === null ? empty : shareCell(ofWorkforce),
    ratio === null ? empty : numberCell(ratio.estimate, 2),
    ratio === null ? empty : intervalCell(ratio.low, ratio.high, 2),
  ];
}

function itemsTable({ items, minimum }: EngagementResult): TableBlock {
  return {
    kind: 'table',
    caption: 'Statements, and who agrees with them',
    columns: [
      { label: 'Statement', align: 'start' },
      { label: 'Agree', align: 'end' },
      { label: '95% interval, %', align: 'end' },
    ],
    rows: items.map(({ words, top }) => ({
      cells: [
        textCell(words),
        shareCell(top?.share ?? null),
        top === null ? withheldCell : intervalCell(100 * top.low, 100 * top.high, 1),
      ],
    })),
    notes: ['Agree: the two highest of five levels, of all who answered.'],
    threshold: minimum,
  };
}

function themesTable({ themes, minimum }: EngagementResult): TableBlock {
  return {
    kind: 'table',
    caption: 'Themes, and how many named them',
    columns: [
      { label: 'Theme', align: 'start' },
      { label: 'People', align: 'end' },
      { label: 'Share', align: 'end' },
    ],
    rows: themes.map(({ title, people, share }) => ({
      cells: [textCell(title), countCell(people), shareCell(share?.share ?? null)],
    })),
    notes: [],
    threshold: minimum,
  };
}

/** You said, we did. What few people said would tell who said it, and stays away; what was done does not. */
export function decisionsTable({ activity, analysis }: AskedActivity): TableBlock[] {
  if (activity.decisions.length === 0) return [];
  const { response, minimum } = resultOf(analysis);
  return [
    {
      kind: 'table',
      caption: `What people said and what was done: ${activity.title}`,
      columns: [
        { label: 'You said', align: 'start' },
        { label: 'We did', align: 'start' },
        { label: 'Decided', align: 'start' },
        { label: 'Actions', align: 'start' },
      ],
      rows: activity.decisions.map(({ decision, said, did, decidedOn }) => ({
        cells: [
          response.reason === null ? textCell(said) : withheldCell,
          textCell(did === '' ? 'Nothing yet.' : did),
          decidedOn === null ? empty : { kind: 'date', iso: decidedOn },
          textCell(actionsOf(activity, decision)),
        ],
      })),
      notes: [],
      threshold: minimum,
    },
  ];
}

function actionsOf({ actions }: ActivityView, decision: string): string {
  return actions
    .filter((action) => action.decision === decision)
    .map(({ action, status }) => `${action}, ${status}`)
    .join('; ');
}
