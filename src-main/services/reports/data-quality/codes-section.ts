import type { Block, ReportSection } from '#shared/report/document.ts';
import { formatShare } from '#shared/report/format.ts';
import { shown, textCell } from '../published-cells.ts';
import { changedCodes, countName, namedCodes } from './counts-to-judge.ts';
import { type JudgedRows, type StatementFacts, thresholds } from './statement-facts.ts';

/** How much of what was recorded the code rules know: what has no rule is in no count. */
export function codesSection(facts: StatementFacts, judged: JudgedRows): ReportSection {
  const { codes } = facts;
  return {
    id: 'codes',
    heading: 'Codes that are known, and those that are not',
    blocks: [
      ...(codes.all === 0
        ? [
            {
              kind: 'paragraph' as const,
              text: 'No exposures or attendances are held, so that there are no codes to know.',
            },
          ]
        : [
            {
              kind: 'paragraph' as const,
              text: `${shareWords(facts, judged)} What has no rule is kept, and left out of every count until it has one.`,
            },
            rowsTable(judged),
            ...unmappedTable(facts, judged),
          ]),
      ...changedTable(facts, judged),
    ],
  };
}

/** The share alone gives a withheld count away, so that it goes with it. */
export function shareWords({ codes }: StatementFacts, judged: JudgedRows): string {
  const isTold = (['all', 'covered'] as const).every((what) => judged(countName.codes(what)).value !== null);
  return isTold
    ? `${formatShare(codes.covered / codes.all, 1)} of the exposure rows and attendances have a code with a rule.`
    : 'The share of exposure rows and attendances whose code has a rule is withheld, because one of its counts is.';
}

function rowsTable(judged: JudgedRows): Block {
  const row = (words: string, what: Parameters<typeof countName.codes>[0]) => ({
    cells: [textCell(words), shown(judged(countName.codes(what)))],
  });
  return {
    kind: 'table',
    id: 'codes-rows',
    caption: 'Exposure rows and attendances by what the code rules make of them',
    columns: [
      { label: 'What', align: 'start' },
      { label: 'Rows', align: 'end' },
    ],
    rows: [
      row('With a rule: counted, or known not to be traumatic', 'covered'),
      row('Without a rule', 'unmapped'),
      row('Attendances of incidents that are not imported', 'not imported'),
      { role: 'total', ...row('All', 'all') },
    ],
    notes: [],
    threshold: thresholds.workforce,
  };
}

function unmappedTable(facts: StatementFacts, judged: JudgedRows): Block[] {
  const { named, others } = namedCodes(facts);
  if (named.length === 0 && others.codes === 0) return [];
  return [
    {
      kind: 'table',
      id: 'unmapped',
      caption: 'Codes without a rule, most rows first',
      columns: [
        { label: 'Code', align: 'start' },
        { label: 'Rows', align: 'end' },
      ],
      rows: [
        ...named.map(({ code }) => ({ cells: [textCell(code), shown(judged(countName.code(code)))] })),
        ...(others.codes === 0
          ? []
          : [{ cells: [textCell('Other codes'), shown(judged(countName.codes('of other codes')))] }]),
      ],
      notes: [`Codes of fewer than ${thresholds.workforce} rows are never named.`],
      threshold: thresholds.workforce,
    },
  ];
}

const changeWords = { appeared: 'new', vanished: 'no longer used', more: 'far more', less: 'far less' } as const;

function changedTable({ quality }: StatementFacts, judged: JudgedRows): Block[] {
  const changed = changedCodes(quality);
  if (changed.length === 0) return [];
  return [
    {
      kind: 'table',
      id: 'changed-codes',
      caption: 'Codes that appeared, vanished or changed their share',
      columns: [
        { label: 'Extract and field', align: 'start' },
        { label: 'Code', align: 'start' },
        { label: 'Change', align: 'start' },
        { label: 'First day', align: 'end' },
        { label: 'Last day', align: 'end' },
        { label: 'Rows', align: 'end' },
      ],
      rows: changed.map(({ kind, label, column, code, change, from, to }) => ({
        cells: [
          textCell(`${label}, ${column}`),
          textCell(code),
          textCell(changeWords[change]),
          { kind: 'date', iso: from },
          { kind: 'date', iso: to },
          shown(judged(countName.changed(kind, column, code))),
        ],
      })),
      notes: ['Codes of fewer than 5 rows, of extracts about health of fewer than 10, are never named.'],
    },
  ];
}
