/** A predictor of the early warning: never a protected characteristic, never free text. */
export type Predictor = {
  readonly code: string;
  /** As in “exposures in the last 28 days”. */
  readonly words: string;
  readonly unit: string;
};

/** A run of screenings that were meant as one, in order of time. */
export type LandmarkWave = { readonly name: string; readonly firstDay: number; readonly lastDay: number };

/** How a characteristic splits people; it is never a predictor, only what calibration is checked by. */
export type GroupOfLandmarks = {
  readonly name: 'sex' | 'ethnicity' | 'ageBand' | 'rank' | 'role' | 'partTime';
  readonly levels: readonly string[];
  /** Index into `levels` by landmark; 255 where it is not known. */
  readonly of: Uint8Array;
};

/** Stands in an outcome column for “not known”: no screening after, or the horizon has not passed. */
export const outcomeUnknown = -1;

/**
 * The people at risk at each of their screenings, with what was known by that day and what came after. Columns of length
 * `count`, ascending by day, then pseudonym.
 */
export type LandmarkTable = {
  readonly count: number;
  readonly predictors: readonly Predictor[];
  /** Values by predictor, each a column in the predictor's unit; all finite. */
  readonly values: readonly Float64Array[];
  readonly pseudonyms: readonly string[];
  /** Index into `pseudonyms`. */
  readonly person: Uint32Array;
  /** Day number of the screening. */
  readonly day: Int32Array;
  readonly waves: readonly LandmarkWave[];
  /** Index into `waves`. */
  readonly wave: Uint16Array;
  readonly units: readonly string[];
  /** Index into `units`. */
  readonly unit: Uint16Array;
  /** 1 a case, 0 not, `outcomeUnknown`. */
  readonly outcome: Int8Array;
  /** The two parts of the outcome, coded alike: caseness at a later screening, and a long psychological spell. */
  readonly caseness: Int8Array;
  readonly spell: Int8Array;
  /** 1 where the day to which the outcome looks is held; elsewhere the landmark can be scored only. */
  readonly complete: Uint8Array;
  readonly groups: readonly GroupOfLandmarks[];
};

/** Why nobody can say anything about a person now; that is never the same as “no risk”. */
export const notAssessableReasons = [
  { reason: 'no-screening', words: 'No screening within the last 365 days' },
  { reason: 'not-scored', words: 'The last screening could not be scored' },
  { reason: 'case', words: 'At or above the cut-off already: a matter for care now, not for a forecast' },
  { reason: 'open-case', words: 'With the clinicians already: a case is open' },
  { reason: 'absent', words: 'Absent now' },
] as const;
export type NotAssessableReason = (typeof notAssessableReasons)[number]['reason'];

/** Everybody in post on the last day of what is known, each at their newest screening. */
export type CurrentLandmarks = {
  /** Those who can be assessed, one landmark a person; what comes after is not known of anybody. */
  readonly table: LandmarkTable;
  readonly inPost: number;
  /** The others, ascending by pseudonym. */
  readonly notAssessable: readonly { readonly pseudonym: string; readonly reason: NotAssessableReason }[];
};
