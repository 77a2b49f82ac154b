import type { KindFreshness } from '#shared/contract/quality.ts';
import type { Block, ReportSection, TableCellValue } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { textCell } from '../published-cells.ts';
import { type JudgedQuarters, quarterEvents } from './quarterly-counts.ts';
import type { QuarterFacts, QuarterlyFacts } from './quarterly-facts.ts';

/** How far the data of the quarter can be trusted: coverage quarter beside quarter, and how far each extract reaches. */
export function dataSection(
  facts: QuarterlyFacts,
  judged: JudgedQuarters,
  freshness: readonly KindFreshness[],
): ReportSection {
  const { to } = facts.spec;
  const held = freshness.filter(({ rows, to: newest }) => rows > 0 && newest !== null);
  const late = held.filter(({ to: newest }) => newest !== null && newest < to);
  return {
    id: 'data',
    heading: 'Data and coverage',
    blocks: [
      coverageTable(facts, judged),
      {
        kind: 'table',
        id: 'freshness',
        caption: 'How far each extract reaches',
        columns: [
          { label: 'Extract', align: 'start' },
          { label: 'First day', align: 'start' },
          { label: 'Last day', align: 'start' },
          { label: 'Beside this quarter', align: 'start' },
        ],
        rows: held.map(({ label, from, to: newest }) => ({
          cells: [
            textCell(label),
            from === null ? textCell('') : { kind: 'date', iso: from },
            newest === null ? textCell('') : { kind: 'date', iso: newest },
            textCell(newest !== null && newest < to ? 'ends before it does' : 'reaches its end'),
          ],
        })),
        notes: ['By the day on which something happened. An extract may end early because nothing happened since.'],
      },
      ...(late.length === 0 ? [] : [lateWords(late, to)]),
    ],
  };
}

function lateWords(late: readonly KindFreshness[], to: string): Block {
  const names = late.map(({ label, to: newest }) => `${label.toLowerCase()} (${formatDate(newest ?? '')})`);
  return {
    kind: 'callout',
    tone: 'caution',
    title: 'Not up to the end of the quarter',
    text: [
      `${names.join(', ')}. Import what came since, up to ${formatDate(to)}, and build the report again; figures that rest on them may still move.`,
    ],
  };
}

function coverageTable(facts: QuarterlyFacts, judged: JudgedQuarters): Block {
  return {
    kind: 'table',
    id: 'coverage',
    caption: 'Coverage: exposure rows whose code has a rule, as a share of all',
    columns: [
      { label: 'Quarter', align: 'start' },
      { label: 'Coverage', align: 'end' },
    ],
    rows: facts.three.map((of) => ({ cells: [textCell(of.quarter.name), coverageCell(of, judged)] })),
    notes: ['Rows without a rule are kept and never counted. Give their codes a rule in the place Data.'],
  };
}

function coverageCell({ quarter, exposure, isHeld }: QuarterFacts, judged: JudgedQuarters): TableCellValue {
  if (!isHeld || exposure.coverage === null) return textCell('not held');
  return judged.shown(quarterEvents({}, quarter)).value === null
    ? { kind: 'withheld', reason: 'derived' }
    : { kind: 'share', value: exposure.coverage, decimals: 1 };
}
