import type { ReviewView } from '#shared/contract/review-shapes.ts';
import type { ReviewFlow } from '#shared/domain/review-flow.ts';
import type { Block, ReportSection, TableRow } from '#shared/report/document.ts';
import { textCell } from '../published-cells.ts';

const notSaid = 'Not said in the protocol.';

/** What was asked, where was looked, and in which ways that is less than a full review. */
export function questionSection({ protocol, registration, searches }: ReviewView): ReportSection {
  const { question, inclusion, exclusion } = protocol;
  const { framework, ...parts } = question;
  return {
    id: 'question',
    heading: 'What was asked, and where was looked',
    blocks: [
      {
        kind: 'paragraph',
        text:
          registration === null
            ? 'The protocol is not registered: what follows can still change.'
            : `The protocol was registered as version ${registration.version} before records were decided on. Later changes are amendments, each with its reason.`,
      },
      {
        kind: 'definitions',
        items: [
          ...Object.entries(parts).map(([part, words]) => ({
            term: `${part.charAt(0).toUpperCase()}${part.slice(1)}`,
            meaning: words === '' ? notSaid : words,
          })),
          { term: 'Included', meaning: criteria(inclusion) },
          { term: 'Excluded', meaning: criteria(exclusion) },
        ],
      },
      ...(searches.length === 0
        ? [{ kind: 'paragraph' as const, text: 'No search is in the log.' }]
        : [searchTable(searches)]),
      { kind: 'paragraph', tone: 'small', text: `The question is put as ${framework}.` },
    ],
  };
}

function criteria(list: readonly { readonly words: string }[]): string {
  return list.length === 0 ? notSaid : list.map(({ words }) => words).join(' ');
}

function searchTable(searches: ReviewView['searches']): Block {
  return {
    kind: 'table',
    caption: 'Searches, as the log has them',
    columns: [
      { label: 'Where', align: 'start' },
      { label: 'On', align: 'end' },
      { label: 'Search string', align: 'start' },
      { label: 'Hits', align: 'end' },
      { label: 'Records', align: 'end' },
    ],
    rows: searches.map(({ database, on, query, hits, records }) => ({
      cells: [textCell(database), { kind: 'date', iso: on }, textCell(query), whole(hits), whole(records)],
    })),
    notes: [],
  };
}

function whole(value: number) {
  return { kind: 'number', value, decimals: 0 } as const;
}

/** Concessions of a rapid review, each with what it is likely to do to the answer. */
export function limitsBlock({ protocol: { kind, limits } }: ReviewView): Block {
  const title =
    kind === 'rapid' ? 'A rapid review: in which ways it is less than a full one' : 'Limits that the protocol declares';
  return {
    kind: 'callout',
    tone: 'limits',
    title,
    text:
      limits.length === 0
        ? ['None is declared.']
        : limits.map(({ limit, likelyBias }) => (likelyBias === '' ? limit : `${limit} ${likelyBias}`)),
  };
}

/** The flow of PRISMA 2020 as a table; every box is the sum of those that follow from it. */
export function flowSection({ flow }: ReviewView): ReportSection {
  return {
    id: 'flow',
    heading: 'From records to studies',
    blocks: [
      {
        kind: 'table',
        caption: 'Flow of records (PRISMA 2020)',
        columns: [
          { label: 'Box', align: 'start' },
          { label: 'Number', align: 'end' },
        ],
        rows: flowRows(flow),
        notes: [
          'What still waits stands beside what is settled, so that each box is the sum of those that follow from it.',
        ],
      },
    ],
  };
}

function flowRows({ identified, removed, screened, sought, assessed, included }: ReviewFlow): readonly TableRow[] {
  const waiting = screened.waiting + screened.conflicts;
  const rows: readonly (readonly [string, number])[] = [
    ['Records identified', identified.records],
    ['of which from databases', identified.databases],
    ['of which from registers', identified.registers],
    ['of which from other sources', identified.others],
    ['Duplicates removed', removed.duplicates],
    ['Removed as unreadable', removed.unreadable],
    ['Records screened', screened.records],
    ['Excluded by title and abstract', screened.excluded],
    ['Still to be screened or settled', waiting],
    ['Full texts sought', sought.reports],
    ['Not retrieved', sought.notRetrieved],
    ['Full texts assessed', assessed.reports],
    ['Excluded by full text', assessed.excluded],
    ...assessed.byReason.map(({ words, reports }): [string, number] => [`for: ${words}`, reports]),
    ['Reports included', included.reports],
    ['Studies included', included.studies],
  ];
  return rows.map(([what, number]) => ({ cells: [textCell(what), whole(number)] }));
}
