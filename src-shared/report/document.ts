import type { ChartSpec } from '../charts/chart-spec.ts';

/**
 * A report as plain data. Writers turn it into PDF and HTML, the screen into a preview; none of them adds or leaves out
 * a fact. Nothing here says who built it or when: that is in the manifest's `run`.
 */
export type ReportDocument = {
  readonly title: string;
  readonly subtitle: string;
  /** Protective marking, at the head of every page. */
  readonly marking: string;
  readonly language: 'en-GB';
  /** The last day of the data, ISO: the date the report is about, and the date of its files. */
  readonly dataTo: string;
  /** One or two sentences for the front page: what this is and for whom. */
  readonly about: RichText;
  /** A sheet to hand out: no contents list, no front page of its own, letters a little larger. A report where nothing is said. */
  readonly layout?: 'sheet';
  readonly sections: readonly ReportSection[];
};

export const defaultMarking = 'OFFICIAL-SENSITIVE';

export type ReportSection = {
  /** Unique in the document: lower-case letters, digits and hyphens, a letter first. */
  readonly id: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
};

export type Emphasis = 'strong' | 'emphasis' | 'code';
export type Inline = string | { readonly text: string; readonly emphasis: Emphasis };
export type RichText = string | readonly Inline[];

export type Block =
  | HeadingBlock
  | ParagraphBlock
  | ListBlock
  | TableBlock
  | FigureBlock
  | CalloutBlock
  | KeyFiguresBlock
  | DefinitionsBlock
  | ProvenanceBlock
  | PageBreakBlock;

/** A heading inside a section. */
export type HeadingBlock = { readonly kind: 'heading'; readonly text: string };

export type ParagraphBlock = {
  readonly kind: 'paragraph';
  readonly text: RichText;
  readonly tone?: 'lead' | 'normal' | 'small';
};

export type ListBlock = { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly RichText[] };

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
  /** Withheld by disclosure control; `derived` where a mean or rate rests on too few people. */
  | { readonly kind: 'withheld'; readonly reason: 'primary' | 'complementary' | 'derived' }
  | { readonly kind: 'not-assessable' }
  | { readonly kind: 'empty' };

export type TableRow = {
  readonly cells: readonly TableCellValue[];
  readonly role?: 'total' | 'normal';
};

/** The first cell of each row is its header. */
export type TableData = {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
  /** Lines under the table. The line that explains the withheld marker is added by the writer. */
  readonly notes: readonly string[];
  /** The counts under which cells are withheld, for that line; needed where any is. */
  readonly threshold?: number;
};

export type TableBlock = { readonly kind: 'table'; readonly caption: string } & TableData;

export type FigureBlock = {
  readonly kind: 'figure';
  /** The finding, as a sentence. */
  readonly title: string;
  /** What is drawn, in what unit, over what period. */
  readonly caption: string;
  /** For those who cannot see it: what the chart shows, in words. */
  readonly description: string;
  readonly chart: ChartSpec;
  /** The numbers behind it. */
  readonly data: TableData;
};

export type CalloutBlock = {
  readonly kind: 'callout';
  readonly tone: 'finding' | 'limits' | 'synthetic' | 'caution';
  readonly title: string;
  readonly text: readonly RichText[];
};

export type KeyFigure = {
  /** Already formatted: "12,480", "84.2%". */
  readonly value: string;
  readonly label: string;
  readonly note?: string;
};

/** Two to four figures side by side. */
export type KeyFiguresBlock = { readonly kind: 'key-figures'; readonly figures: readonly KeyFigure[] };

export type DefinitionsBlock = {
  readonly kind: 'definitions';
  readonly items: readonly { readonly term: string; readonly meaning: RichText }[];
};

/** Where the numbers come from, as names and values; hashes are set in a fixed-width face and may break anywhere. */
export type ProvenanceBlock = {
  readonly kind: 'provenance';
  readonly title: string;
  readonly entries: readonly { readonly name: string; readonly value: string; readonly code?: boolean }[];
};

export type PageBreakBlock = { readonly kind: 'page-break' };
