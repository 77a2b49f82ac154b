/**
 * What a canonical extract holds (`data.md` › Extract kinds). One declaration per kind; the readers, the checks, the tables'
 * columns, the mapping screen and the reference page come from it.
 */
export type ColumnType =
  /** A reference to a person; becomes a pseudonym on the way in. */
  | 'person'
  /** Another name of a person (an old collar number); kept as the pseudonym that it would have as a reference. */
  | 'alias'
  /** A reference to something that is not a person (an incident, an episode); stored as text. */
  | 'reference'
  /** A reference that could lead to someone (a household, a requester); stored as a keyed hash of its own domain. */
  | 'token'
  /** Published text (a title, an abstract); stored as text. */
  | 'text'
  /** Stored as a day number. */
  | 'date'
  /** Stored as UTC epoch seconds. */
  | 'time'
  /** An open list: any value is accepted and interned. */
  | 'code'
  /** Several values of an open list in one cell, `;` between them; interned as one, in the order given. */
  | 'codes'
  /** An exposure category: a value outside the list is kept and counted as unmapped. */
  | 'category'
  /** A closed list: any other value rejects the row. */
  | 'choice'
  | 'flag'
  | 'integer'
  | 'number'
  /** Identity: sealed to the clinic key on the way in, never stored in clear. */
  | 'sealed'
  /** A yes or no for clinicians alone: sealed beside the safety answers, never stored in clear. */
  | 'sealed-flag';

export type ExtractColumn = {
  readonly name: string;
  readonly type: ColumnType;
  readonly required?: true;
  readonly choices?: readonly string[];
  /** Value used where the field is empty or the column absent. */
  readonly fallback?: string;
  readonly min?: number;
  readonly max?: number;
  /** Name of the list that a code belongs to, or of the domain that a token is hashed in; the column's own without it. */
  readonly list?: string;
  /** What the column holds, in words for the mapping screen. */
  readonly meaning: string;
};

/** `first` may not lie behind `last`: a row where it does is rejected at `last`. */
type ColumnOrder = { readonly first: string; readonly last: string };

export type ExtractKind = {
  readonly kind: string;
  readonly label: string;
  /** One row of it, in words: “an absence”. */
  readonly one: string;
  readonly table: string;
  readonly columns: readonly ExtractColumn[];
  /** Columns whose values together make a row unique; empty parts are equal. */
  readonly key: readonly string[];
  /** The column that says which local day a row is about, or null. */
  readonly dayOf: string | null;
  readonly orders?: readonly ColumnOrder[];
  /** Whether item_1 … item_N of an instrument may stand beside its columns. */
  readonly items?: true;
};

/** Whether a column is sealed on the way in and so has no place in the table of its kind. */
export function isSealed({ type }: ExtractColumn): boolean {
  return type === 'sealed' || type === 'sealed-flag';
}

/** The columns of every kind that has them, spelt alike. */
export const personRef: ExtractColumn = {
  name: 'person_ref',
  type: 'person',
  required: true,
  meaning: 'Reference of the person, such as a payroll number',
};

export const recordedAt: ExtractColumn = {
  name: 'recorded_at',
  type: 'time',
  meaning: 'When the record was made',
};
