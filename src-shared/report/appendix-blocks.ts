import type { TableCellValue } from './table-data.ts';

/**
 * What a report has at its end so that it can be believed and checked. Each is a table, list or set of definitions that
 * means something, and is made into one when the document is composed, so that no writer need know of it.
 */
export type AppendixBlock = GlossaryBlock | MethodsBlock | ChecklistBlock | ReferencesBlock;

export type GlossaryTerm = {
  readonly term: string;
  readonly meaning: string;
  /** Where the meaning was taken from; null where the words are ours alone. */
  readonly source: string | null;
};

/** The terms that the report uses, each in plain words. */
export type GlossaryBlock = { readonly kind: 'glossary'; readonly terms: readonly GlossaryTerm[] };

/** One analysis that the report rests on. */
export type MethodUsed = {
  /** What it works out, in plain words. */
  readonly title: string;
  readonly method: string;
  readonly version: string;
  readonly engine: string;
  /** Every option as it was when it ran, defaults included. */
  readonly options: readonly { readonly name: string; readonly value: string }[];
  /** What `n` counts: “people in post”, “couples”. */
  readonly counted: string;
  /** Judged by disclosure control before it comes here, as any cell is. */
  readonly n: TableCellValue;
  readonly missing: TableCellValue;
  /** What counts as missing. */
  readonly missingMeans: string;
};

export type MethodsBlock = {
  readonly kind: 'methods';
  readonly methods: readonly MethodUsed[];
  /** The counts under which an n is withheld; needed where any is. */
  readonly threshold?: number;
};

export type ChecklistItem = {
  /** As the guideline numbers it: “4”, “12c”. */
  readonly number: string;
  /** What it asks for, in our own short words. */
  readonly asks: string;
  readonly answer: ChecklistAnswer;
};

/** Sections, tables or figures where the item is answered, by id, or why it is not. */
export type ChecklistAnswer =
  | { readonly answered: readonly string[]; readonly note?: string }
  | { readonly not: string };

/** A reporting guideline, item by item. */
export type ChecklistBlock = {
  readonly kind: 'checklist';
  readonly id?: string;
  /** “STROBE”. */
  readonly guideline: string;
  readonly items: readonly ChecklistItem[];
  readonly notes: readonly string[];
};

export type Citation = {
  /** Authors, year, title, journal: as it is to be printed. */
  readonly text: string;
  /** Without the address in front: “10.1371/journal.pmed.0040296”. */
  readonly doi: string | null;
};

export type ReferencesBlock = { readonly kind: 'references'; readonly items: readonly Citation[] };
