import type { CollectedPerson, CollectedTable } from '#main/workers/rights/protocol.ts';
import type { Block, ReportDocument, ReportSection } from '#shared/report/document.ts';
import { tableWords } from './table-words.ts';

function tableBlock({ table, columns, rows }: CollectedTable): Block {
  return {
    kind: 'table',
    caption: `${tableWords(table).title}: ${rows.length.toLocaleString('en-GB')} ${rows.length === 1 ? 'row' : 'rows'}`,
    columns: columns.map((label) => ({ label, align: 'start' as const })),
    rows: rows.map((row) => ({
      cells: columns.map((column) => {
        const text = row[column] ?? '';
        return text === '' ? ({ kind: 'empty' } as const) : ({ kind: 'text', text } as const);
      }),
    })),
    notes: [],
  };
}

function sectionOf(table: CollectedTable): ReportSection {
  const { title, text } = tableWords(table.table);
  return {
    id: `table-${table.table.replaceAll('_', '-')}`,
    heading: title,
    blocks: [...(text === '' ? [] : [{ kind: 'paragraph', text } as const]), tableBlock(table)],
  };
}

function leftOut({ linkedRows }: CollectedPerson): ReportSection {
  return {
    id: 'left-out',
    heading: 'What is not in here, and why',
    blocks: [
      {
        kind: 'list',
        ordered: false,
        items: [
          'What others said. A partner, parent or child who answered a survey gave their own consent and has rights of their own: their answers are left out.',
          `Rows about others that only name this person: ${linkedRows.toLocaleString('en-GB')}. They are part of another person’s record.`,
          'Names and references of other people in a row of this person. They are replaced by “another person”.',
          'Requests for and contacts with peer supporters. They are kept under tokens that the vault never ties to a person, so nobody can look them up.',
          'Figures about groups. They name nobody and cannot be traced back to one person.',
          'Notes that people wrote about somebody else.',
        ],
      },
    ],
  };
}

/** Everything held on one person as one document in plain words. */
export function personDocument(
  person: CollectedPerson,
  made: { readonly on: string; readonly marking: string; readonly synthetic: boolean },
): ReportDocument {
  const rows = person.tables.reduce((sum, table) => sum + table.rows.length, 0);
  return {
    title: 'What Tidemark holds about one person',
    subtitle: `Pseudonym ${person.pseudonym}`,
    marking: made.marking,
    language: 'en-GB',
    dataTo: made.on,
    about: `Everything that this vault holds about one person, ${rows.toLocaleString('en-GB')} rows in ${person.tables.length} parts, for their request to see it. Days and times are local (Europe/London). “Batch” and “row in the file” say which file a row came from.`,
    sections: [
      ...(made.synthetic
        ? [
            {
              id: 'synthetic',
              heading: 'Synthetic data',
              blocks: [
                {
                  kind: 'callout',
                  tone: 'synthetic',
                  title: 'Synthetic data',
                  text: ['Nobody in here is real.'],
                } as const,
              ],
            },
          ]
        : []),
      ...person.tables.map(sectionOf),
      leftOut(person),
    ],
  };
}
