/** What a cell parser found. A value was left in `out` for `ok` and `clockChange` only. */
export const cellStatus = {
  ok: 0,
  /** Nothing but white space. */
  empty: 1,
  /** A local time in the hour that the clocks skip or repeat, read as `utcOfLondon` does: a warning. */
  clockChange: 2,
  /** Not a date or time, or one that does not exist. */
  badDate: 3,
  /** A year of two digits. */
  ambiguousDate: 4,
  badNumber: 5,
  badFlag: 6,
} as const;

export type CellStatus = (typeof cellStatus)[keyof typeof cellStatus];

/** Codes for counts and reject lists, by status. */
export const cellStatusCodes: readonly string[] = [
  'OK',
  'EMPTY',
  'CLOCK_CHANGE',
  'BAD_DATE',
  'AMBIGUOUS_DATE',
  'BAD_NUMBER',
  'BAD_FLAG',
];

export function hasValue(status: CellStatus): boolean {
  return status === cellStatus.ok || status === cellStatus.clockChange;
}

/**
 * Where parsers leave values, so that nothing is allocated per cell: [0] the value (a day number, UTC epoch seconds, a
 * number, 0 or 1), [1] the local day number of a time.
 */
export type CellOut = Float64Array;

export function createCellOut(): CellOut {
  return new Float64Array(2);
}
