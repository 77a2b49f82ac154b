import type { ChartSpec } from '../charts/chart-spec.ts';
import type { AppendixBlock } from './appendix-blocks.ts';
import type { CrossReference, TableData } from './table-data.ts';

export type { CrossReference, TableCellValue, TableColumn, TableData, TableRow } from './table-data.ts';

/**
 * A report as plain data. Writers turn it into PDF, Word and HTML, the screen into a preview, all of them from what
 * `composeDocument` makes of it; none of them adds or leaves out a fact. Nothing here says who built it or when: that is
 * in the manifest's `run`.
 */
export type ReportDocument = {
  readonly title: string;
  readonly subtitle: string;
  /** Protective marking, at the head of every page. */
  readonly marking: string;
  readonly language: 'en-GB';
  /** The last day of the data, ISO: the date the report is about, and the date of its files. */
  readonly dataTo: string;
  /** Which edition of the report this is, such as 1.0; on every page where it is given. */
  readonly version?: string;
  /** The report's id in its manifest; in the properties of its files. */
  readonly reference?: string;
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

/** `changed` is a number that the words beside it quote and that is another now. */
export type Emphasis = 'strong' | 'emphasis' | 'code' | 'changed';

export type Inline = string | { readonly text: string; readonly emphasis: Emphasis } | CrossReference;
export type RichText = string | readonly Inline[];

export type Block = BasicBlock | AppendixBlock;

/** What a writer has to know how to set. */
export type BasicBlock =
  | HeadingBlock
  | ParagraphBlock
  | ListBlock
  | TableBlock
  | FigureBlock
  | CalloutBlock
  | KeyFiguresBlock
  | DefinitionsBlock
  | ProvenanceBlock
  | NarrativeBlock
  | PageBreakBlock;

/** A heading inside a section: of the first level under it, or of the second. */
export type HeadingBlock = { readonly kind: 'heading'; readonly text: string; readonly level?: 1 | 2 };

export type ParagraphBlock = {
  readonly kind: 'paragraph';
  readonly text: RichText;
  readonly tone?: 'lead' | 'normal' | 'small';
};

export type ListBlock = { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly RichText[] };

/** What makes a table or figure one that can be referred to. */
export type Numbered = {
  /** Unique in the document, sections included, and formed like theirs; needed where something refers to it. */
  readonly id?: string;
  /** “Table 3”, in front of the caption; put in when the document is composed. */
  readonly label?: string;
};

export type TableBlock = { readonly kind: 'table'; readonly caption: string } & Numbered & TableData;

export type FigureBlock = Numbered & {
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

/** Words of whoever made the report; set apart, so that a reader knows which sentences were worked out and which were written. */
export type NarrativeBlock = { readonly kind: 'narrative'; readonly parts: readonly (ParagraphBlock | ListBlock)[] };

/** What stands over the words of an author. */
export const narrativeLabel = 'Written by the author';

export type PageBreakBlock = { readonly kind: 'page-break' };
