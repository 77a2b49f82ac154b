import { extractKindNamed } from '#shared/domain/extract-kinds/index.ts';
import type { Block, ReportSection, TableBlock } from '#shared/report/document.ts';
import { formatDate } from '#shared/report/format.ts';
import { shown, textCell } from '../published-cells.ts';
import { countName } from './counts-to-judge.ts';
import type { JudgedRows, StatementFacts } from './statement-facts.ts';

const [start, end] = ['start', 'end'] as const;

export function labelOf(kind: string): string {
  return extractKindNamed(kind)?.label ?? kind;
}

/** Which extracts are held, and how fresh they are. */
export function extractsSection(facts: StatementFacts, judged: JudgedRows): ReportSection {
  return {
    id: 'extracts',
    heading: 'What is held, and how fresh it is',
    blocks: [
      {
        kind: 'paragraph',
        text: 'Every extract was exported by whoever runs its source system, and imported as it came. Rows are never changed by hand: corrections come with a later extract, and supersede.',
      },
      rowsTable(facts, judged),
      freshnessTable(facts),
      ...undoneBlocks(facts),
    ],
  };
}

function rowsTable({ batches }: StatementFacts, judged: JudgedRows): TableBlock {
  const kinds = [...Map.groupBy(batches, ({ kind }) => kind)];
  const cells = (['read', 'accepted', 'held already', 'rejected'] as const).map(
    (what) => (kind: string) => shown(judged(countName.extract(kind, what))),
  );
  return {
    kind: 'table',
    id: 'rows',
    caption: 'Extracts held, in rows of their files',
    columns: [
      { label: 'Extract', align: start },
      { label: 'Batches', align: end },
      { label: 'Read', align: end },
      { label: 'Accepted', align: end },
      { label: 'Held already', align: end },
      { label: 'Rejected', align: end },
    ],
    rows: kinds.map(([kind, own]) => ({
      cells: [
        textCell(labelOf(kind)),
        { kind: 'number', value: own.length, decimals: 0 },
        ...cells.map((cell) => cell(kind)),
      ],
    })),
    notes: [
      'Held already: equal rows count once, however often they come. Rejected rows stay sealed in the vault, each with its reason, and are in no figure.',
    ],
  };
}

function freshnessTable({ quality, spec }: StatementFacts): TableBlock {
  return {
    kind: 'table',
    id: 'freshness',
    caption: `How fresh they are on ${formatDate(spec.to)}`,
    columns: [
      { label: 'Extract', align: start },
      { label: 'First day', align: end },
      { label: 'Last day', align: end },
      { label: 'Days since', align: end },
      { label: 'Usually every', unit: 'days', align: end },
      { label: 'Late', unit: 'days', align: end },
    ],
    rows: quality.freshness.map(({ label, from, to, daysSince, cadenceDays, lateDays }) => ({
      cells: [
        textCell(label),
        from === null ? { kind: 'empty' } : { kind: 'date', iso: from },
        to === null ? { kind: 'empty' } : { kind: 'date', iso: to },
        days(daysSince),
        days(cadenceDays),
        days(lateDays),
      ],
    })),
    notes: ['How often an extract comes is told from three batches on; until then nobody can say that it is late.'],
  };
}

function days(value: number | null) {
  return value === null ? textCell('not known') : ({ kind: 'number', value, decimals: 0 } as const);
}

function undoneBlocks({ undone }: StatementFacts): Block[] {
  if (undone.length === 0) return [{ kind: 'paragraph', text: 'No batch was taken out again.' }];
  return [
    {
      kind: 'table',
      id: 'undone',
      caption: 'Batches that were taken out again',
      columns: [
        { label: 'Batch', align: start },
        { label: 'Extract', align: start },
        { label: 'On', align: end },
        { label: 'By', align: start },
      ],
      rows: undone.map(({ at, batch, kind, by }) => ({
        cells: [
          textCell(batch.replace(/^batch /, '')),
          textCell(labelOf(kind)),
          { kind: 'date', iso: at.slice(0, 10) },
          textCell(by),
        ],
      })),
      notes: ['Their rows are in no figure. What they had superseded stands again.'],
    },
  ];
}

/** Every batch, so that a figure can be followed back to its file. */
export function batchesSection({ batches }: StatementFacts, judged: JudgedRows): ReportSection {
  return {
    id: 'batches',
    heading: 'Every batch',
    blocks: [
      {
        kind: 'table',
        id: 'batches-table',
        caption: 'Batches held, the oldest first',
        columns: [
          { label: 'Batch', align: end },
          { label: 'Extract', align: start },
          { label: 'Imported', align: end },
          { label: 'By', align: start },
          { label: 'Rows accepted', align: end },
          { label: 'File (SHA-256, first 12)', align: start },
        ],
        rows: batches.map((batch) => ({
          cells: [
            { kind: 'number', value: batch.batch, decimals: 0 },
            textCell(labelOf(batch.kind)),
            { kind: 'date', iso: batch.importedAt.slice(0, 10) },
            textCell(batch.by),
            shown(judged(countName.batch(batch))),
            textCell(batch.fileHash.slice(0, 12)),
          ],
        })),
        notes: [
          'By the roles that people had then; the audit log says who. The manifest beside this statement has every hash in full.',
        ],
      },
    ],
  };
}
