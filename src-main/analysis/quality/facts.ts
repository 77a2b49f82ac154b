/** What the rows of the store say of themselves, counted by month and no finer: what all checks of data quality rest on. */

/** How often a code stands, and when. Months lie from the kind's first month on. */
export type CodeTally = {
  readonly value: string;
  readonly firstDay: number;
  readonly lastDay: number;
  readonly months: readonly number[];
};

export type UnitTally = {
  readonly unit: string;
  /** By month: people in post, and how many of them have a row. */
  readonly people: readonly number[];
  readonly covered: readonly number[];
};

export type KindFacts = {
  readonly kind: string;
  readonly rows: number;
  readonly firstDay: number | null;
  readonly lastDay: number | null;
  /** Rows of a day after the last import. */
  readonly rowsAhead: number;
  /** Month index (year × 12 + month − 1) of the first of `monthRows`. */
  readonly firstMonth: number;
  readonly monthRows: readonly number[];
  /** Columns that may be empty. */
  readonly columns: readonly {
    readonly column: string;
    readonly empty: number;
    readonly monthEmpty: readonly number[];
  }[];
  readonly codes: readonly { readonly column: string; readonly tallies: readonly CodeTally[] }[];
  /** Null for kinds that not everybody is in. */
  readonly units: readonly UnitTally[] | null;
  readonly basis: 'postings' | 'people';
  readonly unknownPeople: number;
  readonly unknownRows: number;
};

export type NearFacts = {
  readonly kind: string;
  readonly what: string;
  readonly cases: number;
  readonly rows: number;
  readonly firstDay: number | null;
  readonly lastDay: number | null;
};

export type BatchFacts = {
  readonly batch: number;
  readonly kind: string;
  readonly fileName: string;
  readonly importedAt: string;
  readonly importedBy: string;
  readonly read: number;
  readonly duplicate: number;
  readonly firstDay: number | null;
  readonly lastDay: number | null;
};

const longestSilence = 14;

/**
 * Number of months of a kind that are whole: that have ended by a day, and that its rows reach the end of. Where rows are
 * rare, the last of a month may well lie some days before its end: five times what lies between two rows on average.
 */
export function wholeMonths(facts: KindFacts, asOfDay: number, lastDayOfMonth: (month: number) => number): number {
  const { firstDay, lastDay, rows } = facts;
  if (firstDay === null || lastDay === null) return 0;
  const silence = Math.min(longestSilence, Math.ceil((5 * (lastDay - firstDay)) / Math.max(1, rows)));
  const reached = Math.min(asOfDay, lastDay + silence);
  let whole = facts.monthRows.length;
  while (whole > 0 && lastDayOfMonth(facts.firstMonth + whole - 1) > reached) whole -= 1;
  return whole;
}

export function monthName(month: number): string {
  return `${String(Math.floor(month / 12)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
}

export function monthNames(first: number, count: number): string[] {
  return Array.from({ length: count }, (_, at) => monthName(first + at));
}
