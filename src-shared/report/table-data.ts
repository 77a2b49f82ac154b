/** Words that lead to a section, a table or a figure of the same document. */
export type CrossReference = {
  /** The id of the section or block; once the document is composed, the anchor of it. */
  readonly to: string;
  /** What it is called there, such as “Table 3”; put in when the document is composed. */
  readonly text: string;
};

export type TableColumn = {
  readonly label: string;
  /** Shown under the label: "days", "per 100 FTE". */
  readonly unit?: string;
  readonly align: 'start' | 'end';
};

export type TableCellValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number; readonly decimals: number }
  /** A share of 1, shown as a percentage. */
  | { readonly kind: 'share'; readonly value: number; readonly decimals: number }
  | { readonly kind: 'interval'; readonly low: number; readonly high: number; readonly decimals: number }
  /** ISO day or month. */
  | { readonly kind: 'date'; readonly iso: string }
  /** Sections, tables or figures of the document, and words after them. */
  | { readonly kind: 'references'; readonly to: readonly CrossReference[]; readonly note: string }
  /** Withheld by disclosure control; `derived` where a mean or rate rests on too few people. */
  | { readonly kind: 'withheld'; readonly reason: 'primary' | 'complementary' | 'derived' }
  | { readonly kind: 'not-assessable' }
  | { readonly kind: 'empty' };

export type TableRow = {
  readonly cells: readonly TableCellValue[];
  readonly role?: 'total' | 'normal';
};

/** How a column follows from counts in others, by their places from 0: the script that travels with a report works it out again. */
export type DerivedColumn =
  /** `of` over `over`, each row. */
  | { readonly column: number; readonly by: 'ratio'; readonly of: number; readonly over: number }
  /** Wilson's 95% interval of `of` among `over`, in per cent. */
  | { readonly column: number; readonly by: 'wilson'; readonly of: number; readonly over: number };

/** The first cell of each row is its header. */
export type TableData = {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  /** Lines under the table. The line that explains the withheld marker is added by the writer. */
  readonly notes: readonly string[];
  /** The counts under which cells are withheld, for that line; needed where any is. */
  readonly threshold?: number;
  readonly derived?: readonly DerivedColumn[];
};
