import { forestOfSynthesis } from '#shared/charts/evidence-charts.ts';
import type { HeldEvidence, SummarisedOutcome } from '#shared/contract/evidence-studies.ts';
import { isRefused, type ReviewSynthesis } from '#shared/domain/evidence/synthesis.ts';
import type { Block, ReportSection, TableBlock, TableCellValue } from '#shared/report/document.ts';
import { formatNumber } from '#shared/report/format.ts';
import { textCell } from '../published-cells.ts';

/** Nobody told how many: another review does not always print it. */
const notTold: TableCellValue = textCell('not told');

/** The table that a reader of a review sees first. @param inWords with a sentence for each outcome; without, so that it fits on a page */
export function summaryTable(outcomes: readonly SummarisedOutcome[], inWords: boolean): TableBlock {
  return {
    kind: 'table',
    id: 'summary-of-findings',
    caption: 'Summary of findings',
    columns: [
      { label: 'Outcome', align: 'start' },
      { label: 'Studies', align: 'end' },
      { label: 'People', align: 'end' },
      { label: 'Effect', align: 'start' },
      { label: 'How sure', align: 'start' },
      ...(inWords ? [{ label: 'In words', align: 'start' as const }] : []),
    ],
    rows: outcomes.map(({ row }) => ({
      cells: [
        textCell(row.outcome),
        { kind: 'number', value: row.studies, decimals: 0 },
        row.people === null ? notTold : { kind: 'number', value: row.people, decimals: 0 },
        textCell(
          row.absolute === null ? `${row.effect}, ${row.measure}` : `${row.effect}, ${row.measure}; ${row.absolute}`,
        ),
        textCell(row.certainty ?? 'not rated'),
        ...(inWords ? [textCell(row.statement)] : []),
      ],
    })),
    notes: ['How sure one may be is rated by GRADE; a person’s rating goes before what the numbers suggest.'],
  };
}

/** Each outcome with its forest plot, what moves the certainty, and what it would be without each study. */
export function outcomeSections(outcomes: readonly SummarisedOutcome[]): ReportSection {
  return {
    id: 'outcomes',
    heading: 'Outcome by outcome',
    blocks: outcomes.flatMap(outcomeBlocks),
  };
}

function outcomeBlocks({ outcome, row, synthesis }: SummarisedOutcome): Block[] {
  const result = synthesis.result as unknown as ReviewSynthesis;
  const { pooled } = result;
  const drawn = result.rows.length + result.reviews.length > 0;
  return [
    { kind: 'heading', text: outcome.title },
    { kind: 'paragraph', text: row.statement },
    ...(drawn ? [forestBlock(outcome.title, result)] : []),
    ...(isRefused(pooled)
      ? []
      : [
          {
            kind: 'paragraph' as const,
            tone: 'small' as const,
            text: `${pooled.method} I² ${formatNumber(pooled.i2, 0)}%, τ² ${formatNumber(pooled.tau2, 3)}.`,
          },
        ]),
    ...(result.narrated.length === 0 ? [] : [narratedTable(result)]),
    ...(row.reasons.length === 0 ? [] : [{ kind: 'list' as const, ordered: false, items: row.reasons }]),
  ];
}

function forestBlock(title: string, result: ReviewSynthesis): Block {
  const chart = forestOfSynthesis(result);
  return {
    kind: 'figure',
    title: `${title}: what each study found`,
    caption: `${title}, ${result.measureWords}, with ${formatNumber(100 * result.confidence)}% limits. Results of other reviews stand beside the studies and are pooled with nothing.`,
    description: chart.rows.map(({ label, text }) => `${label}: ${text}`).join('; '),
    chart,
    data: {
      columns: [
        { label: 'Study', align: 'start' },
        { label: 'Effect and limits', align: 'end' },
        { label: 'Weight', unit: '%', align: 'end' },
      ],
      rows: chart.rows.map(({ label, text, weight }) => ({
        cells: [
          textCell(label),
          textCell(text),
          weight === null ? { kind: 'empty' } : { kind: 'number', value: weight, decimals: 1 },
        ],
      })),
      notes: [],
    },
  };
}

function narratedTable({ narrated }: ReviewSynthesis): Block {
  return {
    kind: 'table',
    caption: 'Studies that tell a direction only',
    columns: [
      { label: 'Study', align: 'start' },
      { label: 'What it found', align: 'start' },
      { label: 'People', align: 'end' },
    ],
    rows: narrated.map(({ title, direction, n }) => ({
      cells: [textCell(title), textCell(direction), n === null ? notTold : { kind: 'number', value: n, decimals: 0 }],
    })),
    notes: ['Each counts once, whatever a test of it said.'],
  };
}

export function studiesSection({ studies, appraisals }: HeldEvidence): ReportSection {
  return {
    id: 'studies',
    heading: 'The studies, and how they were appraised',
    blocks:
      studies.length === 0
        ? [{ kind: 'paragraph', text: 'No study is entered yet.' }]
        : [
            {
              kind: 'table',
              caption: 'Studies of the review',
              columns: [
                { label: 'Study', align: 'start' },
                { label: 'Design', align: 'start' },
                { label: 'Appraised', align: 'start' },
              ],
              rows: studies.map(({ study }) => ({
                cells: [
                  textCell(study.ownPilot === null ? study.title : `${study.title} (this force’s own, not published)`),
                  textCell(study.design),
                  textCell(
                    appraisals
                      .filter(({ appraisal }) => appraisal.study === study.study)
                      .map(({ appraisal, overall }) => `${appraisal.tool}: ${overall ?? 'still open'}`)
                      .join('; ') || 'not yet',
                  ),
                ],
              })),
              notes: [],
            },
          ],
  };
}

export function guidanceBlocks({ guidance }: HeldEvidence): Block[] {
  if (guidance.length === 0) return [{ kind: 'paragraph', text: 'The review advises nothing yet.' }];
  return [
    {
      kind: 'table',
      caption: 'What the review advises',
      columns: [
        { label: 'For whom', align: 'start' },
        { label: 'Advice', align: 'start' },
        { label: 'How firmly', align: 'start' },
        { label: 'Why', align: 'start' },
      ],
      rows: guidance.map(({ guidance: { who, what, strength, certainty, reason } }) => ({
        cells: [textCell(who), textCell(what), textCell(`${strength}, certainty ${certainty}`), textCell(reason)],
      })),
      notes: [],
    },
  ];
}
