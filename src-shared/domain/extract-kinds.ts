import { attributions, proximities } from './exposure-categories.ts';

/**
 * What a canonical extract holds (`data.md` › Extract kinds). One declaration per kind; the readers, the checks, the tables'
 * columns, the mapping screen and the reference page come from it.
 */
export type ColumnType =
  /** A reference to a person; becomes a pseudonym on the way in. */
  | 'person'
  /** A reference to something that is not a person (an incident, a volunteer); stored as text. */
  | 'reference'
  /** Stored as a day number. */
  | 'date'
  /** Stored as UTC epoch seconds. */
  | 'time'
  /** An open list: any value is accepted and interned. */
  | 'code'
  /** An exposure category: a value outside the list is kept and counted as unmapped. */
  | 'category'
  /** A closed list: any other value rejects the row. */
  | 'choice'
  | 'flag'
  | 'integer'
  | 'number'
  /** Identity: sealed to the clinic key on the way in, never stored in clear. */
  | 'sealed';

export type ExtractColumn = {
  readonly name: string;
  readonly type: ColumnType;
  readonly required?: true;
  readonly choices?: readonly string[];
  /** Value used where the field is empty or the column absent. */
  readonly fallback?: string;
  readonly min?: number;
  readonly max?: number;
  /** What the column holds, in words for the mapping screen. */
  readonly meaning: string;
};

export type ExtractKind = {
  readonly kind: string;
  readonly label: string;
  readonly table: string;
  readonly columns: readonly ExtractColumn[];
  /** Columns whose values together make a row unique; empty parts are equal. */
  readonly key: readonly string[];
};

const people: ExtractKind = {
  kind: 'people',
  label: 'People',
  table: 'people',
  key: ['person_ref'],
  columns: [
    {
      name: 'person_ref',
      type: 'person',
      required: true,
      meaning: 'Reference of the person, such as a payroll number',
    },
    { name: 'workforce_type', type: 'code', meaning: 'Officer, staff, PCSO, special or volunteer' },
    { name: 'rank', type: 'code', meaning: 'Rank or grade' },
    { name: 'role', type: 'code', required: true, meaning: 'Role' },
    { name: 'unit', type: 'code', required: true, meaning: 'Unit or team' },
    { name: 'sex', type: 'code', meaning: 'Sex as recorded by HR' },
    { name: 'ethnicity_group', type: 'code', meaning: 'Ethnicity group' },
    { name: 'birth_year', type: 'integer', min: 1900, max: 2100, meaning: 'Year of birth' },
    { name: 'service_start', type: 'date', meaning: 'First day of service' },
    { name: 'service_end', type: 'date', meaning: 'Last day of service, empty while serving' },
    { name: 'fte', type: 'number', min: 0, max: 1.5, meaning: 'Full-time equivalent, 1 for full time' },
    { name: 'name', type: 'sealed', meaning: 'Name: sealed for clinicians on the way in' },
    { name: 'collar', type: 'sealed', meaning: 'Collar number: sealed for clinicians on the way in' },
  ],
};

const exposures: ExtractKind = {
  kind: 'exposures',
  label: 'Exposures',
  table: 'exposures',
  key: ['person_ref', 'occurred_at', 'category', 'incident_ref'],
  columns: [
    { name: 'person_ref', type: 'person', required: true, meaning: 'Reference of the person exposed' },
    { name: 'occurred_at', type: 'time', required: true, meaning: 'When it happened' },
    { name: 'category', type: 'category', required: true, meaning: 'Exposure category' },
    { name: 'incident_ref', type: 'reference', meaning: 'Incident number' },
    { name: 'proximity', type: 'choice', choices: proximities, meaning: 'Direct, secondary or remote' },
    { name: 'minutes_on_scene', type: 'number', min: 0, max: 100_000, meaning: 'Minutes on scene' },
    { name: 'first_on_scene', type: 'flag', meaning: 'First on scene' },
    { name: 'known_victim', type: 'flag', meaning: 'The victim was known to the person' },
    { name: 'attribution', type: 'choice', choices: attributions, meaning: 'How the person was tied to the incident' },
    { name: 'source', type: 'code', meaning: 'Source of the record' },
    { name: 'recorded_at', type: 'time', meaning: 'When the record was made' },
  ],
};

const screenings: ExtractKind = {
  kind: 'screenings',
  label: 'Screenings',
  table: 'screenings',
  key: ['person_ref', 'instrument', 'scale', 'taken_on|invited_on'],
  columns: [
    { name: 'person_ref', type: 'person', required: true, meaning: 'Reference of the person screened' },
    { name: 'instrument', type: 'code', required: true, meaning: 'Instrument, such as PHQ-9' },
    { name: 'version', type: 'code', meaning: 'Version of the instrument' },
    { name: 'scale', type: 'code', meaning: 'Scale that a given score is for' },
    {
      name: 'status',
      type: 'choice',
      choices: ['invited', 'completed', 'declined'],
      required: true,
      fallback: 'completed',
      meaning: 'Invited, completed or declined',
    },
    { name: 'invited_on', type: 'date', meaning: 'Day of the invitation' },
    { name: 'taken_on', type: 'date', meaning: 'Day the answers were given' },
    { name: 'score', type: 'number', min: -1_000, max: 1_000, meaning: 'Total, where items are not given' },
    { name: 'programme', type: 'code', meaning: 'Screening programme' },
    { name: 'wave', type: 'code', meaning: 'Wave' },
    { name: 'recorded_at', type: 'time', meaning: 'When the record was made' },
  ],
};

/** The kinds that this version imports, in the order in which a force would load them. */
export const extractKinds: readonly ExtractKind[] = [people, exposures, screenings];

export function extractKindNamed(kind: string): ExtractKind | null {
  return extractKinds.find((candidate) => candidate.kind === kind) ?? null;
}
