import { type ExtractColumn, type ExtractKind, extractKindNamed } from '#shared/domain/extract-kinds/index.ts';

/** One canonical record: column → cell. */
export type Sample = Readonly<Record<string, string>>;

/** Cells that the type of a column alone does not give, by kind and column. */
const ownCells: Readonly<Record<string, Sample>> = {
  people: { birth_year: '1984', fte: '0.8', service_start: '2010-04-01', service_end: '2027-03-31' },
  aliases: { from: '2020-01-01', to: '2020-12-31' },
  postings: { from: '2020-01-01', to: '2020-12-31', fte: '0.5' },
  exposures: { category: 'RTC_FATAL' },
  incidents: { closed_codes: 'Q1;Q2' },
  attendances: { arrived_at: '2026-03-01T10:00:00Z', cleared_at: '2026-03-01T11:30:00Z' },
  duties: { start: '2026-03-01T07:00:00Z', end: '2026-03-01T17:00:00Z' },
  absences: { start: '2026-03-01', end: '2026-03-09' },
  screenings: { instrument: 'GAD-7', scale: 'total', status: 'completed', score: '7' },
  families: { instrument: 'GAD-7', scale: 'total', member: 'officer', score: '7' },
  volunteers: { from: '2025-01-01', to: '2025-12-31', skills: 'listening;bereavement' },
  peer_requests: { requested_at: '2026-03-01T10:00:00Z', responded_at: '2026-03-02T10:00:00Z', needs: 'listening' },
  costs: { amount_gbp: '1250.5' },
  studies: { year: '2019', keywords: 'police;trauma' },
};

/** A value column whose cell another version of the same record may differ in. */
const changing: Readonly<Record<string, readonly [column: string, cell: string]>> = {
  people: ['unit', 'unit-other'],
  aliases: ['to', '2021-06-30'],
  postings: ['unit', 'unit-other'],
  exposures: ['minutes_on_scene', '44'],
  incidents: ['grade', 'grade-other'],
  attendances: ['cleared_at', '2026-03-01T12:00:00Z'],
  duties: ['end', '2026-03-01T18:00:00Z'],
  absences: ['end', '2026-03-19'],
  screenings: ['score', '8'],
  families: ['score', '8'],
  support: ['at', '2026-04-04T10:00:00Z'],
  volunteers: ['capacity', '3'],
  peer_requests: ['requested_at', '2026-02-28T10:00:00Z'],
  peer_contacts: ['minutes', '44'],
  pilot_enrolments: ['allocated_on', '2026-04-04'],
  pilot_clusters: ['exposed_from', '2026-04-04'],
  pilot_session_plan: ['minutes', '44'],
  pilot_sessions: ['minutes', '44'],
  adverse_events: ['seriousness', 'serious-other'],
  costs: ['amount_gbp', '99'],
  studies: ['authors', 'Another, A.'],
};

function cellOf(column: ExtractColumn, record: number): string {
  const name = `${column.name}-${record}`;
  switch (column.type) {
    case 'person':
    case 'alias':
    case 'reference':
    case 'token':
    case 'code':
    case 'text':
    case 'sealed':
    case 'category':
      return name;
    case 'codes':
      return `${name};other`;
    case 'choice':
      return column.choices?.[0] ?? '';
    case 'date':
      return '2026-03-01';
    case 'time':
      return '2026-03-01T10:00:00Z';
    case 'flag':
    case 'sealed-flag':
      return 'yes';
    case 'integer':
    case 'number':
      return '5';
  }
}

export function kindOf(kind: string): ExtractKind {
  return extractKindNamed(kind)!;
}

/** A sound record with every column filled; records of different numbers have different keys. */
export function fullRecord(kind: string, record: number): Sample {
  const cells = kindOf(kind).columns.map((column) => [
    column.name,
    ownCells[kind]?.[column.name] ?? cellOf(column, record),
  ]);
  return Object.fromEntries(cells) as Sample;
}

/** The same record with other values under the same key. */
export function changedRecord(kind: string, record: number): Sample {
  const [column, cell] = changing[kind]!;
  return { ...fullRecord(kind, record), [column]: cell };
}

export function requiredColumns(kind: string): ExtractColumn[] {
  // What is needed beside the columns that always are: a day for what was completed, and what was answered.
  const also = kind === 'screenings' ? ['taken_on', 'score'] : kind === 'families' ? ['score'] : [];
  return kindOf(kind).columns.filter(
    (column) => (column.required && column.fallback === undefined) || also.includes(column.name),
  );
}

export function csvLine(columns: readonly string[], record: Sample): string {
  return columns.map((name) => `"${(record[name] ?? '').replaceAll('"', '""')}"`).join(',');
}
